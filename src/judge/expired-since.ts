import type { Evidence, PolicyFetch, Probe } from "../evidence.ts";
import type { Certificate } from "../protocol/certificate.ts";

/**
 * Evidence may be hours old when it is judged. A certificate that was good then and has run out since is what a sender meets now, so
 * it is judged as one: certificate-expired (RFC 8460 §4.3.2.2 has the name).
 */
export function expiredSince(evidence: Evidence, asOf: string): Evidence {
  const { mxHosts, policyFetch } = evidence;
  return {
    ...evidence,
    mxHosts: mxHosts.map((seen) =>
      seen.probes.kind === "observed"
        ? { ...seen, probes: { kind: "observed", value: seen.probes.value.map((probe) => probeNow(probe, asOf)) } }
        : seen,
    ),
    policyFetch:
      policyFetch.kind === "observed"
        ? { kind: "observed", value: policyFetch.value.map((fetch) => fetchNow(fetch, asOf)) }
        : policyFetch,
  };
}

const EXPIRED = { kind: "untrusted", x509Error: "CERT_HAS_EXPIRED" } as const;

/** The leaf's own date: what a server adds to it may be old and is not always part of the path. */
function hasRunOut([leaf]: readonly Certificate[], asOf: string): boolean {
  return leaf !== undefined && Date.parse(leaf.notAfter) < Date.parse(asOf);
}

function probeNow(probe: Probe, asOf: string): Probe {
  const { session } = probe;
  if (session.kind !== "tls" || session.trust.kind === "untrusted" || !hasRunOut(session.chain, asOf)) return probe;
  return { ...probe, session: { ...session, trust: EXPIRED } };
}

function fetchNow(fetch: PolicyFetch, asOf: string): PolicyFetch {
  if (fetch.kind !== "response" || !hasRunOut(fetch.response.chain, asOf)) return fetch;
  return { kind: "untrusted", address: fetch.address, trust: EXPIRED, names: true, chain: fetch.response.chain };
}
