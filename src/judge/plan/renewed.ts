import type { Evidence, MxHostEvidence, PolicyFetch } from "../../evidence.ts";
import type { Certificate } from "../../protocol/certificate.ts";

/** ISO 8601: later than any step. */
const FAR = "9999-12-31T23:59:59Z";

/** What was seen, with every certificate that is not over at `asOf` renewed for good: a step next month is not for today's certificate. */
export function renewed(evidence: Evidence, asOf: string): Evidence {
  const chain = (certificates: readonly Certificate[]): readonly Certificate[] =>
    certificates.map((one) => (isOver(one, asOf) ? one : { ...one, notAfter: FAR }));
  const { policyFetch, mxHosts } = evidence;
  return {
    ...evidence,
    policyFetch:
      policyFetch.kind === "observed"
        ? { kind: "observed", value: policyFetch.value.map((fetch) => renewedFetch(fetch, chain)) }
        : policyFetch,
    mxHosts: mxHosts.map((host) => renewedHost(host, chain)),
  };
}

const isOver = ({ notAfter }: Certificate, asOf: string): boolean => Date.parse(notAfter) < Date.parse(asOf);

type Renew = (chain: readonly Certificate[]) => readonly Certificate[];

function renewedFetch(fetch: PolicyFetch, renew: Renew): PolicyFetch {
  if (fetch.kind === "response")
    return { ...fetch, response: { ...fetch.response, chain: renew(fetch.response.chain) } };
  return fetch.kind === "untrusted" ? { ...fetch, chain: renew(fetch.chain) } : fetch;
}

function renewedHost(host: MxHostEvidence, renew: Renew): MxHostEvidence {
  if (host.probes.kind === "unobserved") return host;
  const value = host.probes.value.map((probe) =>
    probe.session.kind === "tls"
      ? { ...probe, session: { ...probe.session, chain: renew(probe.session.chain) } }
      : probe,
  );
  return { ...host, probes: { kind: "observed", value } };
}

/** ISO 8601: the first of these certificates to run out after `asOf`; undefined without one. */
export function firstExpiry({ policyFetch, mxHosts }: Evidence, asOf: string): string | undefined {
  const fetches = policyFetch.kind === "observed" ? policyFetch.value : [];
  const probes = mxHosts.flatMap((host) => (host.probes.kind === "observed" ? host.probes.value : []));
  const leaves = [
    ...fetches.flatMap((fetch) => (fetch.kind === "response" ? fetch.response.chain.slice(0, 1) : [])),
    ...probes.flatMap(({ session }) => (session.kind === "tls" ? session.chain.slice(0, 1) : [])),
  ];
  return leaves
    .filter((leaf) => !isOver(leaf, asOf))
    .map(({ notAfter }) => notAfter)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}
