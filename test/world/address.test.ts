import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressText, mayContact, parseAddress, vetAddress } from "../../src/world/address.ts";

const GLOBAL = [
  "8.8.8.8",
  "1.0.0.0",
  "100.63.255.255", // just below the shared space
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.31.196.1", // AS112: globally reachable by the registry
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "2600::1",
  "2a00:1450:4001:82a::200e",
  "2001:200::1", // just above 2001::/23
  "64:ff9b::8.8.8.8", // DNS64 writes this for a host that has IPv4 only
];

const NOT_GLOBAL: Readonly<Record<string, string>> = {
  "0.0.0.0": "this network",
  "0.1.2.3": "this network",
  "10.0.0.1": "private use",
  "100.64.0.1": "shared address space",
  "100.127.255.255": "shared address space",
  "127.0.0.1": "loopback",
  "127.255.255.255": "loopback",
  "169.254.1.1": "link-local",
  "172.16.0.1": "private use",
  "172.31.255.255": "private use",
  "192.0.0.8": "IETF protocol assignments",
  "192.0.2.1": "documentation",
  "192.88.99.1": "deprecated 6to4 relay anycast",
  "192.168.1.1": "private use",
  "198.18.0.1": "benchmarking",
  "198.19.255.255": "benchmarking",
  "198.51.100.1": "documentation",
  "203.0.113.1": "documentation",
  "224.0.0.1": "multicast",
  "239.255.255.250": "multicast",
  "240.0.0.1": "reserved",
  "255.255.255.255": "reserved",
  "::": "unspecified",
  "::1": "loopback",
  "0:0:0:0:0:0:0:1": "loopback",
  "::127.0.0.1": "IPv4-compatible",
  "::8.8.8.8": "IPv4-compatible",
  "::ffff:127.0.0.1": "IPv4-mapped",
  "::FFFF:7f00:1": "IPv4-mapped",
  "::ffff:8.8.8.8": "IPv4-mapped",
  "::ffff:0:127.0.0.1": "IPv4-translated",
  "64:ff9b::10.0.0.1": "private use",
  "64:ff9b::7f00:1": "loopback",
  "64:ff9b:1::8.8.8.8": "local-use NAT64",
  "100::1": "discard-only",
  "100:0:0:1::1": "dummy prefix",
  "2001::1": "Teredo",
  "2001:2::1": "benchmarking",
  "2001:1::1": "IETF protocol assignments",
  "2001:20::1": "IETF protocol assignments",
  "2001:db8::1": "documentation",
  "2002:808:808::1": "6to4",
  "2002:7f00:1::": "6to4",
  "3fff::1": "documentation",
  "5f00::1": "segment routing identifiers",
  "fc00::1": "unique local",
  "fdff::1": "unique local",
  "fe80::1": "link-local",
  "febf::1": "link-local",
  "fec0::1": "deprecated site-local",
  "ff02::1": "multicast",
  "4000::1": "unassigned",
  "1000::1": "unassigned",
};

const NEVER = [
  "169.254.169.254",
  "169.254.170.2",
  "168.63.129.16",
  "100.100.100.200",
  "192.0.0.192",
  "fd00:ec2::254",
  "fd00:ec2:0::23",
  "fd20:ce::254",
  "fd00:c1::a9fe:a9fe",
  "fe80::a9fe:a9fe",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "0:0:0:0:0:FFFF:A83F:8110", // 168.63.129.16
  "::169.254.169.254",
  "::ffff:0:168.63.129.16",
  "64:ff9b::169.254.169.254",
  "64:ff9b:1::169.254.169.254",
  "64:ff9b:1:a9fe:a9:fe00::", // RFC 6052 §2.2, /48
  "64:ff9b:1:00a9:fe:a9fe::", // RFC 6052 §2.2, /56
  "64:ff9b:1:0:a9:fea9:fe00:0", // RFC 6052 §2.2, /64
  "2002:a9fe:a9fe::1",
  "2001:0:a9fe:a9fe::", // Teredo server
  "2001:0:808:808:0:0:5601:5601", // Teredo client, bits inverted
];

