import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { route53ChangeBatch } from "../../../src/collect/formats/route53-change-batch.ts";
import {
  corpus,
  defectsOf,
  expectExtraction,
  expectInside,
  linesOf,
  placesOf,
  readAs,
  sampleText,
  samplesOf,
} from "./readings.ts";

const read = (text: string): Promise<Reading> => readAs(route53ChangeBatch, text, { path: "dns/batch.json" });

const set = (Name: string, Type: string, ...values: readonly string[]) => ({
  Name,
  Type,
  TTL: 300,
  ResourceRecords: values.map((Value) => ({ Value })),
});
const change = (Action: string, ResourceRecordSet: object) => ({ Action, ResourceRecordSet });
const batch = (...Changes: readonly object[]) => JSON.stringify({ Comment: "mail", Changes }, null, 2);

describe("batches", () => {
  test("UPSERT and CREATE publish, DELETE takes away", async () => {
    const text = batch(
      change("UPSERT", set("_MTA-STS.example.com.", "TXT", '"v=STSv1; " "id=2"')),
      change("CREATE", set("example.com", "MX", "10 MX1.example.com.", "20 mx2.example.net")),
      change("DELETE", set("_mta-sts.example.com.", "TXT", '"v=STSv1; id=1"')),
      change("DELETE", set("www.example.com.", "A", "192.0.2.1")),
    );
    const reading = await read(text);
    expect(linesOf(reading.records)).toEqual([
      "_mta-sts.example.com 300 TXT v=STSv1; id=2",
      "example.com 300 MX 10 mx1.example.com",
      "example.com 300 MX 20 mx2.example.net",
    ]);
    expect(linesOf(reading.before)).toEqual(["_mta-sts.example.com 300 TXT v=STSv1; id=1"]);
    expect([reading.zones, reading.defects]).toEqual([[], []]);
    expect(placesOf(text, reading)[1]).toBe('"10 MX1.example.com."');
  });

  test("what --cli-input-json takes", async () => {
    const text = JSON.stringify({
      HostedZoneId: "Z1",
      ChangeBatch: { Changes: [change("UPSERT", set("example.com.", "MX", "0 ."))] },
    });
    expect(linesOf((await read(text)).records)).toEqual(["example.com 300 MX 0 ."]);
  });

  test("octal escapes, in names and in texts", async () => {
    const text = batch(change("UPSERT", set("\\137mta-sts.example.com.", "TXT", '"v=STSv1\\073 id=1"')));
    expect(linesOf((await read(text)).records)).toEqual(["_mta-sts.example.com 300 TXT v=STSv1; id=1"]);
  });

  test("an alias and a placeholder are not determined", async () => {
    const alias = { Name: "example.com", Type: "MX", AliasTarget: { DNSName: "x.example.com" } };
    const { records } = await read(
      batch(change("UPSERT", alias), change("UPSERT", set("_mta-sts.example.com", "TXT", '"v=STSv1; id=${ID}"'))),
    );
    expect(records).toMatchObject([{ data: null }, { data: null, why: expect.stringContaining("placeholder") }]);
  });
});

describe("listings", () => {
  const zone = [
    set("example.com.", "SOA", "x"),
    set("example.com.", "NS", "ns"),
    set("lists.example.com.", "NS", "ns"),
  ];

  test("a zone with its SOA is whole, and hands names away", async () => {
    const { zones, delegated } = await read(JSON.stringify({ ResourceRecordSets: zone }));
    expect([zones, delegated]).toEqual([[{ name: "example.com", whole: true }], ["lists.example.com"]]);
  });

  test("a page of a zone is not whole", async () => {
    const { zones } = await read(JSON.stringify({ ResourceRecordSets: zone, NextToken: "x" }));
    expect(zones).toEqual([{ name: "example.com", whole: false }]);
  });
});

describe("what is wrong", () => {
  test.each([
    [
      "no quotation marks",
      batch(change("UPSERT", set("_mta-sts.example.com", "TXT", "v=STSv1; id=1"))),
      "quotation marks",
    ],
    ["no preference", batch(change("UPSERT", set("example.com", "MX", "mx1.example.com"))), "preference"],
    ["no value", batch(change("UPSERT", set("example.com", "MX"))), "without a Value"],
    ["an action that is none", batch(change("PUT", set("example.com", "MX", "1 a"))), "Action"],
    ["no name", batch(change("UPSERT", { Type: "TXT" })), "Name"],
    ["no list", '{"Changes": {}}', "no list"],
    ["a comma too many", '{"Changes": [,]}', "value must stand here"],
  ])("%s stops the run", async (_, text, message) => {
    const [first, ...more] = defectsOf(await read(text));
    expect(first).toMatch(new RegExp(`^!.*${message}`));
    expect(more).toEqual([]);
  });

  test("a broken text of another name stops nothing", async () => {
    const reading = await read(batch(change("UPSERT", set("www.example.com", "TXT", "plain"))));
    expect(defectsOf(reading).filter((line) => line.startsWith("!"))).toEqual([]);
    expect(reading.defects).toHaveLength(1);
  });
});

test("never throws, and every place lies inside the file", async () => {
  const text = fc.string({ maxLength: 12 });
  const type = fc.constantFrom("TXT", "MX", "CNAME", "SOA", "");
  const one = fc.tuple(fc.constantFrom("UPSERT", "DELETE", "x"), text, type, fc.array(text, { maxLength: 3 }));
  const batches = fc
    .array(one, { maxLength: 4 })
    .map((all) => batch(...all.map(([action, name, kind, values]) => change(action, set(name, kind, ...values)))));
  await fc.assert(
    fc.asyncProperty(fc.oneof(batches, fc.json()), fc.nat(), async (whole, at) => {
      for (const some of [whole, whole.slice(0, at % (whole.length + 1))])
        expectInside(
          some,
          await route53ChangeBatch.read({ path: "p", text: some }, { include: async () => undefined }),
        );
    }),
    { numRuns: 300 },
  );
});

describe.runIf(corpus)("corpus", () => {
  for (const sample of samplesOf("cloudformation-route53").filter(({ files }) => files[0] === "006.json"))
    test(sample.id, async () => {
      const { records } = await read(sampleText("cloudformation-route53", sample.files[0] as string));
      for (const wanted of sample.expect) expectExtraction(records, wanted);
    });
});
