import { afterEach, describe, expect, test } from "vitest";
import type { Answer } from "dns-packet";
import type { Contact } from "../../src/evidence.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createResolver } from "../../src/world/resolver.ts";
import { type Asked, answer, startScriptedResolver } from "./scripted-resolver.ts";

const OWNER = "_mta-sts.example.com";
const AA = 0x0400;
const STEP = 300; // milliseconds
const NS = ["127.0.0.1", "127.0.0.2"] as const;
const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const data = (type: string, name: string, value: unknown, ttl = 60): Answer =>
  ({ type, name, ttl, data: value }) as Answer;
const soaOf = (zone: string) => data("SOA", zone, { mname: "ns.example", rname: "root.example", serial: 1 });
const txt =
  (text: string, ttl = 3600) =>
  (asked: Asked) =>
    asked.send(answer(asked, { flags: AA, answers: [data("TXT", asked.name, text, ttl)] }));
const none = (zone: string) => (asked: Asked) => asked.send(answer(asked, { flags: AA, authorities: [soaOf(zone)] }));

/** The recursive resolver of the tests: it knows zones and where their servers are. */
function guide(zones: Readonly<Record<string, readonly string[]>>, hosts: Readonly<Record<string, readonly string[]>>) {
  return (asked: Asked) => {
    const ns = asked.type === "NS" ? zones[asked.name]?.map((name) => data("NS", asked.name, name)) : undefined;
    const a = asked.type === "A" ? hosts[asked.name]?.map((address) => data("A", asked.name, address)) : undefined;
    const answers = ns ?? a;
    asked.send(answer(asked, answers ? { answers } : { authorities: [soaOf(".")] }));
  };
}
const usual = guide(
  { "example.com": ["ns1.example.com", "ns2.example.com"] },
  {
    "ns1.example.com": [NS[0]],
    "ns2.example.com": [NS[1]],
  },
);

interface Given {
  readonly guide?: (asked: Asked) => void;
  readonly first: (asked: Asked) => void;
  readonly second: (asked: Asked) => void;
  readonly allowPrivate?: boolean;
}

/** A resolver that asks two servers of a zone: one port, two addresses. */
async function authorities({ guide: way = usual, first, second, allowPrivate = true }: Given) {
  const recursive = await startScriptedResolver(way);
  const one = await startScriptedResolver(first, { address: NS[0], port: 0 });
  const two = await startScriptedResolver(second, { address: NS[1], port: one.server.port });
  const deadline = createDeadline(5_000);
  const contacts: Contact[] = [];
  const resolver = createResolver({
    servers: [recursive.server],
    deadline,
    stepMilliseconds: STEP,
    onContact: (contact) => contacts.push(contact),
    authoritative: { allowPrivate, port: one.server.port },
  });
  open.push(recursive, one, two, deadline, resolver);
  return { resolver, logs: { recursive: recursive.log, one: one.log, two: two.log }, contacts, port: one.server.port };
}

const records = (text: string, more = {}) => ({
  kind: "observed",
  value: { kind: "records", records: [text], cnames: [], ttl: 3600, ttlFrom: "authoritative", ...more },
});

test("every server of the zone is asked, without recursion, and the TTL is the zone's own", async () => {
  const seen: boolean[] = [];
  const watched = (asked: Asked) => {
    seen.push(asked.recursion);
    txt("v=STSv1; id=1")(asked);
  };
  const { resolver, logs, contacts, port } = await authorities({ first: watched, second: watched });
  expect(await resolver.txt(OWNER)).toEqual(records("v=STSv1; id=1"));
  expect([logs.one, logs.two]).toEqual([[`udp TXT ${OWNER}`], [`udp TXT ${OWNER}`]]);
  expect(seen).toEqual([false, false]);
  expect(logs.recursive.filter((line) => line.includes(" NS ")).sort()).toEqual(
    ["com", OWNER, "example.com"].map((name) => `udp NS ${name}`).sort(),
  );
  expect(contacts.slice(1).map(({ name, address, port: at }) => [name, address, at])).toEqual([
    ["ns1.example.com", NS[0], port],
    ["ns2.example.com", NS[1], port],
  ]);
});

test("the way to a zone is looked up once", async () => {
  const { resolver, logs } = await authorities({ first: txt("x"), second: txt("x") });
  await resolver.txt(OWNER);
  const before = logs.recursive.length;
  await resolver.txt("_smtp._tls.example.com");
  expect(logs.recursive.slice(before).sort()).toEqual(["udp NS _smtp._tls.example.com", "udp NS _tls.example.com"]);
});

