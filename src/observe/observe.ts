import type { Evidence, MxAnswer, MxHostEvidence, Observation, Probe } from "../evidence.ts";
import { mxHostOf, type Proposal } from "../proposal.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { bytesOf } from "../protocol/octets.ts";
import { parsePolicy } from "../protocol/policy.ts";
import type { Network } from "../world.ts";
import { settleEgress } from "./egress.ts";

/** Asks the questions an enforcing sender would ask (RFC 8461 §5.1). Everything that can start, starts at once. */
export async function observe({ policyDomain, proposed }: Proposal, network: Network, at: string): Promise<Evidence> {
  const said =
    proposed.mxRecords.kind === "said" ? proposed.mxRecords.value.flatMap((record) => mxHostOf(record) ?? []) : [];
  const mx = network.mx(policyDomain);
  // Not waited for: whoever turns out to be an MX host finds the answers on their way.
  if (said.length === 0) for (const host of namedHosts(proposed)) void [network.addresses(host), network.tlsa(host)];
  const [stsRecord, tlsrptRecord, { policyHost, policyFetch }, live, mxHosts] = await Promise.all([
    network.txt(`_mta-sts.${policyDomain}`),
    network.txt(`_smtp._tls.${policyDomain}`),
    fetchEverywhere(policyDomain, network),
    mx,
    probeHosts({ mx, said, policyDomain }, network),
  ]);
  return {
    at,
    stsRecord,
    tlsrptRecord,
    mx: live,
    policyHost,
    policyFetch,
    mxHosts: settleEgress(mxHosts, network.vantage()),
  };
}

/** Literal names of a policy that are looked up before the MX answer is there: more than any MX set has, fewer than a flood. */
const MOST_NAMED = 16;

/** The hosts that the proposed policy names: in a domain that is well, they are its MX hosts (one round trip less to each). */
function namedHosts({ policyFile }: Proposal["proposed"]): readonly DomainName[] {
  if (policyFile.kind === "unsaid" || policyFile.value === null) return [];
  const parse = parsePolicy(bytesOf(policyFile.value.octets));
  const patterns = parse.kind === "valid" ? parse.policy.mx : [];
  return [...new Set(patterns.filter(({ wildcard }) => !wildcard).map(({ host }) => host))].slice(0, MOST_NAMED);
}

/** One attempt at each address: senders may be served by any of them (SPEC §4). */
async function fetchEverywhere(
  policyDomain: DomainName,
  network: Network,
): Promise<Pick<Evidence, "policyHost" | "policyFetch">> {
  const host = domainName(`mta-sts.${policyDomain}`);
  // A domain of more than 245 octets has no policy host: its name would be too long for DNS (RFC 1035 §2.3.4).
  if (!host) {
    const policyHost = { addresses: { kind: "observed", value: [] }, cnames: [] } as const;
    return { policyHost, policyFetch: nobody("the policy host's name is too long") };
  }
  const policyHost = await network.addresses(host);
  const { addresses } = policyHost;
  if (addresses.kind === "unobserved") return { policyHost, policyFetch: addresses };
  if (addresses.value.length === 0) return { policyHost, policyFetch: nobody(`${host} has no address`) };
  const attempts = addresses.value.map((address) => network.fetchPolicy(host, address));
  return { policyHost, policyFetch: { kind: "observed", value: await Promise.all(attempts) } };
}

function nobody(reason: string): Evidence["policyFetch"] {
  return { kind: "observed", value: [{ kind: "failed", address: "", reason }] };
}

interface HostSources {
  readonly mx: Promise<Observation<MxAnswer>>;
  readonly said: readonly DomainName[];
  readonly policyDomain: DomainName;
}

/** Live hosts and proposed ones, each once. Proposed ones are known before the MX answer is, so theirs start first. */
async function probeHosts(
  { mx, said, policyDomain }: HostSources,
  network: Network,
): Promise<readonly MxHostEvidence[]> {
  const started = new Map(said.map((host) => [host, probeHost(host, network)]));
  for (const host of liveHosts(await mx, policyDomain))
    if (!started.has(host)) started.set(host, probeHost(host, network));
  return Promise.all(started.values());
}

/** RFC 5321 §5.1: without an MX record the domain itself is the host. */
function liveHosts(mx: Observation<MxAnswer>, policyDomain: DomainName): readonly DomainName[] {
  if (mx.kind === "unobserved" || mx.value.kind === "null-mx") return [];
  return mx.value.kind === "records" ? mx.value.records.map(({ host }) => host) : [policyDomain];
}

async function probeHost(host: DomainName, network: Network): Promise<MxHostEvidence> {
  const tlsa = network.tlsa(host);
  const { addresses, cnames } = await network.addresses(host);
  const probes: Observation<readonly Probe[]> =
    addresses.kind === "unobserved"
      ? { kind: "unobserved", because: addresses.because }
      : { kind: "observed", value: await Promise.all(addresses.value.map((address) => network.probe(host, address))) };
  return { host, addresses, cnames, probes, tlsa: await tlsa };
}
