import { didYouMean, NO_POLICY, type PolicyDefectCode, quoted } from "./policy-defect.ts";
import { applyValue, emptyDraft, type PolicyDraft, reportMissing, useOf } from "./policy-draft.ts";
import { FIELD_NAME, FIELD_NAMES, type FieldName, nearMiss, type PolicyField } from "./policy-field.ts";
import { policyText, startsAsUtf16 } from "./policy-text.ts";
import { type Span, spanOf, TOP } from "./span.ts";
import { blanksEnd, blanksStart } from "./white-space.ts";

interface Line {
  readonly text: string;
  readonly number: number;
  /** Some octets were not UTF-8: no second fault is found with what the line says. */
  readonly broken: boolean;
}

/** Reads every line once (RFC 8461 §3.2, sts-policy-record), whatever is wrong with the ones before. */
export function readPolicyLines(bytes: Uint8Array): Readonly<PolicyDraft> {
  const draft = emptyDraft();
  if (bytes.length === 0) return withWhole(draft, "empty", `The file is empty, ${NO_POLICY}.`);
  if (startsAsUtf16(bytes)) return withWhole(draft, "utf-16", `The file is UTF-16 and not UTF-8, ${NO_POLICY}.`);
  const { text, broken } = policyText(bytes);
  for (let start = 0, number = 1; start < text.length; number += 1) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    // The last terminator may be absent; a CR alone is none, there as anywhere.
    const crlf = feed > start && text.charCodeAt(feed - 1) === 0x0d;
    const column = broken.get(number);
    readLine(draft, { text: text.slice(start, crlf ? end - 1 : end), number, broken: column !== undefined });
    if (column !== undefined) {
      const message = `An octet here is not UTF-8, ${NO_POLICY}.`;
      draft.defects.push({ code: "utf-8", span: spanOf(number, column - 1, column), message });
    }
    start = end + 1;
  }
  reportMissing(draft);
  return draft;
}

function withWhole(draft: PolicyDraft, code: PolicyDefectCode, message: string): PolicyDraft {
  draft.defects.push({ code, span: TOP, message });
  return draft;
}

function readLine(draft: PolicyDraft, line: Line): void {
  const { text, number, broken } = line;
  const faulty = (code: PolicyDefectCode, span: Span, message: string, instead?: string) => {
    if (!broken) draft.defects.push({ code, span, message, ...(instead !== undefined && { instead }) });
  };
  const [start, end] = [blanksEnd(text, 0), blanksStart(text, text.length)];
  if (start >= end) return addBlank(draft, line);
  const carriageReturn = text.indexOf("\r");
  if (carriageReturn >= 0) {
    const message = `A carriage return without a line feed ends no line, ${NO_POLICY}.`;
    faulty("line-ending", spanOf(number, carriageReturn, carriageReturn + 1), message);
  }
  const marked = number === 1 && text.charCodeAt(0) === 0xfeff;
  if (marked) faulty("byte-order-mark", spanOf(1, 0, 1), `The file begins with a byte order mark, ${NO_POLICY}.`);
  const nameStart = marked ? 1 : start;
  const colon = text.indexOf(":");
  if (colon < 0) {
    const meant = fieldMeant(text.slice(nameStart, end));
    if (meant) draft.seen.add(meant.name); // one slip, one defect: the field is not missing as well
    const span = spanOf(number, nameStart, end);
    return faulty("no-colon", span, noColonMessage(text.slice(nameStart, end), meant?.line), meant?.line);
  }
  const nameEnd = blanksStart(text, colon);
  const name = text.slice(nameStart, nameEnd);
  if (!FIELD_NAME.test(name)) {
    const span = spanOf(number, Math.min(nameStart, colon), Math.max(colon, 1));
    return faulty("field-name", span, `${quoted(name)} is no name of a field, ${NO_POLICY}.`);
  }
  if (start > 0 || nameEnd < colon) {
    const message = `White space stands before or after the name ${quoted(name)}, ${NO_POLICY}.`;
    faulty("white-space", start > 0 ? spanOf(number, 0, start) : spanOf(number, nameEnd, colon), message);
  }
  const value = text.slice(Math.min(blanksEnd(text, colon + 1), end), end);
  const field: PolicyField = { name, value, span: spanOf(number, nameStart, end), use: useOf(draft, name) };
  draft.fields.push(field);
  draft.seen.add(name);
  if (!broken && carriageReturn < 0) applyValue(draft, field);
}

function addBlank(draft: PolicyDraft, { text, number }: Line): void {
  const last = draft.defects.at(-1);
  const run = last?.code === "blank-line" && last.span.endLine === number - 1;
  const startLine = run ? last.span.startLine : number;
  if (run) draft.defects.pop();
  const what = startLine === number ? "A blank line is no field" : "Blank lines are no fields";
  const span = { startLine, startColumn: 1, endLine: number, endColumn: text.length + 1 };
  draft.defects.push({ code: "blank-line", span, message: `${what}, ${NO_POLICY}.` });
}

function noColonMessage(text: string, guess: string | undefined): string {
  if (text.startsWith("v=STSv1")) {
    return `This is the text of the ${quoted("_mta-sts")} TXT record and not a line of a policy, ${NO_POLICY}.`;
  }
  return `${quoted(text)} has no colon${didYouMean(guess)}, ${NO_POLICY}.`;
}

/** `mode none` and `mode=none`: the field that a line without a colon was probably meant to be. */
function fieldMeant(text: string): { readonly name: FieldName; readonly line: string } | undefined {
  const [, word = "", value = ""] = /^([A-Za-z_-]{2,32})[=\s]\s*(?:=\s*)?(\S.*)/.exec(text.slice(0, 100)) ?? [];
  const name = FIELD_NAMES.find((known) => known === word) ?? nearMiss(word);
  return name && { name, line: `${name}: ${value}` };
}
