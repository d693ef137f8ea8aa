import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { dnscontrolJs } from "../../../src/collect/formats/dnscontrol-js.ts";
import { defectsOf, expectInside, linesOf, placesOf, readAs } from "./readings.ts";

const read = (text: string): Promise<Reading> => readAs(dnscontrolJs, text, { path: "dnsconfig.js" });

const zone = (records: string) => `D("example.com", REG_NONE, DnsProvider(BIND),\n  ${records}\n);\n`;

// What each row shows: the text, and the records it publishes.
const READS: Record<string, [text: string, ...records: string[]]> = {
  "TXT, MX and CNAME, in any quotes": [
    zone("TXT('_mta-sts', \"v=STSv1; id=1\"), MX(`@`, 10, `MX1.example.com.`), CNAME('mta-sts', 'host')"),
    "_mta-sts.example.com - TXT v=STSv1; id=1",
    "example.com - MX 10 mx1.example.com",
    "mta-sts.example.com - CNAME host.example.com",
  ],
  "strings in a list are joined": [
    zone('TXT("_smtp._tls", ["v=TLSRPTv1; ", "rua=mailto:a@example.com"])'),
    "_smtp._tls.example.com - TXT v=TLSRPTv1; rua=mailto:a@example.com",
  ],
  "records in lists": [zone('[MX("@", 1, "a."), [MX("@", 2, "b.")]]'), "example.com - MX 1 a", "example.com - MX 2 b"],
  "TTL, and the default for what follows": [
    zone('MX("@", 1, "a."), DefaultTTL("1h"), MX("@", 2, "b."), MX("@", 3, "c.", TTL(60))'),
    "example.com - MX 1 a",
    "example.com 3600 MX 2 b",
    "example.com 60 MX 3 c",
  ],
  "D_EXTEND: names and targets are relative to the name that is extended": [
    'D_EXTEND("lists.example.com", TXT("_mta-sts", "v=STSv1; id=2"), MX("@", 10, "mx1"));',
    "_mta-sts.lists.example.com - TXT v=STSv1; id=2",
    "lists.example.com - MX 10 mx1.lists.example.com",
  ],
  "comments, regular expressions and texts that look like records": [
    '// D("a.example", R, MX("@", 1, "x."))\n/* D("b.example") */\nvar re = /"D(/g, s = \'D("c.example", R, MX("@", 1, "x."))\';\n' +
      zone('/* MX("@", 5, "old."), */ MX("@", 1, "a.") // MX("@", 6, "old.")'),
    "example.com - MX 1 a",
  ],
  "templates with braces in front": [
    "var t = `${ {a: `}`}['a'] }`;\n" + zone('MX("@", 1, "a.")'),
    "example.com - MX 1 a",
  ],
  escapes: [zone('TXT("_mta-sts", "v=STSv1\\x3b id=\\u0031")'), "_mta-sts.example.com - TXT v=STSv1; id=1"],
  "quotation marks inside are published": [
    zone("TXT('_mta-sts', '\"v=STSv1; id=1\"')"),
    '_mta-sts.example.com - TXT "v=STSv1; id=1"',
  ],
  "zones inside of functions": [`function f() { ${zone('MX("@", 1, "a.")')} }`, "example.com - MX 1 a"],
  "null MX": [zone('MX("@", 0, ".")'), "example.com - MX 0 ."],
};

describe("literals", () => {
  test.each(Object.entries(READS))("%s", async (_, [text, ...records]) => {
    const reading = await read(text);
    expect(linesOf(reading.records)).toEqual(records);
    expect(defectsOf(reading)).toEqual([]);
  });

  test("each value has its place, and the report says that the rest was not read", async () => {
    const text = zone('TXT("_mta-sts", "v=STSv1; id=1"), MX("@", 10, "mx1")');
    const reading = await read(text);
    expect(placesOf(text, reading)).toEqual(['"v=STSv1; id=1"', '10, "mx1"']);
    expect(reading.zones).toEqual([{ name: "example.com", whole: false }]);
    expect(reading.notes).toEqual([expect.stringContaining("`dnscontrol print-ir` says all of it")]);
  });

  test("views that differ leave the data undetermined", async () => {
    const { records } = await read(
      'D("example.com!in", R, MX("@", 1, "a."));\nD("example.com!out", R, MX("@", 1, "b."));',
    );
    expect(records).toMatchObject([{ owner: "example.com", data: null, why: expect.stringContaining("views") }]);
  });
});