const MALFORMED = [
  "",
  "0x7f.0.0.1",
  "0x7f000001",
  "2130706433",
  "127.1",
  "127.0.1",
  "0177.0.0.1",
  "127.0.0.01",
  "1.2.3.4.5",
  "1.2.3.256",
  "1.2.3.",
  "1.2.3.4 ",
  "1.2.3.-4",
  "１.2.3.4", // full-width digit
  "fe80::1%eth0",
  "fe80::1%25eth0",
  "[::1]",
  ":",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7::8",
  ":1:2:3:4:5:6:7:8",
  "::12345",
  "::1.2.3",
  "::1.2.3.4:5",
  "1.2.3.4::",
  "::ffff:0x7f.1",
  "example.com",
];

describe("vetAddress", () => {
  test.each(GLOBAL)("%s is global", (text) => expect(vetAddress(text)).toEqual({ kind: "global" }));
  test.each(Object.entries(NOT_GLOBAL))("%s is %s", (text, range) => {
    expect(vetAddress(text)).toEqual({ kind: "not-global", range });
    expect(mayContact(text, false).kind).toBe("refused");
    expect(mayContact(text, true)).toEqual({ kind: "allowed" });
  });
  test.each(NEVER)("%s is never contacted", (text) => {
    expect(vetAddress(text)).toEqual({ kind: "never", range: "cloud metadata" });
    expect(mayContact(text, true).kind).toBe("refused");
  });
  test.each(MALFORMED)("%j is malformed", (text) => {
    expect(vetAddress(text)).toEqual({ kind: "malformed" });
    expect(mayContact(text, true).kind).toBe("refused");
  });
  test("every refusal reads the same", () => {
    const texts = [...NEVER, ...MALFORMED, ...Object.keys(NOT_GLOBAL)];
    expect(new Set(texts.map((text) => JSON.stringify(mayContact(text, false)))).size).toBe(1);
  });
});

describe("parseAddress", () => {
  test("any text: never throws, and takes what node:net takes without zone ids", () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.%x]{1,40}$/), fc.ipV4Extended());
    fc.assert(
      fc.property(
        texts,
        (text) => (parseAddress(text) !== undefined) === ((isIPv4(text) || isIPv6(text)) && !text.includes("%")),
      ),
      { numRuns: 2000 },
    );
  });
  test("takes every IPv4 and IPv6 text, and addressText is its inverse, as WHATWG URLs write it", () => {
    const zeros = fc.tuple(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(0xffff));
    const sparse = zeros.map(([bytes, mask]) => bytes.map((octet, index) => ((mask >> (index >> 1)) & 1 ? octet : 0)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), sparse), (bytes) => {
        const text = addressText(bytes);
        expect(parseAddress(text)).toEqual(bytes);
        const host = bytes.length === 4 ? text : `[${text}]`;
        expect(new URL(`http://${host}/`).hostname).toBe(host);
      }),
    );
    fc.assert(fc.property(fc.ipV6(), (text) => parseAddress(text)?.length === 16));
    fc.assert(fc.property(fc.ipV4(), (text) => parseAddress(text)?.length === 4));
  });
  test.each([
    ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"], // RFC 5952 §4.2.3: the first of equals
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"], // RFC 5952 §4.2.2: one group is not shortened
    ["0:0:0:0:0:0:0:0", "::"],
    ["1:0:0:0:0:0:0:0", "1::"],
    ["10:0:0:2:0:0:0:0", "10:0:0:2::"],
    ["::ffff:1.2.3.4", "::ffff:102:304"],
  ])("%s is written %s", (text, written) => {
    expect(addressText(parseAddress(text) ?? new Uint8Array())).toBe(written);
  });
});