describe("servers that differ", () => {
  test("are listed, each with what it says", async () => {
    const { resolver, port } = await authorities({ first: txt("v=STSv1; id=1"), second: txt("v=STSv1; id=2") });
    expect(await resolver.txt(OWNER)).toEqual(
      records("v=STSv1; id=1", {
        differs: [
          `ns1.example.com (${NS[0]}:${port}) has "v=STSv1; id=1"`,
          `ns2.example.com (${NS[1]}:${port}) has "v=STSv1; id=2"`,
        ],
      }),
    );
  });

  test("in a record that one of them lacks", async () => {
    const { resolver } = await authorities({ first: none("example.com"), second: txt("v=STSv1; id=2") });
    expect(await resolver.txt(OWNER)).toMatchObject({
      value: {
        kind: "no-data",
        differs: [expect.stringContaining("has no such record"), expect.stringContaining("id=2")],
      },
    });
  });

  test("in the MX set", async () => {
    const mx = (exchange: string) => (asked: Asked) =>
      asked.send(answer(asked, { flags: AA, answers: [data("MX", asked.name, { preference: 10, exchange })] }));
    const { resolver } = await authorities({ first: mx("a.example"), second: mx("b.example") });
    const seen = await resolver.mx("example.com" as DomainName);
    expect(seen).toMatchObject({ value: { kind: "records", records: [{ host: "a.example" }] } });
    expect(seen.kind === "observed" && seen.value.differs).toHaveLength(2);
  });

  test("not in the order of records, nor in the TTL: the longer one counts", async () => {
    const both = (texts: readonly string[], ttl: number) => (asked: Asked) =>
      asked.send(answer(asked, { flags: AA, answers: texts.map((text) => data("TXT", asked.name, text, ttl)) }));
    const { resolver } = await authorities({ first: both(["a", "b"], 60), second: both(["b", "a"], 900) });
    const value = { kind: "records", records: ["a", "b"], cnames: [], ttl: 900, ttlFrom: "authoritative" };
    expect(await resolver.txt(OWNER)).toEqual({ kind: "observed", value });
  });
});

describe("servers that are no help", () => {
  test.each<[string, (asked: Asked) => void]>([
    [
      "lame: an answer without authority (D05)",
      (asked) => asked.send(answer(asked, { answers: [data("TXT", asked.name, "x")] })),
    ],
    ["REFUSED", (asked) => asked.send(answer(asked, { rcode: 5 }))],
    ["SERVFAIL", (asked) => asked.send(answer(asked, { rcode: 2 }))],
    ["silent", () => {}],
  ])("%s: the other one's word counts; without it nothing is known", async (_, helpless) => {
    const { resolver } = await authorities({ first: helpless, second: txt("v=STSv1; id=1") });
    expect(await resolver.txt(OWNER)).toEqual(records("v=STSv1; id=1"));
    const alone = await authorities({ first: helpless, second: helpless });
    expect((await alone.resolver.txt(OWNER)).kind).toBe("unobserved");
  });

  test("one that is silent is waited for once", async () => {
    const { resolver, logs } = await authorities({ first: () => {}, second: txt("x") });
    await resolver.txt(OWNER);
    const begun = performance.now();
    await resolver.txt("_smtp._tls.example.com");
    expect(performance.now() - begun).toBeLessThan(STEP / 2);
    expect(logs.one).toHaveLength(2);
  });

  test("an address that must not be contacted is not", async () => {
    const { resolver, logs } = await authorities({ first: txt("x"), second: txt("x"), allowPrivate: false });
    expect(await resolver.txt(OWNER)).toMatchObject({ kind: "unobserved", because: "not-global" });
    expect([logs.one, logs.two]).toEqual([[], []]);
  });

  test.each([
    ["no zone at all", guide({}, {}), /no zone/],
    ["a zone whose servers have no address", guide({ "example.com": ["ns9.example.com"] }, {}), /no address/],
    ["a resolver that does not know the way", (asked: Asked) => asked.send(answer(asked, { rcode: 2 })), /SERVFAIL/],
  ])("%s", async (_, way, words) => {
    const { resolver } = await authorities({ guide: way, first: txt("x"), second: txt("x") });
    expect(await resolver.txt(OWNER)).toMatchObject({ kind: "unobserved", detail: expect.stringMatching(words) });
  });
});

describe("aliases", () => {
  const zones = guide(
    { "example.com": ["ns1.example.com"], "provider.net": ["ns2.provider.net"] },
    { "ns1.example.com": [NS[0]], "ns2.provider.net": [NS[1]] },
  );
  const alias = (to: string) => (asked: Asked) =>
    asked.send(answer(asked, { flags: AA, answers: [data("CNAME", asked.name, to, 30), data("TXT", to, "hearsay")] }));

  test("lead to the servers of the zone they point to", async () => {
    const { resolver, logs } = await authorities({
      guide: zones,
      first: alias("sts.provider.net"),
      second: txt("v=STSv1; id=9"),
    });
    expect(await resolver.txt(OWNER)).toEqual(records("v=STSv1; id=9", { cnames: ["sts.provider.net"], ttl: 30 }));
    expect([logs.one, logs.two]).toEqual([[`udp TXT ${OWNER}`], ["udp TXT sts.provider.net"]]);
  });

  test("in a circle lead to nothing (D15)", async () => {
    const { resolver } = await authorities({ guide: zones, first: alias("sts.provider.net"), second: alias(OWNER) });
    expect(await resolver.txt(OWNER)).toMatchObject({ kind: "observed", value: { kind: "no-data" } });
  });
});
