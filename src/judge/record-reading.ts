import { FIELD_NAME } from "../protocol/policy-field.ts";
import type { RecordDialect, RecordFieldDialect } from "./record-dialect.ts";
import { recordFieldsOf, type WrittenField } from "./record-fields.ts";
import { trim } from "./white.ts";

/** What a sender finds at `_mta-sts`. */
export type RecordReading =
  /** A policy is announced; `null`: under an id that is not read. */
  { readonly kind: "id"; readonly id: string | null } | { readonly kind: "none" };

const NONE = { kind: "none" } as const;

/** Reads the TXT records of one name, each text with its character-strings joined. */
export function readRecordTexts({ begins, several, fields }: RecordDialect, texts: readonly string[]): RecordReading {
  const candidates = texts.filter((text) => beginsAs(begins, text));
  const [first, ...more] = candidates;
  if (first === undefined) return NONE;
  switch (several) {
    case "enough":
      return { kind: "id", id: null };
    case "joined":
      return readRecord(fields, candidates.join(""));
    case "no-policy":
      return more.length > 0 ? NONE : readRecord(fields, first);
    case "first-readable":
      return candidates.map((text) => readRecord(fields, text)).find(({ kind }) => kind === "id") ?? NONE;
  }
}

function beginsAs(begins: RecordDialect["begins"], text: string): boolean {
  switch (begins) {
    case "anything":
      return true;
    case "v=STSv1":
    case "v=STSv1;":
      return text.startsWith(begins);
    case "delimited":
      return /^v=STSv1[ \t]*;/.test(text);
    case "any-case":
      return /^v=STSv1\b/i.test(trim(text, "javascript"));
  }
}

function readRecord(dialect: RecordFieldDialect, text: string): RecordReading {
  const written = recordFieldsOf(dialect, text);
  if (written === undefined) return NONE;
  const firstIsVersion = dialect.version.where === "first-field";
  const rest = firstIsVersion ? written.slice(1) : written;
  if (!hasVersion(dialect, written) || !rest.every((field) => isFieldIn(dialect, field))) return NONE;
  const ids = rest.filter(({ name }) => name === "id").map(({ value }) => value);
  const id = idOf(dialect, ids);
  return id === undefined ? NONE : { kind: "id", id };
}

function hasVersion({ version }: RecordFieldDialect, fields: readonly WrittenField[]): boolean {
  const good = ({ name, value }: WrittenField): boolean =>
    name === "v" && (version.case === "any" ? value.toLowerCase() === "stsv1" : value === "STSv1");
  const versions = fields.filter(({ name }) => name === "v");
  if (version.where === "first-field") return fields[0] !== undefined && good(fields[0]);
  if (version.where === "every") return versions.length > 0 && versions.every(good);
  const last = versions.at(-1);
  return last !== undefined && good(last);
}

/** Whether a field other than the id is well formed, where that is asked. */
function isFieldIn({ extensions }: RecordFieldDialect, { name, value }: WrittenField): boolean {
  if (extensions === "any" || name === "id") return true;
  const named = extensions === "extension" ? FIELD_NAME : /^[A-Za-z0-9.-][A-Za-z0-9_.-]{0,31}$/;
  return named.test(name) && /^[\x21-\x3a\x3c\x3e-\x7e]+$/.test(value);
}

function idOf({ id, duplicateId }: RecordFieldDialect, ids: readonly string[]): string | undefined {
  const [first, ...more] = ids;
  if (duplicateId === "must-be-empty" && more.some((value) => value !== "")) return undefined;
  const chosen = duplicateId === "last" ? ids.at(-1) : first;
  if (chosen === undefined || (id === "not-empty" && chosen === "")) return undefined;
  return id === "alphanumeric-32" && !/^[A-Za-z0-9]{1,32}$/.test(chosen) ? undefined : chosen;
}
