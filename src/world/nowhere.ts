import type { Network } from "../world.ts";

/** A network that was not asked: the judge of a run without one sees only evidence. `now` is ISO 8601. */
export function nowhere(now: () => string): Network {
  const unobserved = { kind: "unobserved", because: "not-asked" } as const;
  return {
    txt: async () => unobserved,
    mx: async () => unobserved,
    addresses: async () => ({ addresses: unobserved, cnames: [] }),
    tlsa: async () => unobserved,
    fetchPolicy: async (_, address) => ({ ...unobserved, address }),
    probe: async (_, address) => ({ address, at: now(), session: unobserved }),
    vantage: () => ({
      port25: "not-asked",
      ipv6: "not-asked",
      resolver: "none",
      proxy: null,
      trustAnchors: "none",
      privateNetworks: "refused",
    }),
    contacts: () => [],
  };
}
