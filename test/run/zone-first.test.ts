import { expect, test } from "vitest";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { zoneFirst } from "../../src/run/zone-first.ts";
import { networkOf } from "../observe/network.ts";

const OWNER = "_mta-sts.example.com";
const DOMAIN = "example.com" as DomainName;
const resolver = networkOf({ txt: { [OWNER]: ["old"] }, mx: ["mx1.example.com"] });
const records = (found: unknown) => found as { value: { records: readonly unknown[] } };

test("what the zone's own servers say counts", async () => {
  const zone = networkOf({ txt: { [OWNER]: ["new"] }, mx: ["mx2.example.com"] });
  const { txt, mx, addresses } = zoneFirst(zone.network, resolver.network);
  expect(records(await txt(OWNER)).value.records).toEqual(["new"]);
  expect(records(await mx(DOMAIN)).value.records).toMatchObject([{ host: "mx2.example.com" }]);
  await addresses(DOMAIN);
  expect(zone.asked).toEqual([`txt ${OWNER}`, "mx example.com"]);
});

test("that a record is gone is an answer", async () => {
  const { txt } = zoneFirst(networkOf({}).network, resolver.network);
  expect(await txt(OWNER)).toMatchObject({ value: { kind: "no-such-name" } });
});

test("who cannot be asked does not hide what the resolver says", async () => {
  const zone = networkOf({ txt: { [OWNER]: "unseen" }, mx: "unseen" });
  const { txt, mx } = zoneFirst(zone.network, resolver.network);
  expect(records(await txt(OWNER)).value.records).toEqual(["old"]);
  expect(records(await mx(DOMAIN)).value.records).toMatchObject([{ host: "mx1.example.com" }]);
});

test("the report names both", () => {
  const contact = { purpose: "dns", address: "192.0.2.53", port: 53 } as const;
  const zone = { ...networkOf({}).network, contacts: () => [{ ...contact, name: "ns1" }] };
  const network = zoneFirst(zone, { ...resolver.network, contacts: () => [{ ...contact, name: "resolver" }] });
  expect(network.contacts().map(({ name }) => name)).toEqual(["resolver", "ns1"]);
  expect(network.vantage().resolver).toBe("192.0.2.53, and the zones' own servers for TXT and MX");
});
