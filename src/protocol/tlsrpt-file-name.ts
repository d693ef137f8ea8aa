import { type DomainName, domainName } from "./domain-name.ts";

/** RFC 8460 §5.1: `sender!policy-domain!begin!end[!id].json[.gz]`. */
export interface ReportFileName {
  readonly sender: DomainName;
  readonly policyDomain: DomainName;
  /** Seconds since 1970, UTC. */
  readonly begin: number;
  /** Seconds since 1970, UTC. */
  readonly end: number;
  readonly uniqueId: string | null;
  readonly extension: "json" | "json.gz";
}

const TIMES_AND_MORE = /^([0-9]{1,12})!([0-9]{1,12})(?:!([A-Za-z0-9]{1,256}))?\.(json|json\.gz)$/;

/** The parts of a report's file name; `undefined` when it is none. Where it disagrees with the report, the report wins (§5.6). */
export function parseReportFileName(text: string): ReportFileName | undefined {
  const [senderText = "", domainText = "", ...rest] = text.split("!");
  const [sender, policyDomain] = [domainName(senderText), domainName(domainText)];
  const [whole, begin, end, uniqueId = null, extension] = TIMES_AND_MORE.exec(rest.join("!")) ?? [];
  if (!sender || !policyDomain || whole === undefined) return undefined;
  const compressed = extension === "json.gz" ? "json.gz" : "json";
  return { sender, policyDomain, begin: Number(begin), end: Number(end), uniqueId, extension: compressed };
}
