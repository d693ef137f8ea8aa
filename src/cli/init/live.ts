import type { DnsAnswer, Evidence, Observation } from "../../evidence.ts";
import { policyDeployed, servesPolicy } from "../../judge/policy-view.ts";
import { type DomainName, domainName } from "../../protocol/domain-name.ts";
import { bytesOf } from "../../protocol/octets.ts";
import type { Mode } from "../../protocol/policy.ts";
import { type StsSelection, selectStsRecord } from "../../protocol/sts-record.ts";
import { selectTlsrptRecord } from "../../protocol/tlsrpt-record.ts";
import type { Network } from "../../world.ts";

/** What senders see of a domain before there is a repository for it. */
export type Live =
  | {
      readonly kind: "seen";
      /** By preference, each once. */
      readonly hosts: readonly DomainName[];
      /** A policy that senders can get and may hold. */
      readonly policy: { readonly octets: Uint8Array; readonly mode: Mode } | undefined;
      readonly record: StsSelection;
      /** What `_mta-sts` is an alias of. */
      readonly alias: string | undefined;
      /** Addresses of the policy host; empty: it has none. */
      readonly policyHost: readonly string[];
      readonly hasReports: boolean;
    }
  /** The domain has no MX host that a policy could name. */
  | { readonly kind: "no-mail"; readonly why: string }
  /** What could not be looked at, one phrase each. */
  | { readonly kind: "unseen"; readonly what: readonly string[] };

/** Asks what a first policy depends on: MX, record, policy and TLS-RPT record. No MX host is contacted. */
export async function lookAt(domain: DomainName, network: Network, at: string): Promise<Live> {
  const [mx, stsRecord, tlsrptRecord, { policyHost, policyFetch }] = await Promise.all([
    network.mx(domain),
    network.txt(`_mta-sts.${domain}`),
    network.txt(`_smtp._tls.${domain}`),
    fetchedPolicy(domain, network),
  ]);
  const record = selectStsRecord(textsOf(stsRecord));
  const what = [...unseen("MX records", mx), ...unseen(`the record _mta-sts.${domain}`, stsRecord)];
  if (what.length > 0 || mx.kind === "unobserved") return { kind: "unseen", what };
  const hosts = hostsOf(mx.value);
  if (typeof hosts === "string") return { kind: "no-mail", why: hosts };
  const evidence: Evidence = { at, mx, stsRecord, tlsrptRecord, policyHost, policyFetch, mxHosts: [] };
  const deployed = policyDeployed(evidence, record.kind === "one" && record.parse.kind === "valid");
  // A record tells senders to fetch: what they hold must be known before another text takes its place.
  if (deployed.kind === "unknown")
    return { kind: "unseen", what: [`the policy at mta-sts.${domain} (${deployed.because})`] };
  const served = policyFetch.kind === "observed" ? policyFetch.value.find(servesPolicy) : undefined;
  return {
    kind: "seen",
    hosts,
    policy:
      deployed.kind === "valid" && served
        ? { octets: bytesOf(served.response.body), mode: deployed.policy.mode }
        : undefined,
    record,
    alias: stsRecord.kind === "observed" ? stsRecord.value.cnames.at(-1) : undefined,
    policyHost: policyHost.addresses.kind === "observed" ? policyHost.addresses.value : [],
    hasReports: selectTlsrptRecord(textsOf(tlsrptRecord)).kind === "one",
  };
}

async function fetchedPolicy(
  domain: DomainName,
  network: Network,
): Promise<Pick<Evidence, "policyHost" | "policyFetch">> {
  const host = domainName(`mta-sts.${domain}`);
  const none = { addresses: { kind: "observed", value: [] }, cnames: [] } as const;
  const policyHost = host ? await network.addresses(host) : none;
  const { addresses } = policyHost;
  if (!host || addresses.kind === "unobserved")
    return { policyHost, policyFetch: addresses.kind === "unobserved" ? addresses : { kind: "observed", value: [] } };
  const fetches = addresses.value.map((address) => network.fetchPolicy(host, address));
  return { policyHost, policyFetch: { kind: "observed", value: await Promise.all(fetches) } };
}

const textsOf = (answer: Observation<DnsAnswer<string>>): readonly string[] =>
  answer.kind === "observed" && answer.value.kind === "records" ? answer.value.records : [];

const unseen = (what: string, answer: Observation<unknown>): readonly string[] =>
  answer.kind === "unobserved" ? [`${what} (${answer.because})`] : [];

type Mx = Extract<Evidence["mx"], { kind: "observed" }>["value"];

/** The live hosts, or why there is none. */
function hostsOf(mx: Mx): readonly DomainName[] | string {
  switch (mx.kind) {
    case "records": {
      const sorted = mx.records.toSorted((a, b) => a.preference - b.preference || (a.host < b.host ? -1 : 1));
      return [...new Set(sorted.map(({ host }) => host))];
    }
    case "null-mx":
      return "it has a null MX record, so it takes no mail";
    case "no-data":
      return "it has no MX record, and a policy needs the names of its MX hosts";
    case "no-such-name":
      return "there is no such name in DNS";
  }
}
