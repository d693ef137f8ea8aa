// A character of the private use area: no name and no text of ours has it.
const MASK = "\uE000";

const LONGEST_TEXT = 2 * 1024 * 1024;

/**
 * Puts a character that stands for "not determined" in place of what Helm renders, so that the rest is YAML with its positions. A line
 * of nothing but `{{ … }}` says no value of its own (`if`, `range`, `include`) and is blanked.
 */
export function maskTemplates(text: string): string {
  if (!text.includes("{{") || text.length > LONGEST_TEXT) return text;
  return text
    .split("\n")
    .map((line) => (line.includes("{{") ? maskedLine(line) : line))
    .join("\n");
}

function maskedLine(line: string): string {
  let masked = "";
  let at = 0;
  for (let open = line.indexOf("{{"); open >= 0; open = line.indexOf("{{", at)) {
    const close = line.indexOf("}}", open + 2);
    const end = close < 0 ? line.length : close + 2;
    masked += line.slice(at, open) + MASK.repeat(end - open);
    at = end;
  }
  masked += line.slice(at);
  return new RegExp(`^[\\s${MASK}]*$`).test(masked) ? masked.replaceAll(MASK, " ") : masked;
}

export const isMasked = (text: string): boolean => text.includes(MASK);
