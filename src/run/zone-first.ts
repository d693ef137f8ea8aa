import type { DnsAnswer, MxAnswer, Observation } from "../evidence.ts";
import type { Network } from "../world.ts";
import { openContactSum } from "./contact-sum.ts";

/**
 * A network for what was published a moment ago. A recursive resolver keeps the record that somebody, such as the gate of the same run,
 * asked it for before the deploy, and for its whole TTL. So `zone` is asked first, the zones' own servers; where these cannot be asked from
 * here, what `resolver` says counts.
 */
export function zoneFirst(zone: Network, resolver: Network): Network {
  const first = async <T extends DnsAnswer<string> | MxAnswer>(
    fresh: Promise<Observation<T>>,
    otherwise: () => Promise<Observation<T>>,
  ): Promise<Observation<T>> => {
    const seen = await fresh;
    return seen.kind === "observed" ? seen : otherwise();
  };
  return {
    ...resolver,
    txt: (owner) => first(zone.txt(owner), () => resolver.txt(owner)),
    mx: (owner) => first(zone.mx(owner), () => resolver.mx(owner)),
    vantage: () => {
      const vantage = resolver.vantage();
      return { ...vantage, resolver: `${vantage.resolver}, and the zones' own servers for TXT and MX` };
    },
    contacts: () => {
      const sum = openContactSum();
      for (const network of [resolver, zone]) sum.add(network.contacts());
      return sum.all();
    },
  };
}
