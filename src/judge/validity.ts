import type { Inspection } from "./inspection.ts";

/** ISO 8601: the first expiry of a certificate that this verdict rests on, on an MX host or the policy host; `null` without one. */
export function validUntil({ evidence, hosts, asOf }: Inspection): string | null {
  const judged = new Set(hosts.filter(({ after }) => after.verdict === "accepted").map(({ host }) => host));
  const mx = evidence.mxHosts
    .filter(({ host }) => judged.has(host))
    .flatMap(({ probes }) => (probes.kind === "observed" ? probes.value : []));
  const fetches = evidence.policyFetch.kind === "observed" ? evidence.policyFetch.value : [];
  const chains = [
    ...mx.map(({ session }) => (session.kind === "tls" ? session.chain : [])),
    ...fetches.map((fetch) => (fetch.kind === "response" ? fetch.response.chain : [])),
  ];
  const dates = chains
    .flatMap((chain) => chain.map(({ notAfter }) => notAfter))
    // One that ran out already, as old cross-signed roots have, is no part of what a sender trusts here.
    .filter((date) => Date.parse(date) > Date.parse(asOf))
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  return dates[0] ?? null;
}
