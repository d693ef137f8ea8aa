import { createHash } from "node:crypto";
import { suffixOf } from "../judge/public-suffix.ts";
import type { Shard } from "../options.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { nowhere } from "../world/nowhere.ts";
import type { Network } from "../world.ts";

/** The shard of a name, 1 to `count`: the same in every job, whatever else there is. */
export function shardOf(name: string, count: number): number {
  const hash = createHash("sha256").update(name).digest();
  return Number(hash.readBigUInt64BE(0) % BigInt(count)) + 1;
}

export const isOwn = (name: string, { index, count }: Shard): boolean => shardOf(name, count) === index;

/** Who runs a host, as far as names tell: the domain that someone registered. One provider's hosts are probed by one shard. */
export function providerOf(host: DomainName): string {
  const labels = host.split(".");
  for (let at = labels.length - 1; at >= 0; at -= 1) {
    const name = domainName(labels.slice(at).join("."));
    // A last label is a suffix, also one that the list does not have.
    if (name && at < labels.length - 1 && suffixOf(name) !== "public") return name;
  }
  return host;
}

/** First wave: what concerns a domain alone. Nothing of the MX hosts, which domains of many shards share. */
export function domainWave(network: Network, domains: ReadonlySet<string>, now: () => string): Network {
  const nobody = nowhere(now);
  const policyHosts = new Set([...domains].map((domain) => `mta-sts.${domain}`));
  return {
    ...network,
    addresses: (host) => (policyHosts.has(host) ? network : nobody).addresses(host),
    tlsa: nobody.tlsa,
    probe: nobody.probe,
  };
}

/** Second wave: the MX hosts of this shard's providers, and nothing else. What concerns the domains, evidence has answered. */
export function hostWave(network: Network, shard: Shard, now: () => string): Network {
  const nobody = nowhere(now);
  const of = (host: DomainName): Network => (isOwn(providerOf(host), shard) ? network : nobody);
  return {
    ...network,
    txt: nobody.txt,
    mx: nobody.mx,
    fetchPolicy: nobody.fetchPolicy,
    addresses: (host) => of(host).addresses(host),
    tlsa: (host) => of(host).tlsa(host),
    probe: (host, address) => of(host).probe(host, address),
  };
}
