/** A block of addresses this program does not contact unasked, and what it is for. */
export interface AddressRange {
  /** CIDR notation. */
  readonly range: string;
  readonly name: string;
}

/** "Last Updated" of the two IANA special-purpose registries these tables follow (RFC 6890). */
export const REGISTRY_DATE = "2025-10-09";

/**
 * Not globally reachable (iana-ipv4-special-registry), and multicast. 192.0.0.0/24 stands whole: its two reachable
 * addresses are anycast for PCP and TURN, which carry no mail. The AS112 and AMT blocks are globally reachable and so
 * are not here.
 */
export const NOT_GLOBAL_IPV4: readonly AddressRange[] = [
  { range: "0.0.0.0/8", name: "this network" },
  { range: "10.0.0.0/8", name: "private use" },
  { range: "100.64.0.0/10", name: "shared address space" },
  { range: "127.0.0.0/8", name: "loopback" },
  { range: "169.254.0.0/16", name: "link-local" },
  { range: "172.16.0.0/12", name: "private use" },
  { range: "192.0.0.0/24", name: "IETF protocol assignments" },
  { range: "192.0.2.0/24", name: "documentation" },
  { range: "192.88.99.0/24", name: "deprecated 6to4 relay anycast" },
  { range: "192.168.0.0/16", name: "private use" },
  { range: "198.18.0.0/15", name: "benchmarking" },
  { range: "198.51.100.0/24", name: "documentation" },
  { range: "203.0.113.0/24", name: "documentation" },
  { range: "224.0.0.0/4", name: "multicast" },
  { range: "240.0.0.0/4", name: "reserved" },
];

/** The only IPv6 space IANA assigns global unicast addresses from (RFC 4291 §2.4); everything else is refused. */
export const GLOBAL_UNICAST_IPV6 = "2000::/3";

/** Names for what lies outside 2000::/3, and the holes inside it (iana-ipv6-special-registry). First match wins. */
export const NOT_GLOBAL_IPV6: readonly AddressRange[] = [
  { range: "::/128", name: "unspecified" },
  { range: "::1/128", name: "loopback" },
  { range: "::/96", name: "IPv4-compatible" },
  { range: "::ffff:0:0/96", name: "IPv4-mapped" },
  { range: "::ffff:0:0:0/96", name: "IPv4-translated" },
  { range: "64:ff9b:1::/48", name: "local-use NAT64" },
  { range: "100::/64", name: "discard-only" },
  { range: "100:0:0:1::/64", name: "dummy prefix" },
  { range: "2001::/32", name: "Teredo" },
  { range: "2001:2::/48", name: "benchmarking" },
  // Whole, as in IPv4: its reachable parts are anycast, AMT, AS112 and identifiers that are no locators.
  { range: "2001::/23", name: "IETF protocol assignments" },
  { range: "2001:db8::/32", name: "documentation" },
  { range: "2002::/16", name: "6to4" },
  { range: "3fff::/20", name: "documentation" },
  { range: "5f00::/16", name: "segment routing identifiers" },
  { range: "fc00::/7", name: "unique local" },
  { range: "fe80::/10", name: "link-local" },
  { range: "fec0::/10", name: "deprecated site-local" },
  { range: "ff00::/8", name: "multicast" },
];

/**
 * Where clouds answer machines with identities and secrets. No option opens these; some look public to the registries.
 */
export const NEVER: readonly AddressRange[] = [
  { range: "169.254.169.254/32", name: "cloud metadata" }, // AWS, Azure, Google, Oracle, OpenStack and others
  { range: "169.254.170.2/32", name: "cloud metadata" }, // AWS ECS task credentials
  { range: "169.254.170.23/32", name: "cloud metadata" }, // AWS EKS pod identity
  { range: "169.254.169.253/32", name: "cloud metadata" }, // AWS resolver
  { range: "169.254.42.42/32", name: "cloud metadata" }, // Scaleway
  { range: "169.254.0.23/32", name: "cloud metadata" }, // Tencent
  { range: "168.63.129.16/32", name: "cloud metadata" }, // Azure WireServer: hosted runners are Azure machines
  { range: "100.100.100.200/32", name: "cloud metadata" }, // Alibaba
  { range: "192.0.0.192/32", name: "cloud metadata" }, // Oracle, classic
  { range: "fd00:ec2::/32", name: "cloud metadata" }, // AWS: ::254 metadata, ::253 resolver, ::23 pod identity
  { range: "fd20:ce::254/128", name: "cloud metadata" }, // Google
  { range: "fd00:c1::a9fe:a9fe/128", name: "cloud metadata" }, // Oracle
  { range: "fd00:42::42/128", name: "cloud metadata" }, // Scaleway
  { range: "fe80::a9fe:a9fe/128", name: "cloud metadata" }, // OpenStack
];

/**
 * IPv6 forms that carry an IPv4 address, and the octet it starts at. `inverted`: its bits are flipped (RFC 4380 §4).
 * The local-use NAT64 block is operator-defined, so every place RFC 6052 §2.2 allows inside a /48 is looked at.
 */
export const EMBEDDED_IPV4: readonly { range: string; at: readonly number[]; inverted?: true }[] = [
  { range: "::/96", at: [12, 13, 14, 15] },
  { range: "::ffff:0:0/96", at: [12, 13, 14, 15] },
  { range: "::ffff:0:0:0/96", at: [12, 13, 14, 15] },
  { range: "64:ff9b::/96", at: [12, 13, 14, 15] },
  { range: "64:ff9b:1::/48", at: [6, 7, 9, 10] },
  { range: "64:ff9b:1::/48", at: [7, 9, 10, 11] },
  { range: "64:ff9b:1::/48", at: [9, 10, 11, 12] },
  { range: "64:ff9b:1::/48", at: [12, 13, 14, 15] },
  { range: "2001::/32", at: [4, 5, 6, 7] },
  { range: "2001::/32", at: [12, 13, 14, 15], inverted: true },
  { range: "2002::/16", at: [2, 3, 4, 5] },
];

/** The one translated form that is globally reachable: what it reaches is the IPv4 address inside (RFC 6052 §3.1). */
export const NAT64 = "64:ff9b::/96";
