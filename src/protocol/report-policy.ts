import { domainName } from "./domain-name.ts";
import { parseMxPattern } from "./mx-pattern.ts";
import { type ReportedFailure, readFailures } from "./report-failure.ts";
import { isObject, member, noteUnknown, type ReportObject, requiredText, sessionCount } from "./report-member.ts";

/** What a report says about one policy that was applied. RFC 8460 §4.4. `null` where it does not say, or says nonsense. */
export interface ReportedPolicy {
  /** `sts`, `tlsa` or `no-policy-found`, and whatever else was written. */
  readonly type: string | null;
  /** The policy domain; for DANE the TLSA base domain. As written. */
  readonly domain: string | null;
  /** The applied policy, with its errors: a string per line (sts) or record (tlsa). */
  readonly strings: readonly string[];
  readonly mxHosts: readonly string[];
  readonly successful: number | null;
  readonly failed: number | null;
  readonly failures: readonly ReportedFailure[];
}

const TYPES = ["sts", "tlsa", "no-policy-found"];
const NOTHING: Readonly<Record<string, unknown>> = {};

export function readReportedPolicy(entry: ReportObject): ReportedPolicy {
  const { path, remarks } = entry;
  noteUnknown(entry, ["policy", "summary", "failure-details"]);
  const policy = nested(entry, "policy");
  noteUnknown(policy, ["policy-type", "policy-string", "policy-domain", "mx-host"]);
  const summary = nested(entry, "summary");
  noteUnknown(summary, ["total-successful-session-count", "total-failure-session-count"]);
  const successful = sessionCount(summary, "total-successful-session-count", "summary-count-missing");
  const failed = sessionCount(summary, "total-failure-session-count", "summary-count-missing");
  const failures = readFailures(entry);
  const sum = failures.reduce((total, { count }) => total + (count ?? 0), 0);
  if (failed !== null && sum !== failed) remarks.notes("failure-sum-differs", path);
  return {
    type: readType(policy),
    domain: readDomain(policy),
    strings: readStrings(policy),
    mxHosts: readMxHosts(policy),
    successful,
    failed,
    failures,
  };
}

/** An object within; an empty one stands in where there is none, so that its members are missing. */
function nested({ remarks, ...entry }: ReportObject, name: string): ReportObject {
  const value = member({ remarks, ...entry }, name);
  return { members: isObject(value) ? value : NOTHING, path: `${entry.path}/${name}`, remarks };
}

function readType(policy: ReportObject): string | null {
  const value = member(policy, "policy-type");
  const type = typeof value === "string" ? value : null;
  if (type === null || !TYPES.includes(type))
    policy.remarks.deviates("policy-type-unknown", `${policy.path}/policy-type`);
  return type;
}

/** RFC 8460 §4.4 wants A-labels. Reporters write the TLSA base domain with and without `_25._tcp.`. */
function readDomain(policy: ReportObject): string | null {
  const domain = requiredText(policy, "policy-domain", "policy-domain-missing");
  const named = domain === null || domainName(domain.replace(/^_[0-9]{1,5}\._tcp\./, "")) !== undefined;
  if (!named) policy.remarks.deviates("policy-domain-malformed", `${policy.path}/policy-domain`);
  return domain;
}

function readStrings(policy: ReportObject): readonly string[] {
  const value = member(policy, "policy-string");
  const path = `${policy.path}/policy-string`;
  const strings = Array.isArray(value) ? value.filter((each: unknown) => typeof each === "string") : [];
  if (value !== undefined && (!Array.isArray(value) || strings.length < value.length)) {
    policy.remarks.deviates("policy-string-malformed", path);
  }
  // Microsoft has put all TLSA records into one string, as JSON.
  if (!strings.some(isJsonList)) return strings;
  policy.remarks.deviates("policy-string-nested-json", path);
  return strings.flatMap((text) => (isJsonList(text) ? stringsIn(text) : [text]));
}

function isJsonList(text: string): boolean {
  return text.startsWith("[") && stringsIn(text).length > 0;
}

function stringsIn(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((each: unknown) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

/** RFC 8460 §4.4: an array of mx patterns; the RFC's own example has a string (erratum 6241). */
function readMxHosts(policy: ReportObject): readonly string[] {
  const value = member(policy, "mx-host");
  if (value === undefined) return [];
  const path = `${policy.path}/mx-host`;
  if (typeof value === "string") policy.remarks.deviates("mx-host-string", path);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const patterns = list.filter((each) => typeof each === "string");
  const wellFormed = patterns.length === list.length && patterns.every((text) => parseMxPattern(text) !== undefined);
  if (!wellFormed) policy.remarks.deviates("mx-host-malformed", path);
  return patterns;
}
