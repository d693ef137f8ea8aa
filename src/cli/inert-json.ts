/**
 * The same JSON in printable ASCII. In a log, `##[command]` acts anywhere in a line, and a terminal obeys more than ASCII's
 * controls; all of them can only stand inside strings, where an escape says the same.
 */
export function inertJson(text: string): string {
  return text
    .replaceAll("##[", "#\\u0023[")
    .replace(/[^\n\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
