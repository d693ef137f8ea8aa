import { domainName } from "./domain-name.ts";
import { contentOf, leavesOf, type MimePart, mediaTypeOf, readParameters, readPart } from "./mime-part.ts";
import { octetText } from "./octets.ts";
import type { ReportDeviation } from "./report-remark.ts";
import { parseReportFileName } from "./tlsrpt-file-name.ts";
import { contactDomain, type TlsReport } from "./tlsrpt-report.ts";

/** What the header of a report's mail says about it (RFC 8460 §5.3). The report itself wins (§5.6). */
export interface ReportMailHeader {
  readonly domain: string | null;
  readonly submitter: string | null;
}

/**
 * The report in a mail. `gzip`: still to be inflated, within a bound. DKIM is not looked at: RFC 8460 §3 wants reports ignored
 * that are not signed, and whoever stores them has to have seen to that.
 */
export type ReportMail =
  | { readonly kind: "none" }
  | {
      readonly kind: "gzip" | "json";
      readonly bytes: Uint8Array;
      readonly header: ReportMailHeader;
      readonly deviations: readonly ReportDeviation[];
    };

const TYPES: Readonly<Record<string, "gzip" | "json">> = {
  "application/tlsrpt+gzip": "gzip",
  "application/tlsrpt+json": "json",
};

/** Finds the report in a message (RFC 5322, RFC 8460 §5.3). Never throws. */
export function readReportMail(message: Uint8Array): ReportMail {
  const root = readPart(octetText(message));
  const leaves = leavesOf(root);
  const part = leaves.find((leaf) => Object.hasOwn(TYPES, mediaTypeOf(leaf).type)) ?? leaves.find(isNamedAsReport);
  if (!part) return { kind: "none" };
  const bytes = contentOf(part);
  const kind = bytes[0] === 0x1f && bytes[1] === 0x8b ? "gzip" : "json"; // RFC 1952 §2.3.1
  const { type, parameters } = mediaTypeOf(root);
  const deviations: ReportDeviation[] = [];
  if (type !== "multipart/report" || parameters.get("report-type")?.toLowerCase() !== "tlsrpt")
    deviations.push("not-multipart-report");
  const named = mediaTypeOf(part).type;
  if (!Object.hasOwn(TYPES, named) || TYPES[named] !== kind) deviations.push("media-type-mismatch");
  return { kind, bytes, header: readHeader(root), deviations };
}

/** Some reporters attach the file as application/gzip or octet-stream. */
function isNamedAsReport(part: MimePart): boolean {
  const names = [part.headers.get("content-disposition") ?? "", part.headers.get("content-type") ?? ""].map(
    readParameters,
  );
  return names.some(({ parameters }) => {
    const name = parameters.get("filename") ?? parameters.get("name");
    return name !== undefined && parseReportFileName(name) !== undefined;
  });
}

function readHeader({ headers }: MimePart): ReportMailHeader {
  return { domain: headers.get("tls-report-domain") ?? null, submitter: headers.get("tls-report-submitter") ?? null };
}

/** Where the mail's header and the report in it disagree (RFC 8460 §5.3). */
export function mailMismatches({ domain, submitter }: ReportMailHeader, report: TlsReport): readonly ReportDeviation[] {
  const deviations: ReportDeviation[] = [];
  const domains = report.policies.flatMap((policy) => (policy.domain === null ? [] : [policy.domain]));
  if (domain === null) deviations.push("report-domain-missing");
  else if (domains.length > 0 && !domains.some((each) => sameName(each, domain)))
    deviations.push("report-domain-mismatch");
  const contact = report.contact === null ? undefined : contactDomain(report.contact);
  if (submitter === null) deviations.push("submitter-missing");
  else if (contact !== undefined && !sameName(contact, submitter)) deviations.push("submitter-mismatch");
  return deviations;
}

function sameName(a: string, b: string): boolean {
  const name = domainName(a);
  return name !== undefined && name === domainName(b);
}
