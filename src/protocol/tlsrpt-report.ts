import { readDateTime } from "./date-time.ts";
import { domainName } from "./domain-name.ts";
import { readIJson } from "./i-json.ts";
import { isObject, member, noteUnknown, type ReportObject, requiredText } from "./report-member.ts";
import { type ReportedPolicy, readReportedPolicy } from "./report-policy.ts";
import { gatherRemarks, type ReportDeviation, type ReportNote, type ReportRemark } from "./report-remark.ts";

/** What one sender saw of a domain's TLS on one day. RFC 8460 §4. Every text in it was written by a stranger. */
export interface TlsReport {
  readonly organization: string | null;
  readonly contact: string | null;
  readonly reportId: string | null;
  /** ISO 8601, UTC; where the report gives no offset, UTC is assumed. */
  readonly start: string;
  /** ISO 8601, UTC. */
  readonly end: string;
  readonly policies: readonly ReportedPolicy[];
}

/** Reports are read tolerantly: `deviations` break the schema, `notes` are legal. `invalid`: nothing can be learned from it. */
export type ReportReading =
  | {
      readonly kind: "report";
      readonly report: TlsReport;
      readonly deviations: readonly ReportRemark<ReportDeviation>[];
      readonly notes: readonly ReportRemark<ReportNote>[];
    }
  | { readonly kind: "invalid"; readonly why: ReportFault };

export type ReportFault = "not-utf-8" | "no-json" | "duplicate-name" | "no-object" | "date-range" | "policies";

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const MEMBERS = ["organization-name", "date-range", "contact-info", "report-id", "policies"];

/** Reads a report, decompressed. Never throws. The caller bounds its size; time and memory grow with it and no faster. */
export function readReport(source: string | Uint8Array): ReportReading {
  const text = typeof source === "string" ? source : decoded(source);
  if (text === undefined) return { kind: "invalid", why: "not-utf-8" };
  const remarks = gatherRemarks();
  const marked = text.startsWith("\ufeff");
  if (marked) remarks.deviates("byte-order-mark", "");
  const json = readIJson(marked ? text.slice(1) : text);
  if (json.kind === "invalid") return json;
  if (!isObject(json.value)) return { kind: "invalid", why: "no-object" };
  const root: ReportObject = { members: json.value, path: "", remarks };
  const range = readRange(root);
  if (range === undefined) return { kind: "invalid", why: "date-range" };
  const policies = member(root, "policies");
  if (!Array.isArray(policies)) return { kind: "invalid", why: "policies" };
  noteUnknown(root, MEMBERS);
  const report = {
    organization: requiredText(root, "organization-name", "organization-name-missing"),
    contact: readContact(root),
    reportId: requiredText(root, "report-id", "report-id-missing"),
    ...range,
    policies: policies.flatMap((value: unknown, at) => {
      const path = `/policies/${at}`;
      if (isObject(value)) return [readReportedPolicy({ members: value, path, remarks })];
      remarks.deviates("policy-malformed", path);
      return [];
    }),
  };
  return { kind: "report", report, ...remarks.gathered() };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

function readRange(root: ReportObject): Pick<TlsReport, "start" | "end"> | undefined {
  const value = member(root, "date-range");
  if (!isObject(value)) return undefined;
  const range = { ...root, members: value, path: "/date-range" };
  const start = readInstant(range, "start-datetime");
  const end = readInstant(range, "end-datetime");
  if (start === undefined || end === undefined) return undefined;
  noteUnknown(range, ["start-datetime", "end-datetime"]);
  if (end < start) root.remarks.deviates("date-range-reversed", range.path);
  return { start, end };
}

const FORMS = {
  "no-offset": "datetime-no-offset",
  "date-only": "datetime-date-only",
  "space-for-t": "datetime-separator",
} as const;

function readInstant(range: ReportObject, name: string): string | undefined {
  const value = member(range, name);
  const reading = typeof value === "string" ? readDateTime(value) : undefined;
  if (reading && reading.form !== "rfc-3339") range.remarks.deviates(FORMS[reading.form], `${range.path}/${name}`);
  return reading?.at;
}

/** RFC 8460 §4.4: an addr-spec. */
function readContact(root: ReportObject): string | null {
  const contact = requiredText(root, "contact-info", "contact-info-missing");
  if (contact !== null && contactDomain(contact) === undefined)
    root.remarks.deviates("contact-info-malformed", "/contact-info");
  return contact;
}

/** The domain of an addr-spec, which RFC 8460 §5.3 compares with the TLS-Report-Submitter header. */
export function contactDomain(contact: string): string | undefined {
  const at = contact.lastIndexOf("@");
  const local = contact.slice(0, Math.max(0, at));
  return /^[^\s@<>()[\]:;,]{1,64}$/.test(local) ? domainName(contact.slice(at + 1)) : undefined;
}
