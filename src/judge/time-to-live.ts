import type { Revision } from "../proposal.ts";
import type { HeldGround } from "./held-policy.ts";

/** Seconds. A recursive resolver shows what is left of a TTL; the whole is not known from that, and rarely more than a day. */
const UNKNOWN_TTL = 86_400;

/** Seconds that resolvers keep the `_mta-sts` record of before the change: the files' word, else that of the zone's own servers. */
export function knownTtl({ proposal, evidence }: Pick<HeldGround, "proposal" | "evidence">): number {
  const said = longestTtl(proposal.base.stsRecords);
  if (said !== undefined) return said;
  const { stsRecord } = evidence;
  return stsRecord.kind === "observed" && stsRecord.value.kind === "records" ? atMost(stsRecord.value) : UNKNOWN_TTL;
}

/** The same of its MX records. */
export function knownMxTtl({ proposal, evidence: { mx } }: Pick<HeldGround, "proposal" | "evidence">): number {
  const said = longestTtl(proposal.base.mxRecords);
  if (said !== undefined) return said;
  const timed = mx.kind === "observed" && (mx.value.kind === "records" || mx.value.kind === "null-mx");
  return timed ? atMost(mx.value as { readonly ttl: number }) : UNKNOWN_TTL;
}

function atMost({ ttl, ttlFrom }: { readonly ttl: number; readonly ttlFrom?: string }): number {
  return ttlFrom === "authoritative" ? ttl : Math.max(ttl, UNKNOWN_TTL);
}

function longestTtl(records: Revision["stsRecords"]): number | undefined {
  const ttls = records.kind === "said" ? records.value.flatMap(({ ttl }) => (ttl === null ? [] : [ttl])) : [];
  return ttls.length === 0 ? undefined : Math.max(...ttls);
}
