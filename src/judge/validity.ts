import type { RuleOutcome } from "../verdict.ts";
import type { Inspection } from "./inspection.ts";

/**
 * ISO 8601: the first expiry of a certificate that this verdict rests on, on an MX host or the policy host, or the first clock that
 * would change it; `null` without one.
 */
export function validUntil({ evidence, hosts, asOf }: Inspection, outcomes: readonly RuleOutcome[]): string | null {
  const judged = new Set(hosts.filter(({ after }) => after.verdict === "accepted").map(({ host }) => host));
  const mx = evidence.mxHosts
    .filter(({ host }) => judged.has(host))
    .flatMap(({ probes }) => (probes.kind === "observed" ? probes.value : []));
  const fetches = evidence.policyFetch.kind === "observed" ? evidence.policyFetch.value : [];
  const chains = [
    ...mx.map(({ session }) => (session.kind === "tls" ? session.chain : [])),
    ...fetches.map((fetch) => (fetch.kind === "response" ? fetch.response.chain : [])),
  ];
  const dates = [...chains.flatMap((chain) => chain.map(({ notAfter }) => notAfter)), ...clocks(outcomes)]
    // One that ran out already, as old cross-signed roots have, is no part of what a sender trusts here.
    .filter((date) => Date.parse(date) > Date.parse(asOf))
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  return dates[0] ?? null;
}

/** A finding that ends by itself, and a waiver that does. */
function clocks(outcomes: readonly RuleOutcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => {
    const findings = outcome.kind === "failed" ? outcome.findings : [];
    const ends = findings.flatMap(({ facts: { until } }) =>
      typeof until === "string" && until.includes("T") ? [until] : [],
    );
    // A waiver holds to the end of its day, UTC.
    const waived = outcome.kind === "waived" && outcome.by.kind === "waiver" ? [`${outcome.by.until}T23:59:59Z`] : [];
    return [...ends, ...waived];
  });
}
