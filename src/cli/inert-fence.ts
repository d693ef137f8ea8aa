/**
 * Markdown whose fences start no workflow command where it is printed to a log: a fence holds lines of files as they are, which is
 * inert for a reader's page alone. `##[command]` acts anywhere in a line, `::command::` where a line begins.
 */
export function inertFences(markdown: string): string {
  return markdown.replaceAll("##[", "#\\u{23}[").replace(/^(\s*):(?=:)/gm, "$1\\u{3a}");
}
