import type { PolicyDialect } from "./policy-dialect.ts";
import { trim, trimEnd } from "./white.ts";

/** A name and a value as a sender sees them, known or not. */
export interface WrittenLine {
  readonly name: string;
  readonly value: string;
}

/** The fields of a text in its order; `undefined` where a line ends the reading. */
export function linesOf(dialect: PolicyDialect, text: string): readonly WrittenLine[] | undefined {
  if (dialect.lines === "up-to-colon") return linesUpToColon(dialect, text);
  const fields: WrittenLine[] = [];
  for (const line of split(dialect.lines, text)) {
    const colon = line.indexOf(":");
    if (colon < 0 && (dialect.noColon === "skipped" || (line === "" && dialect.emptyLine === "skipped"))) continue;
    if (colon < 0 && dialect.noColon === "fatal") return undefined;
    if (dialect.secondColon === "fatal" && line.includes(":", colon + 1)) return undefined;
    const name = colon < 0 ? trimEnd(line, dialect.white) : line.slice(0, colon);
    fields.push({
      name: nameIn(dialect, name),
      value: colon < 0 ? "" : trim(line.slice(colon + 1), dialect.white),
    });
  }
  return fields;
}

function nameIn({ names, white }: PolicyDialect, name: string): string {
  if (names === "as-written") return name;
  return names === "trimmed" ? trim(name, white) : trim(name.toLowerCase(), white);
}

/** What stands after the last line end is a line only if there is something in it. */
function split(lines: Exclude<PolicyDialect["lines"], "up-to-colon">, text: string): readonly string[] {
  // U+001C to U+001E and U+2028 are line ends to Python's splitlines too.
  const ends = lines === "unicode" ? /\r\n|[\n\r\v\f\x1c-\x1e\u0085\u2028\u2029]/ : /\r?\n/;
  const parts = text.split(ends);
  const last = parts.pop() ?? "";
  const end = lines === "lf-final-cr" && last.endsWith("\r") ? last.slice(0, -1) : last;
  return last === "" ? parts : [...parts, end];
}

/** Line ends mean nothing before a colon; what has no colon after it is not read. */
function linesUpToColon(dialect: PolicyDialect, text: string): readonly WrittenLine[] {
  const fields: WrittenLine[] = [];
  for (let at = 0; at < text.length; ) {
    const colon = text.indexOf(":", at);
    if (colon < 0) break;
    const feed = text.indexOf("\n", colon);
    const end = feed < 0 ? text.length : feed;
    fields.push({
      name: nameIn(dialect, text.slice(at, colon)),
      value: trim(text.slice(colon + 1, end), dialect.white),
    });
    at = end + 1;
  }
  return fields;
}
