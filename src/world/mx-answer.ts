import type { DnsAnswer, MxAnswer, MxHost } from "../evidence.ts";
import { domainName } from "../protocol/domain-name.ts";
import type { RecordData } from "./dns-rdata.ts";

/**
 * What MX records mean. A single `0 .` is the null MX (RFC 7505 §3); `.` beside other records means nothing to senders
 * and is left out. So is a target that is no host name, such as an IP address (RFC 5321 §5.1): no sender can use it,
 * and a policy cannot name it. Sorted, so that evidence does not rotate.
 * @returns undefined where there are records and none is usable: then nobody falls back to the domain's own address
 */
export function mxAnswer(answer: DnsAnswer<RecordData["MX"]>): MxAnswer | undefined {
  if (answer.kind !== "records") return answer;
  const { records, ...rest } = answer;
  const [only] = records;
  if (records.length === 1 && only?.exchange === "" && only.preference === 0) {
    const { cnames: _, ...said } = rest;
    return { ...said, kind: "null-mx" };
  }
  const hosts = records.flatMap(mxHost).sort(byPreference);
  return hosts.length > 0 ? { ...rest, records: hosts } : undefined;
}

// A name that ends in digits alone is an IPv4 address to whoever reads it (RFC 3696 §2).
const NUMERIC_END = /(^|\.)[0-9]+$/;

function mxHost({ preference, exchange }: RecordData["MX"]): readonly MxHost[] {
  const host = NUMERIC_END.test(exchange) ? undefined : domainName(exchange);
  return host === undefined ? [] : [{ host, preference }];
}

function byPreference(a: MxHost, b: MxHost): number {
  if (a.preference !== b.preference) return a.preference - b.preference;
  return a.host < b.host ? -1 : 1;
}
