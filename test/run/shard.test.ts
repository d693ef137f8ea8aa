import fc from "fast-check";
import { expect, test } from "vitest";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { domainWave, hostWave, isOwn, providerOf, shardOf } from "../../src/run/shard.ts";
import { nowhere } from "../../src/world/nowhere.ts";
import type { Network } from "../../src/world.ts";

const name = (text: string): DomainName => domainName(text) as DomainName;
const NOW = "2026-11-24T12:00:00.000Z";

// Jobs of two versions must agree: these numbers may not change.
test.each([
  ["example.com", 20, 10],
  ["example.org", 20, 3],
  ["example.com", 1, 1],
])("%s of %i is in shard %i", (text, count, shard) => expect(shardOf(text, count)).toBe(shard));

test("every name is in exactly one shard", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 256 }), (text, count) => {
      const own = Array.from({ length: count }, (_, at) => isOwn(text, { index: at + 1, count }));
      expect(own.filter(Boolean)).toHaveLength(1);
    }),
  );
});

test.each([
  ["mx1.example.com", "example.com"],
  ["a.b.mail.example.co.uk", "example.co.uk"],
  ["example.com", "example.com"],
  ["tenant.mail.protection.outlook.com", "outlook.com"],
  ["mx.internal", "mx.internal"],
  ["localhost", "localhost"],
])("%s is run by %s", (host, provider) => expect(providerOf(name(host))).toBe(provider));

/** A network that says what it was asked. */
function listening(): { readonly network: Network; readonly asked: string[] } {
  const asked: string[] = [];
  const nobody = nowhere(() => NOW);
  const network: Network = {
    ...nobody,
    txt: (owner) => (asked.push(`txt ${owner}`), nobody.txt(owner)),
    mx: (owner) => (asked.push(`mx ${owner}`), nobody.mx(owner)),
    addresses: (host) => (asked.push(`addresses ${host}`), nobody.addresses(host)),
    tlsa: (host) => (asked.push(`tlsa ${host}`), nobody.tlsa(host)),
    fetchPolicy: (host, address) => (asked.push(`policy ${host}`), nobody.fetchPolicy(host, address)),
    probe: (host, address) => (asked.push(`probe ${host}`), nobody.probe(host, address)),
  };
  return { network, asked };
}

async function askAll(network: Network): Promise<void> {
  const [domain, policyHost, mx] = [name("example.com"), name("mta-sts.example.com"), name("mx.example.org")];
  await Promise.all([network.txt(`_mta-sts.${domain}`), network.mx(domain), network.addresses(policyHost)]);
  await Promise.all([network.fetchPolicy(policyHost, "192.0.2.1"), network.addresses(mx), network.tlsa(mx)]);
  await network.probe(mx, "192.0.2.2");
}

const OF_DOMAIN = [
  "txt _mta-sts.example.com",
  "mx example.com",
  "addresses mta-sts.example.com",
  "policy mta-sts.example.com",
];
const OF_HOST = ["addresses mx.example.org", "tlsa mx.example.org", "probe mx.example.org"];

test("the first wave asks what concerns a domain, and nothing of MX hosts", async () => {
  const { network, asked } = listening();
  await askAll(domainWave(network, new Set(["example.com"]), () => NOW));
  expect(asked).toEqual(OF_DOMAIN);
});

test("the second wave asks about the hosts of its own providers, and nothing else", async () => {
  const count = 50;
  const own = { index: shardOf("example.org", count), count };
  const { network, asked } = listening();
  await askAll(hostWave(network, own, () => NOW));
  expect(asked).toEqual(OF_HOST);
  const other = listening();
  await askAll(hostWave(other.network, { index: (own.index % count) + 1, count }, () => NOW));
  expect(other.asked.filter((question) => OF_HOST.includes(question))).toEqual([]);
});
