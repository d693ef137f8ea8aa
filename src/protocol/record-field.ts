import { quoted } from "./policy-defect.ts";
import type { RecordDefect, RecordDefectCode } from "./record-defect.ts";
import { type Span, spanOf } from "./span.ts";
import { blanksEnd, blanksStart } from "./white-space.ts";

/** One `name=value` of a TXT record, after the version. */
export interface RecordField {
  readonly name: string;
  readonly value: string;
  /** From the first letter of the name to the end of the value. */
  readonly span: Span;
  /** `duplicate`: an earlier field of this name counts (RFC 8461 §3.2); `unknown`: senders ignore it. */
  readonly use: "applied" | "duplicate" | "unknown";
}

/** A field before anyone asked what it is for. */
export type WrittenField = Omit<RecordField, "use">;

/** Which record a text should be, and what is lost with it. */
export interface RecordKind {
  readonly version: "v=STSv1" | "v=TLSRPTv1";
  /** The end of every message about it: what senders do with a malformed record. */
  readonly consequence: string;
}

export const STS: RecordKind = { version: "v=STSv1", consequence: "so senders see no MTA-STS record" };
export const TLSRPT: RecordKind = { version: "v=TLSRPTv1", consequence: "so senders send no TLS reports" };

/** The fields of a record as they are written, before anyone asks what their values mean. */
export interface RecordReading {
  readonly fields: readonly WrittenField[];
  readonly defects: RecordDefect[];
}

// RFC 8461 §3.1, sts-ext-name and sts-ext-value; RFC 8460 §3 has the same two.
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
const VALUE = /^[\x21-\x3a\x3c\x3e-\x7e]+$/;

/** Whether a text is meant to be this record: the version token, then a white space, a delimiter or the end. */
export function isCandidate(text: string, { version }: RecordKind): boolean {
  return text.startsWith(version) && /^[ \t;]?$/.test(text.charAt(version.length));
}

/** Splits at the delimiters, `*WSP ";" *WSP` (RFC 8461 §3.1, RFC 8460 §3). One final delimiter is allowed, empty fields are not. */
export function readRecord(text: string, kind: RecordKind): RecordReading {
  const fields: WrittenField[] = [];
  const defects: RecordDefect[] = [];
  const faulty = (code: RecordDefectCode, span: Span, what: string) =>
    defects.push(recordDefect(code, span, what, kind));
  if (!text.startsWith(kind.version)) {
    faulty("version", spanOf(1, 0, text.length), `${quoted(text)} does not begin with ${quoted(`${kind.version};`)}`);
    return { fields, defects };
  }
  const ends = [...text.matchAll(/;/g)].map(({ index }) => index);
  for (let start = 0, index = 0; index <= ends.length; index += 1) {
    const end = ends[index] ?? text.length;
    const from = blanksEnd(text, start);
    const to = Math.max(from, blanksStart(text, end));
    const [field, span] = [text.slice(from, to), spanOf(1, from, to)];
    const last = index === ends.length;
    if (index === 0 && field !== kind.version)
      faulty("version", span, `${quoted(field)} is not ${quoted(kind.version)}`);
    if (index > 0 && field !== "") readField(field, span, { fields, faulty });
    if (field === "" && !last) faulty("empty-field", spanOf(1, end, end + 1), "Nothing stands before a semicolon");
    // No delimiter follows: RFC 8461 §3.1 has white space only around one.
    if (last && field !== "" && to < end) faulty("trailing-space", spanOf(1, to, end), "White space ends the record");
    start = end + 1;
  }
  return { fields, defects };
}

function readField(
  text: string,
  span: Span,
  { fields, faulty }: { fields: WrittenField[]; faulty: (code: RecordDefectCode, span: Span, what: string) => void },
): void {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(0, equals));
  if (equals < 0) faulty("no-equals", span, `${quoted(text)} has no equals sign`);
  else if (!NAME.test(name)) faulty("field-name", span, `${quoted(name)} is no name of a field`);
  else fields.push({ name, value: text.slice(equals + 1), span });
}

/** What is wrong with a field that only has to be well formed, to be ignored (RFC 8461 §3.1, sts-extension). */
export function extensionDefect({ name, value, span }: WrittenField, kind: RecordKind): RecordDefect | undefined {
  if (VALUE.test(value)) return undefined;
  const what = value === "" ? "has no value" : `has a value with a space, an equals sign or no visible ASCII in it`;
  return recordDefect("field-value", span, `The field ${quoted(name)} ${what}`, kind);
}

export function recordDefect(
  code: RecordDefectCode,
  span: Span,
  what: string,
  { consequence }: RecordKind,
): RecordDefect {
  return { code, span, message: `${what}, ${consequence}.` };
}
