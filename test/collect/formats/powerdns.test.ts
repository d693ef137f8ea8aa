import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { powerdns } from "../../../src/collect/formats/powerdns.ts";
import { defectsOf, expectInside, linesOf, placesOf, readAs } from "./readings.ts";

const read = (text: string): Promise<Reading> => readAs(powerdns, text, { path: "zones/example.com.json" });

const set = (name: string, type: string, contents: readonly string[], more: object = {}) => ({
  name,
  type,
  ttl: 300,
  records: contents.map((content) => ({ content, disabled: false })),
  ...more,
});
const zone = (...rrsets: readonly object[]) =>
  JSON.stringify({ name: "example.com.", kind: "Native", rrsets }, null, 2);
const SOA = set("example.com.", "SOA", ["ns1.example.com. admin.example.com. 1 2 3 4 5"]);

describe("zones", () => {
  test("TXT, MX and CNAME, each with its place", async () => {
    const text = zone(
      SOA,
      set("_mta-sts.Example.com.", "TXT", ['"v=STSv1; " "id=\\0491"']),
      set("example.com.", "MX", ["10 MX1.example.com.", "0 ."]),
      set("mta-sts.example.com.", "CNAME", ["host.example.net."]),
      set("example.com.", "NS", ["ns1.example.com."]),
      set("lists.example.com.", "NS", ["ns1.example.net."]),
    );
    const reading = await read(text);
    expect(linesOf(reading.records)).toEqual([
      "_mta-sts.example.com 300 TXT v=STSv1; id=11",
      "example.com 300 MX 10 mx1.example.com",
      "example.com 300 MX 0 .",
      "mta-sts.example.com 300 CNAME host.example.net",
    ]);
    expect(placesOf(text, reading)[1]).toBe('"10 MX1.example.com."');
    expect([reading.zones, reading.delegated]).toEqual([[{ name: "example.com", whole: true }], ["lists.example.com"]]);
    expect([reading.defects, reading.before]).toEqual([[], undefined]);
  });

  test("disabled records are not published", async () => {
    const records = [
      { content: "10 a.example.", disabled: true },
      { content: "20 b.example.", disabled: false },
    ];
    const reading = await read(zone({ ...set("example.com.", "MX", []), records }));
    expect(linesOf(reading.records)).toEqual(["example.com 300 MX 20 b.example"]);
    expect(reading.zones).toEqual([{ name: "example.com", whole: false }]);
  });
});

test("a patch is partial, and its DELETE takes away what it does not show", async () => {
  const patch = JSON.stringify({
    rrsets: [
      set("_mta-sts.example.com.", "TXT", ['"v=STSv1; id=2"'], { changetype: "REPLACE" }),
      { name: "example.com.", type: "MX", changetype: "DELETE" },
    ],
  });
  const reading = await read(patch);
  expect(linesOf(reading.records)).toEqual(["_mta-sts.example.com 300 TXT v=STSv1; id=2"]);
  expect(reading.before).toMatchObject([{ owner: "example.com", type: "MX", data: null }]);
  expect(reading.zones).toEqual([]);
});

describe("what is wrong", () => {
  test.each([
    ["no quotation marks", zone(set("_mta-sts.example.com.", "TXT", ["v=STSv1; id=1"])), "quotation marks"],
    [
      "a quotation mark that is not closed",
      zone(set("_mta-sts.example.com.", "TXT", ['"v=STSv1; id=1'])),
      "not closed",
    ],
    ["a name that is none", zone(set("_mta-sts..example.com.", "TXT", ['"a"'])), "name"],
    ["no content", zone({ name: "example.com.", type: "MX", records: [{}] }), "without content"],
    ["no list", '{"rrsets": "x"}', "no list"],
    ["a file that is cut", '{"rrsets": [', "too early"],
  ])("%s stops the run", async (_, text, message) => {
    const [first, ...more] = defectsOf(await read(text));
    expect(first).toMatch(new RegExp(`^!.*${message}`));
    expect(more).toEqual([]);
  });

  test("a key that stands twice: the last counts, and it is said", async () => {
    const { records, notes } = await read(
      '{"rrsets": [{"name": "a.example.", "name": "b.example.", "type": "MX", "records": [{"content": "1 c.example."}]}]}',
    );
    expect(linesOf(records)).toEqual(["b.example - MX 1 c.example"]);
    expect(notes).toEqual([expect.stringContaining("twice")]);
  });
});

test("never throws, and every place lies inside the file", async () => {
  const text = fc.string({ maxLength: 12 });
  const one = fc.tuple(text, fc.constantFrom("TXT", "MX", "CNAME", "SOA", ""), fc.array(text, { maxLength: 3 }));
  const zones = fc
    .array(one, { maxLength: 4 })
    .map((all) => zone(...all.map(([name, type, values]) => set(name, type, values))));
  await fc.assert(
    fc.asyncProperty(fc.oneof(zones, fc.json()), fc.nat(), async (whole, at) => {
      for (const some of [whole, whole.slice(0, at % (whole.length + 1))])
        expectInside(some, await powerdns.read({ path: "p", text: some }, { include: async () => undefined }));
    }),
    { numRuns: 300 },
  );
});
