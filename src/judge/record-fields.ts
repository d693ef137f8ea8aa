import type { RecordFieldDialect } from "./record-dialect.ts";
import { squeeze, trim, trimStart } from "./white.ts";

export interface WrittenField {
  readonly name: string;
  readonly value: string;
}

/** The fields of a record's text in its order; `undefined` where one of them ends the reading. */
export function recordFieldsOf(dialect: RecordFieldDialect, text: string): readonly WrittenField[] | undefined {
  const parts = dialect.text === "plain" ? text.split(";") : headerParts(text);
  const fields: WrittenField[] = [];
  let spoiled = false;
  for (const [index, raw] of parts.entries()) {
    const last = index === parts.length - 1;
    const part = last && dialect.end === "in-value" ? trimStart(raw, dialect.white) : trim(raw, dialect.white);
    if (isNothing(dialect, raw, part)) {
      if (dialect.empty === "last-only" && !last) return undefined;
      continue;
    }
    const field = fieldIn(dialect, dialect.empty === "exactly" ? raw : part);
    if (field === undefined) return undefined;
    if (part.includes("=") || dialect.noEquals === "name-alone") fields.push(spoiled ? { ...field, name: "" } : field);
    // mail-auth keeps the shift of a name that had no value.
    spoiled = dialect.noEquals === "spoils-next" && !part.includes("=");
  }
  return fields;
}

function isNothing({ empty }: RecordFieldDialect, raw: string, part: string): boolean {
  return empty === "exactly" ? raw === "" : part === "";
}

function fieldIn(dialect: RecordFieldDialect, part: string): WrittenField | undefined {
  const equals = part.indexOf("=");
  if (equals < 0 && dialect.noEquals === "fatal") return undefined;
  const name = equals < 0 ? part : part.slice(0, equals);
  const value = equals < 0 ? "" : part.slice(equals + 1);
  if (dialect.secondEquals === "fatal" && value.includes("=")) return undefined;
  if (dialect.inside === "fatal" && /[ \t]/.test(name + value)) return undefined;
  const bare = { kept: (text: string) => text, fatal: (text: string) => text, trimmed, squeezed }[dialect.inside];
  const written = bare(name, dialect);
  return { name: dialect.names === "any-case" ? written.toLowerCase() : written, value: bare(value, dialect) };
}

function trimmed(text: string, { white }: RecordFieldDialect): string {
  return trim(text, white);
}

function squeezed(text: string, { white }: RecordFieldDialect): string {
  return squeeze(text, white);
}

/** As a reader of mail headers splits: after the first colon, without comments, and not at a semicolon in quotes. */
function headerParts(text: string): readonly string[] {
  const line = text.slice(text.indexOf(":") + 1);
  const parts = [""];
  let until = "";
  for (const unit of line) {
    if (until === "" && unit === "(") until = ")";
    else if (until === ")") until = unit === ")" ? "" : until;
    else if (until === "" && unit === ";") parts.push("");
    else {
      if (until !== "") until = unit === until ? "" : until;
      else if (unit === '"' || unit === "'") until = unit;
      parts.push(`${parts.pop() ?? ""}${unit}`);
    }
  }
  return parts;
}
