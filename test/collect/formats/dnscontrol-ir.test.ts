import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { dnscontrolIr } from "../../../src/collect/formats/dnscontrol-ir.ts";
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

const read = (text: string, files: Readonly<Record<string, string>> = {}): Promise<Reading> =>
  readAs(dnscontrolIr, text, { path: "ir.json", files });

interface Domain {
  readonly name?: string;
  readonly tag?: string;
  readonly [more: string]: unknown;
}

const record = (type: string, name: string, target: string, more: object = {}) => ({
  type,
  name,
  target,
  ttl: 300,
  ...more,
});
const domain = (records: readonly object[], more: Domain = {}) => ({ name: "example.com", records, ...more });
const ir = (...domains: readonly object[]) => JSON.stringify({ registrars: [], dns_providers: [], domains }, null, 2);

describe("records", () => {
  test("names relative to the zone, targets, preferences", async () => {
    const text = ir(
      domain([
        record("TXT", "_mta-sts", "v=STSv1; id=1"),
        record("MX", "@", "MX1.example.com.", { mxpreference: 10 }),
        record("MX", "@", "mx2"),
        record("MX", "api", "."),
        record("CNAME", "_mta-sts.lists", "_mta-sts.example.com."),
        record("A", "@", "192.0.2.1"),
      ]),
    );
    const reading = await read(text);
    expect(linesOf(reading.records)).toEqual([
      "_mta-sts.example.com 300 TXT v=STSv1; id=1",
      "example.com 300 MX 10 mx1.example.com",
      "example.com 300 MX 0 mx2.example.com",
      "api.example.com 300 MX 0 .",
      "_mta-sts.lists.example.com 300 CNAME _mta-sts.example.com",
    ]);
    expect(placesOf(text, reading)[0]).toBe('"v=STSv1; id=1"');
    expect([reading.zones, reading.defects]).toEqual([[{ name: "example.com", whole: true }], []]);
  });

  test("quotation marks and blanks inside the text are published as they are", async () => {
    const { records } = await read(ir(domain([record("TXT", "_mta-sts", ' "v=STSv1; id=1"')])));
    expect(records[0]?.data).toBe(' "v=STSv1; id=1"');
  });

  test.each([
    ["NO_PURGE", { keepunknown: true }],
    ["IGNORE", { unmanaged: [{ label_pattern: "*" }] }],
  ])("%s: the zone may hold more", async (_, more) => {
    expect((await read(ir(domain([], more)))).zones).toEqual([{ name: "example.com", whole: false }]);
  });

  test("NS below the zone hands a name away", async () => {
    const { delegated } = await read(ir(domain([record("NS", "@", "ns."), record("NS", "lists", "ns.")])));
    expect(delegated).toEqual(["lists.example.com"]);
  });
});

describe("views", () => {
  const views = (inside: string, outside: string, tag = "outside") =>
    ir(
      domain([record("TXT", "_mta-sts", inside)], { name: "example.com!inside", tag: "inside" }),
      domain([record("TXT", "_mta-sts", outside)], { tag }),
    );

  test("views that agree are one", async () => {
    expect(linesOf((await read(views("v=STSv1; id=1", "v=STSv1; id=1"))).records)).toEqual([
      "_mta-sts.example.com 300 TXT v=STSv1; id=1",
    ]);
  });

  test.each(["outside", ""])("views that differ leave the data undetermined (%s)", async (tag) => {
    const { records } = await read(views("v=STSv1; id=1", "v=STSv1; id=2", tag));
    expect(records).toMatchObject([{ data: null, why: expect.stringContaining("views") }]);
  });

  test("a record that only one view has", async () => {
    const text = ir(domain([record("MX", "@", "a.")], { tag: "inside" }), domain([], { tag: "outside" }));
    expect((await read(text)).records).toMatchObject([{ type: "MX", data: null }]);
  });
});

describe("filepos", () => {
  const program =
    'var REG = NewRegistrar("none");\nD("example.com", REG,\n  TXT("_mta-sts", "v=STSv1; id=1"),\n  MX("@", P, "mx1")\n);\n';
  const text = (filepos: string) => ir(domain([record("TXT", "_mta-sts", "v=STSv1; id=1", { filepos })]));

  test("points into the program, at the literal", async () => {
    const { records, included } = await read(text("[line:3:3]"), { "dnsconfig.js": program });
    const span = { startLine: 3, startColumn: 19, endLine: 3, endColumn: 34 };
    expect(records[0]?.location).toEqual({ kind: "file", path: "dnsconfig.js", span });
    expect(included).toEqual(["dnsconfig.js"]);
  });

  test("at the call, where the value is no literal of that line", async () => {
    const mx = ir(domain([record("MX", "@", "mx1.example.com.", { filepos: "[line:4:3]", mxpreference: 10 })]));
    const { records } = await read(mx, { "dnsconfig.js": program });
    expect(records[0]?.location).toMatchObject({ path: "dnsconfig.js", span: { startLine: 4, startColumn: 3 } });
  });

  test.each([
    ["another type stands there", "[line:4:3]"],
    ["no such line", "[line:90:3]"],
    ["not known", "[line:0:0]"],
    ["no position", "x"],
  ])("%s: the place in the file itself", async (_, filepos) => {
    const { records, included } = await read(text(filepos), { "dnsconfig.js": program });
    expect(records[0]?.location).toMatchObject({ path: "ir.json" });
    expect(included).toEqual([]);
  });
});

describe("what is wrong", () => {
  test.each([
    ["a target without its final dot", ir(domain([record("MX", "@", "mx1.example.com")])), "DNSControl refuses"],
    ["no target", ir(domain([{ type: "MX", name: "@" }])), "needs a target"],
    ["a preference that is none", ir(domain([record("MX", "@", "a.", { mxpreference: -1 })])), "preference"],
    ["no name", ir(domain([{ type: "TXT", target: "x" }])), "needs a type and a name"],
    ["a domain without a name", ir({ records: [] }), "needs a name"],
    ["no list", '{"registrars": [], "domains": {}}', "no list"],
    ["a file that is cut", '{"registrars": [], "domains": [{"name": "exa', "not closed"],
  ])("%s stops the run", async (_, text, message) => {
    const [first, ...more] = defectsOf(await read(text));
    expect(first).toMatch(new RegExp(`^!.*${message}`));
    expect(more).toEqual([]);
  });
});

test("never throws, and every place lies inside the file", async () => {
  const text = fc.string({ maxLength: 12 });
  const one = fc.tuple(fc.constantFrom("TXT", "MX", "CNAME", "NS", ""), text, text);
  const files = fc
    .array(one, { maxLength: 4 })
    .map((all) => ir(domain(all.map(([type, name, target]) => record(type, name, target)))));
  await fc.assert(
    fc.asyncProperty(fc.oneof(files, fc.json()), fc.nat(), async (whole, at) => {
      for (const some of [whole, whole.slice(0, at % (whole.length + 1))])
        expectInside(some, await dnscontrolIr.read({ path: "p", text: some }, { include: async () => undefined }));
    }),
    { numRuns: 300 },
  );
});

describe.runIf(corpus)("corpus", () => {
  for (const sample of samplesOf("dnscontrol-ir"))
    test(sample.id, async () => {
      const { records, defects, zones } = await read(sampleText("dnscontrol-ir", sample.files[0] as string));
      expect(defects).toEqual([]);
      expect(zones.every(({ whole }) => whole)).toBe(true);
      for (const wanted of sample.expect) expectExtraction(records, wanted);
    });
});
