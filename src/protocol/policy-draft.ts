import type { MxPattern } from "./mx-pattern.ts";
import { didYouMean, NO_POLICY, type PolicyDefect, type PolicyDefectCode, quoted } from "./policy-defect.ts";
import { FIELD_NAMES, type FieldName, nearMiss, type PolicyField } from "./policy-field.ts";
import { type Mode, readMaxAge, readMode, readMx, readVersion, type ValueReading } from "./policy-value.ts";
import { type Span, spanOf, TOP } from "./span.ts";

/** What the lines of a policy file have said so far. */
export interface PolicyDraft {
  readonly fields: PolicyField[];
  readonly defects: PolicyDefect[];
  /** Names that had their first field, readable or not. */
  readonly seen: Set<string>;
  readonly mx: MxPattern[];
  mode?: Mode;
  maxAge?: number;
}

export function emptyDraft(): PolicyDraft {
  return { fields: [], defects: [], seen: new Set(), mx: [] };
}

/** How the field counts that `name` would begin now. First wins, except for mx: RFC 8461 §3.2, last paragraph. */
export function useOf(draft: PolicyDraft, name: string): PolicyField["use"] {
  if (name === "mx") return "applied";
  if (!FIELD_NAMES.some((known) => known === name)) return "unknown";
  return draft.seen.has(name) ? "duplicate" : "applied";
}

/** Reads the value into the draft, and says what is wrong with it. */
export function applyValue(draft: PolicyDraft, field: PolicyField): void {
  const { name, value, use, span } = field;
  const faulty = (code: PolicyDefectCode, where: Span, message: string, instead?: string) => {
    draft.defects.push({ code, span: where, message, ...(instead !== undefined && { instead }) });
  };
  const valueSpan = spanOf(span.startLine, span.endColumn - 1 - value.length, span.endColumn - 1);
  if (value === "") {
    faulty("empty-value", span, `The field ${quoted(name)} has no value, ${NO_POLICY}.`);
  } else if (use === "applied") {
    const reading = readValue(draft, name, value);
    if (reading.kind === "defect") faulty(reading.code, valueSpan, reading.message, reading.instead);
  } else if (hasControl(value)) {
    // An ignored field must fit the grammar of an extension all the same: RFC 8461 §3.2, sts-policy-extension.
    faulty("field-value", valueSpan, `The value of ${quoted(name)} has a control character in it, ${NO_POLICY}.`);
  }
}

function readValue(draft: PolicyDraft, name: string, value: string): ValueReading<unknown> {
  if (name === "version") return readVersion(value);
  if (name === "mx") return kept(readMx(value), (pattern) => draft.mx.push(pattern));
  if (name === "mode") {
    return kept(readMode(value), (mode) => {
      draft.mode = mode;
    });
  }
  return kept(readMaxAge(value), (seconds) => {
    draft.maxAge = seconds;
  });
}

function kept<T>(reading: ValueReading<T>, keep: (value: T) => void): ValueReading<T> {
  if (reading.kind === "value") keep(reading.value);
  return reading;
}

/** U+0080 to U+009F are no controls here: RFC 8461 §3.2 takes any UTF8-2 of RFC 3629 §4. */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}

/** After the last line: the required fields that had none. Where a name looks like a slip, the defect points at it. */
export function reportMissing(draft: PolicyDraft): void {
  const withMx = draft.mode === "enforce" || draft.mode === "testing"; // RFC 8461 §3.2: none may go without
  const required = FIELD_NAMES.filter((name) => name !== "mx" || withMx);
  const missing = required.filter((name) => !draft.seen.has(name));
  if (missing.length === 0) return;
  const slips = new Map<FieldName, PolicyField>();
  for (const field of draft.fields) {
    const meant = field.use === "unknown" ? nearMiss(field.name) : undefined;
    if (meant !== undefined && !slips.has(meant)) slips.set(meant, field);
  }
  for (const name of missing) draft.defects.push(missingDefect(name, slips.get(name)));
}

function missingDefect(name: FieldName, slip: PolicyField | undefined): PolicyDefect {
  const code = name === "max_age" ? "max-age-missing" : (`${name}-missing` as const);
  const what =
    name === "mx" ? "There is no mx field, and only the mode none may do without" : `There is no ${name} field`;
  const guess = slip ? `; ${quoted(slip.name)} is an unknown name${didYouMean(`${name}: ${slip.value}`)}` : "";
  const instead = slip && { instead: `${name}: ${slip.value}` };
  return { code, span: slip?.span ?? TOP, message: `${what}${guess}, ${NO_POLICY}.`, ...instead };
}
