import { addressForm } from "./address-text.ts";
import type { Remarks, ReportDeviation } from "./report-remark.ts";

/** An object of a report, where it stands, and where to say what is wrong with it. */
export interface ReportObject {
  readonly members: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly remarks: Remarks;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member's value. Own properties only: a report may have members of any name. */
export function member({ members }: ReportObject, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** Members outside the schema are ignored (RFC 8460 §4.4 forbids none). */
export function noteUnknown({ members, path, remarks }: ReportObject, known: readonly string[]): void {
  const unknown = Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== undefined) remarks.notes("unknown-member", `${path}/${pointer(unknown)}`);
}

function pointer(name: string): string {
  return name.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1");
}

/** A string that has to be there; `null`, with the deviation, where it is not. */
export function requiredText(of: ReportObject, name: string, missing: ReportDeviation): string | null {
  const value = member(of, name);
  if (typeof value === "string" && value !== "") return value;
  of.remarks.deviates(missing, `${of.path}/${name}`);
  return null;
}

/** A string that may be absent. */
export function optionalText(of: ReportObject, name: string, malformed: ReportDeviation): string | null {
  const value = member(of, name);
  if (value === undefined || typeof value === "string") return value ?? null;
  of.remarks.deviates(malformed, `${of.path}/${name}`);
  return null;
}

/** An IP address that may be absent: fetch errors have none, and large reporters leave it out. RFC 8460 §4.4. */
export function optionalAddress(of: ReportObject, name: string, invalid: ReportDeviation): string | null {
  const value = optionalText(of, name, invalid);
  if (value === null) return null;
  const form = addressForm(value);
  if (form === "none") of.remarks.deviates(invalid, `${of.path}/${name}`);
  if (form === "not-canonical") of.remarks.notes("ipv6-not-canonical", `${of.path}/${name}`);
  return value;
}

/** A session count: a non-negative integer that JSON keeps exact. Digits in quotes are read, and named. RFC 8460 §4.2. */
export function sessionCount(of: ReportObject, name: string, missing: ReportDeviation): number | null {
  const value = member(of, name);
  const path = `${of.path}/${name}`;
  if (value === undefined || value === null) {
    of.remarks.deviates(missing, path);
    return null;
  }
  if (typeof value !== "number") of.remarks.deviates("count-type", path);
  const digits = typeof value === "string" && /^[0-9]{1,16}$/.test(value);
  const count = typeof value === "number" || digits ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(count) && count >= 0) return count;
  if (typeof value === "number") of.remarks.deviates("count-type", path);
  return null;
}
