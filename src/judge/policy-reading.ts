import type { Mode } from "../protocol/policy.ts";
import { FIELD_NAME, FIELD_NAMES } from "../protocol/policy-field.ts";
import { readMaxAgeAs } from "./max-age-dialect.ts";
import { isMxIn } from "./mx-dialect.ts";
import type { PolicyDialect } from "./policy-dialect.ts";
import { linesOf, type WrittenLine } from "./policy-lines.ts";

/** What a sender takes from a policy file. */
export type PolicyReading =
  | { readonly kind: "policy"; readonly mode: Mode; readonly maxAge: number; readonly mx: readonly string[] }
  | { readonly kind: "dropped" };

interface Draft {
  version?: string;
  mode?: string;
  maxAge?: number;
  readonly mx: string[];
  /** How many fields of a name there were; of `mx`, those that were not skipped. */
  readonly seen: Map<string, number>;
}

const DROPPED = { kind: "dropped" } as const;

/** Reads a policy, whole, the way `dialect` says; nothing throws. */
export function readPolicyText(dialect: PolicyDialect, text: string): PolicyReading {
  const lines = linesOf(dialect, text);
  if (lines === undefined) return DROPPED;
  const draft: Draft = { mx: [], seen: new Map() };
  return lines.every((line) => takeLine(dialect, draft, line)) ? finished(dialect, draft) : DROPPED;
}

/** Takes one line into the draft; `false` ends the reading. */
function takeLine(dialect: PolicyDialect, draft: Draft, { name, value }: WrittenLine): boolean {
  if (!FIELD_NAMES.some((known) => known === name)) return isExtensionIn(dialect, draft, { name, value });
  if (name === "mx") return takeMx(dialect, draft, value);
  const before = countOf(draft, name);
  if (before > 0 && dialect.duplicates === "fatal") return false;
  const kept = before === 0 || dialect.duplicates === "last";
  if (!kept && dialect.validates === "kept") return true;
  const scratch = kept ? draft : { mx: [], seen: new Map<string, number>() };
  if (name === "max_age") return takeMaxAge(dialect, scratch, value);
  if (name === "version") scratch.version = value;
  else scratch.mode = dialect.mode.case === "any" ? value.toLowerCase() : value;
  // `kept` validates at the end, when it is known which field counts.
  if (dialect.validates === "kept") return true;
  return name === "version" ? isVersion(dialect, scratch.version) : isMode(scratch.mode);
}

function countOf({ seen }: Draft, name: string): number {
  const count = seen.get(name) ?? 0;
  seen.set(name, count + 1);
  return count;
}

function takeMx({ mx }: PolicyDialect, draft: Draft, value: string): boolean {
  if (mx.values === "not-empty" && (value === "" || value === "*.")) return true;
  if (!isMxIn(mx.values, value)) return false;
  const lower = value.toLowerCase();
  if (mx.repeated === "kept" || !draft.mx.includes(lower)) draft.mx.push(lower);
  return true;
}

function takeMaxAge(dialect: PolicyDialect, draft: Draft, value: string): boolean {
  const reading = readMaxAgeAs(dialect.maxAge, value);
  if (reading.kind === "seconds") draft.maxAge = reading.seconds;
  else if (dialect.maxAge.faulty === "fatal" && dialect.validates === "every") return false;
  // A bad value that counts hides a good one before it, except where it is ignored.
  else if (dialect.maxAge.faulty === "fatal") draft.maxAge = Number.NaN;
  return true;
}

/** Whether a field that is none of the four is one that this sender reads over. */
function isExtensionIn(dialect: PolicyDialect, draft: Draft, { name, value }: WrittenLine): boolean {
  const { unknownNames, unknownValues, duplicates, validates } = dialect;
  if (unknownNames === "extension" && !FIELD_NAME.test(name)) return false;
  if (unknownNames === "or-punctuated" && !/^[A-Za-z0-9.-][A-Za-z0-9_.-]{0,31}$/.test(name)) return false;
  const counts = countOf(draft, name) === 0 || duplicates === "last" || validates === "every";
  if (unknownValues === "any" || !counts) return true;
  return value !== "" && !(unknownValues === "no-c1" ? /[\x00-\x1f\x7f-\x9f]/ : /[\x00-\x1f\x7f]/).test(value);
}

function finished(dialect: PolicyDialect, draft: Draft): PolicyReading {
  const { version = missing(dialect.version.missing), mode = missing(dialect.mode.missing), mx } = draft;
  const { maxAge = dialect.maxAge.missing } = draft;
  if (!isVersion(dialect, version) || !isMode(mode)) return DROPPED;
  if (maxAge === "fatal" || Number.isNaN(maxAge)) return DROPPED;
  const needsMx = dialect.mx.requiredFor === "every-mode" || mode !== "none";
  return needsMx && mx.length === 0 ? DROPPED : { kind: "policy", mode, maxAge, mx };
}

function missing(otherwise: string): string | undefined {
  return otherwise === "fatal" ? undefined : otherwise;
}

function isVersion({ version }: PolicyDialect, text: string | undefined): boolean {
  return version.case === "any" ? text?.toLowerCase() === "stsv1" : text === "STSv1";
}

function isMode(text: string | undefined): text is Mode {
  return text === "enforce" || text === "testing" || text === "none";
}
