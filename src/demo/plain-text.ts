/** A comment's Markdown as a person reads it: without tags, entities and link targets. For the demo's terminal only. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/<!--[^]*?-->\n?/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\*\*/g, "")
    .replace(/&#([0-9]+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