describe("what is not determined", () => {
  test.each([
    ["a variable", 'TXT("_mta-sts", ID)', "the variable ID decides it"],
    ["an expression", 'TXT("_mta-sts", "v=STSv1; id=" + ID)', "an expression decides it"],
    ["a template", 'TXT("_mta-sts", `v=STSv1; id=${ID}`)', "an expression decides it"],
    ["a call", 'TXT("_mta-sts", sts("x"))', "the call of sts decides it"],
    ["one of several strings", 'TXT("_mta-sts", ["v=STSv1; ", ID])', "the variable ID decides it"],
  ])("%s as the value", async (_, text, why) => {
    const { records, defects } = await read(zone(text));
    expect(records).toMatchObject([{ owner: "_mta-sts.example.com", data: null, why: expect.stringContaining(why) }]);
    expect(records[0]?.why).toContain("dnscontrol print-ir");
    expect(defects).toEqual([]);
  });

  test.each(['MX("@", P, "a.")', 'MX("@", 10, HOST)', 'CNAME("_mta-sts", HOST)'])("%s", async (text) => {
    expect((await read(zone(text))).records).toMatchObject([{ data: null, why: expect.stringContaining("variable") }]);
  });

  test.each([
    ["a variable with records", "MAIL"],
    ["a call that makes records", 'google("x")'],
    ["a builder of Microsoft's MX", 'M365_BUILDER("example.com", {mx: true})'],
    ["a record whose name is a variable", 'TXT(NAME, "v=STSv1; id=1")'],
    ["records that are spread", "...MAIL"],
  ])("%s: said", async (_, text) => {
    const { notes, records } = await read(zone(`A("@", "192.0.2.1"), ${text}`));
    expect(records).toEqual([]);
    expect(notes.filter((note) => note.startsWith("dnsconfig.js:2: "))).toHaveLength(1);
  });

  test("a zone whose name the program computes", async () => {
    const { notes, zones } = await read('D("a.example", R);\nfor (z of Z) D(z, R, MX("@", 1, "a."));');
    expect(zones).toEqual([{ name: "a.example", whole: false }]);
    expect(notes).toContainEqual(expect.stringMatching(/^dnsconfig\.js:2: only the program names this zone/));
  });
});

describe("what is wrong", () => {
  test.each([
    ["a target without its final dot", zone('MX("@", 10, "mx1.example.com")'), "DNSControl refuses"],
    ["no target", zone('MX("@", 10)'), "needs a preference and a target"],
    ["no value", zone('TXT("_mta-sts")'), "without a value"],
    ["no name", zone("TXT()"), "without a name"],
    ["a call that is not closed", 'D("example.com", R, MX("@", 1, "a.")', "not closed"],
    ["a zone that is none", 'D("exa mple", R);', "no domain name"],
  ])("%s stops the run", async (_, text, message) => {
    expect(defectsOf(await read(text))).toEqual([expect.stringMatching(new RegExp(`^!.*${message}`))]);
  });
});

describe("recognised", () => {
  test.each([
    ["a file of definitions", 'var R = NewRegistrar("none");', true],
    ["a part", 'D_EXTEND("example.com", A("a", "192.0.2.1"));', true],
    ["a zone file with TXT in parentheses", '@ IN TXT ( "a" )\n', true],
    ["another program", 'console.log("D(");', false],
    ["JSON", '{"a": "D(\\"b\\")"}', false],
  ])("%s", (_, text, wanted) => expect(dnscontrolJs.recognises({ path: "x.js", text })).toBe(wanted));
});

describe("any text", () => {
  test("never throws, and every place lies inside the file", async () => {
    const words = [
      'D("a.example",',
      "D_EXTEND(",
      'TXT("_mta-sts",',
      'MX("@", 1,',
      '"',
      "'",
      "`",
      "${",
      "}",
      "{",
      "[",
      "]",
      ")",
      "(",
      ",",
      "/",
      "\\",
      "//",
      "/*",
      "\n",
      "x",
      "1",
      '"a."',
    ];
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(" "));
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, fc.string()), async (text) => {
        dnscontrolJs.recognises({ path: "p", text });
        expectInside(text, await dnscontrolJs.read({ path: "p", text }, { include: async () => undefined }));
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["brackets", "[".repeat(200_000)],
    ["calls", "D(".repeat(200_000)],
    ["templates", "`${".repeat(100_000)],
    ["slashes in a class", `=${"[/".repeat(100_000)}`],
    ["comments", "/*".repeat(200_000)],
    ["quotes", '"\n'.repeat(200_000)],
    ["views", 'D("a.example!x", R);\n'.repeat(20_000)],
  ])("%s without end are read in time", async (_, text) => {
    const started = performance.now();
    const file = { path: "p", text: `D("a.example", R);\n${text}` };
    dnscontrolJs.recognises(file);
    await dnscontrolJs.read(file, { include: async () => undefined });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
