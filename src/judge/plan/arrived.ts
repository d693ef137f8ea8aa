import type { Evidence, MxHost, PolicyFetch } from "../../evidence.ts";
import { EVIDENCE_VERSION, type ObservationLine } from "../../evidence-line.ts";
import type { PastState, Proposal } from "../../proposal.ts";
import { type DomainName, domainName } from "../../protocol/domain-name.ts";
import type { Octets } from "../../protocol/octets.ts";
import { instant } from "../held-policy.ts";
import type { Case } from "../inspection.ts";
import { servesPolicy } from "../policy-view.ts";
import { idIn, recordSaid } from "../record-view.ts";
import { rolloutTerms } from "../rollout-terms.ts";

/** The world in which a change is merged, at its `asOf`, and nobody sees it yet. */
export function merged(change: Case): Case {
  const { proposal, asOf } = change;
  const { proposed, history, touched } = proposal;
  return {
    ...change,
    proposal: {
      ...proposal,
      base: proposed,
      touched: [],
      baseSince: touched.includes("policy") ? { kind: "since", at: asOf } : proposal.baseSince,
      history: { ...history, states: [stateOf(change), ...history.states] },
    },
  };
}

/** The world once a change that was merged at its `asOf` has arrived everywhere. */
export function arrived(change: Case): Case {
  const { proposal, evidence, settings, memory = [] } = change;
  const seen = evidenceAfter(evidence, proposal);
  const at = instant(Date.parse(change.asOf) + rolloutTerms(settings).lag);
  return {
    ...merged(change),
    asOf: at,
    evidence: { ...seen, at },
    memory: memory.length === 0 ? memory : [...memory, ...remembered(seen, proposal.policyDomain, at)],
  };
}

function stateOf({ proposal: { proposed }, asOf }: Case): PastState {
  const { policyFile, stsRecords, mxRecords } = proposed;
  const ttls = stsRecords.kind === "said" ? stsRecords.value.flatMap(({ ttl }) => ttl ?? []) : [];
  const mx = mxRecords.kind === "said" ? mxRecords.value : [];
  const mxTtls = mx.flatMap(({ ttl }) => ttl ?? []);
  const hosts = mx.flatMap(({ data }) => domainName((data ?? "").split(" ")[1] ?? "") ?? []);
  return {
    commit: "0".repeat(40),
    at: asOf,
    ...(policyFile.kind === "said" && { policy: policyFile.value?.octets ?? null }),
    ...(stsRecords.kind === "said" && { id: idIn(recordSaid(proposed)) ?? null }),
    ...(ttls.length > 0 && { recordTtl: Math.max(...ttls) }),
    ...(mxRecords.kind === "said" && { mx: { hosts, ...(mxTtls.length > 0 && { ttl: Math.max(...mxTtls) }) } }),
  };
}

function evidenceAfter(evidence: Evidence, { proposed, policyDomain }: Proposal): Evidence {
  const { policyFile, stsRecords, mxRecords } = proposed;
  const records = stsRecords.kind === "said" ? stsRecords.value.flatMap(({ data }) => data ?? []) : undefined;
  const mx = mxRecords.kind === "said" ? mxRecords.value : undefined;
  const hosts = mx?.flatMap(({ data }) => mxOf(data ?? ""));
  const none = { kind: "no-data", cnames: [] } as const;
  const ttl = timeToLive(evidence.stsRecord);
  return {
    ...evidence,
    ...(records && {
      stsRecord: {
        kind: "observed",
        value: records.length > 0 ? { kind: "records", records, cnames: [], ...ttl } : none,
      },
    }),
    ...(hosts && {
      mx: {
        kind: "observed",
        value: hosts.length > 0 ? { kind: "records", records: hosts, cnames: [], ...timeToLive(evidence.mx) } : none,
      },
    }),
    ...(policyFile.kind === "said" && {
      policyFetch: { kind: "observed", value: fetches(evidence, policyFile.value?.octets, policyDomain) },
    }),
  };
}

function timeToLive(seen: Evidence["stsRecord"] | Evidence["mx"]): {
  ttl: number;
  ttlFrom?: "authoritative" | "recursive";
} {
  if (seen.kind === "unobserved" || !("ttl" in seen.value)) return { ttl: 3_600 };
  const { ttl, ttlFrom } = seen.value;
  return { ttl, ...(ttlFrom && { ttlFrom }) };
}

function mxOf(data: string): readonly MxHost[] {
  const [preference = "", name = ""] = data.split(" ");
  const host = domainName(name);
  return host ? [{ host, preference: Number(preference) }] : [];
}

/** Every address serves what the repository says; one is made up where none served anything. */
function fetches(
  { policyFetch }: Evidence,
  body: Octets | undefined,
  policyDomain: DomainName,
): readonly PolicyFetch[] {
  const served = policyFetch.kind === "observed" ? policyFetch.value.filter(servesPolicy) : [];
  if (!body) return [{ kind: "failed", address: "", reason: `mta-sts.${policyDomain} serves no policy` }];
  const plain = { status: 200, contentType: "text/plain", contentEncoding: null, location: null, truncated: false };
  const made = { kind: "response", address: "", response: { ...plain, elapsed: 0, chain: [], body } } as const;
  return served.length === 0 ? [made] : served.map((one) => ({ ...one, response: { ...one.response, body } }));
}

function remembered({ stsRecord, mx, policyFetch }: Evidence, policyDomain: DomainName, at: string): ObservationLine[] {
  const dated = { version: EVIDENCE_VERSION, at } as const;
  const host = domainName(`mta-sts.${policyDomain}`) ?? policyDomain;
  const seen = policyFetch.kind === "observed" ? policyFetch.value : [];
  return [
    { ...dated, kind: "txt", owner: `_mta-sts.${policyDomain}`, seen: stsRecord },
    { ...dated, kind: "mx", owner: policyDomain, seen: mx },
    ...seen.map((one) => ({ ...dated, kind: "policy", host, address: one.address, seen: one }) as const),
  ];
}
