import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { octodns } from "../../../src/collect/formats/octodns.ts";
import { cutOf, expectSample, filesOf, lines, outsideSpans, readAll, samplesOf } from "./corpus.ts";

const ZONE = "zones/example.com.yaml";

/** One zone file without a config. */
async function read(text: string, path = ZONE): Promise<Reading> {
  const [reading] = await readAll(octodns, { [path]: text }, undefined, false);
  if (!reading) throw new Error("nothing was read");
  return reading;
}

const STS = "_mta-sts.example.com - TXT v=STSv1; id=1";

// What each row shows: the zone file, and the records it publishes.
const READS: Record<string, [text: string, ...records: string[]]> = {
  "the apex is '', quoted either way": [
    "'':\n  ttl: 60\n  type: MX\n  value: {exchange: mx.example.com., preference: 10}\n",
    "example.com 60 MX 10 mx.example.com",
  ],
  "a record, or a list of records": [
    '"":\n- type: MX\n  values:\n  - exchange: a.example.\n    preference: 5\n  - {exchange: B.example., preference: "0"}\n' +
      "- type: A\n  value: 192.0.2.1\n- type: TXT\n  values: [one, two]\n",
    "example.com - MX 5 a.example",
    "example.com - MX 0 b.example",
    "example.com - TXT one",
    "example.com - TXT two",
  ],
  "priority and value are older names": [
    "lists:\n  type: MX\n  values:\n  - {priority: 10, value: mx.example.net.}\n",
    "lists.example.com - MX 10 mx.example.net",
  ],
  "a null MX keeps its dot": ["'': {type: MX, value: {preference: 0, exchange: .}}", "example.com - MX 0 ."],
  "a wildcard": ["'*': {type: MX, value: {preference: 1, exchange: mx.}}", "*.example.com - MX 1 mx"],
  "semicolons, escaped": ["_mta-sts: {type: TXT, value: v=STSv1\\; id=1}", STS],
  "semicolons, in double quotes": ['_mta-sts:\n  type: TXT\n  value: "v=STSv1\\\\; id=1"', STS],
  "semicolons, plain, where no config says that they are escaped": ["_mta-sts: {type: TXT, value: v=STSv1; id=1}", STS],
  "chunks in quotes are joined": [`_mta-sts: {type: TXT, value: '"v=STSv1\\;" " id=1"'}`, STS],
  "a folded scalar": ["_mta-sts:\n  type: TXT\n  value: >-\n    v=STSv1\\;\n    id=1\n", STS],
  "a literal scalar": ["_mta-sts:\n  type: TXT\n  value: |-\n    v=STSv1\\; id=1\n", STS],
  "a number is a text": ["x: {type: TXT, value: 0123}", "x.example.com - TXT 0123"],
  "anchors, aliases and merges": [
    "'': &apex\n  type: MX\n  value: &mx\n    exchange: mx.example.\n    preference: 10\n" +
      "lists:\n  <<: *apex\n  value:\n    <<: *mx\n    preference: 20\nother: *apex\n",
    "example.com - MX 10 mx.example",
    "lists.example.com - MX 20 mx.example",
    "other.example.com - MX 10 mx.example",
  ],
  "a merge of several maps: the first wins": [
    "a: &a {type: TXT, value: one}\nb: &b {type: TXT, value: two, ttl: 5}\nc:\n  <<: [*a, *b]\n",
    "a.example.com - TXT one",
    "b.example.com 5 TXT two",
    "c.example.com 5 TXT one",
  ],
  CNAME: ["_mta-sts: {type: CNAME, value: _MTA-STS.example.net.}", "_mta-sts.example.com - CNAME _mta-sts.example.net"],
  "U-labels": ["_mta-sts.bücher: {type: TXT, value: a}", "_mta-sts.xn--bcher-kva.example.com - TXT a"],
  "other types, and settings of providers, leave no trace": [
    "a:\n  type: Route53Provider/ALIAS\n  value: {name: b., type: A}\n  octodns: {cloudflare: {proxied: true}}\nb:\n  type: A\n  value: 192.0.2.1\n",
  ],
};

describe("a zone file", () => {
  for (const [name, [text, ...records]] of Object.entries(READS))
    test(name, async () => {
      const reading = await read(text);
      expect(lines(reading)).toEqual(records);
      expect(reading.defects).toEqual([]);
      expect(reading.zones).toEqual([{ name: "example.com", whole: true }]);
    });

  test("what octoDNS is told to ignore is not said", async () => {
    const reading = await read("_mta-sts:\n  type: TXT\n  value: a\n  octodns: {ignored: true}\n");
    expect(reading).toMatchObject({
      records: [],
      zones: [{ whole: false }],
      notes: [expect.stringContaining("ignore")],
    });
  });

  test("a delegated name is another zone's", async () => {
    const { delegated } = await read("'': {type: NS, value: ns.}\nsub: {type: NS, values: [ns1., ns2.]}");
    expect(delegated).toEqual(["sub.example.com"]);
  });

  test("the name comes from the file or its split folder", async () => {
    const text = "_mta-sts: {type: TXT, value: a}";
    expect(lines(await read(text, "dns/Example.org.yaml"))).toEqual(["_mta-sts.example.org - TXT a"]);
    expect(lines(await read(text, "dns/example.net./_mta-sts.yaml"))).toEqual(["_mta-sts.example.net - TXT a"]);
    const nameless = await read(text, "shared/mail.yaml");
    expect(nameless).toMatchObject({ records: [], defects: [{ concerns: true }] });
    expect((await read("x: {type: A, value: 192.0.2.1}", "shared/web.yaml")).defects).toMatchObject([
      { concerns: false },
    ]);
  });
});

describe("spans", () => {
  test("TXT: the scalar; MX: the exchange", async () => {
    const text =
      "_mta-sts:\n  type: TXT\n  value: >-\n    v=STSv1\\;\n    id=1\n\n'': {type: MX, value: {exchange: 'mx.', preference: 1}} # x\n";
    const reading = await read(text);
    expect(cutOf(text, reading)).toBe(">-\n    v=STSv1\\;\n    id=1");
    expect(cutOf(text, reading, 1)).toBe("'mx.'");
  });

  test("a merged value stands where its text stands", async () => {
    const text = "a: &a\n  type: TXT\n  value: first\nb:\n  <<: *a\n  ttl: 5\n";
    const { records } = await read(text);
    expect(records.map(({ location }) => location.kind === "file" && location.span.startLine)).toEqual([3, 3]);
  });
});

describe("a fault", () => {
  const broken: readonly [text: string, line: number, column: number, concerns: boolean][] = [
    ['_mta-sts:\n  type: TXT\n  value: "v=STSv1\\; id=1"', 3, 18, true], // `\;` is no escape of YAML
    ["'':\n  type: MX\n  value: [", 3, 11, true],
    ["'': {type: MX, value: {exchange: mx.}}", 1, 23, true],
    ["'': {type: MX, value: {preference: ten, exchange: mx.}}", 1, 23, true],
    ["'': {type: MX, value: {preference: 1, exchange: a b}}", 1, 49, true],
    ["'': {type: MX, value: mx.}", 1, 23, true],
    ["'': {type: MX}", 1, 5, true],
    ["_mta-sts: {value: v=STSv1}\na: {type: A}", 1, 11, true], // no type
    ["www: {value: 192.0.2.1}\na: {type: A}", 1, 6, false],
    ["_mta-sts: {type: TXT, value: [a, {b: c}]}", 1, 34, true],
    ["'@': {type: MX, value: {preference: 1, exchange: mx.}}", 1, 1, true],
    ["_mta-sts: {type: TXT, value: a}\n_mta-sts: {type: TXT, value: b}", 1, 1, true], // the first is lost
    ["x: {type: MX, value: {preference: 1, exchange: a.}}\nx: {type: A}", 1, 1, true],
    ["x: {type: A}\nx: {type: AAAA}", 1, 1, false],
    ["_mta-sts: {type: TXT, value: a, value: b}", 1, 23, true],
    ["_mta-sts: [{type: TXT, value: a}, {type: TXT, value: b}]", 1, 35, true], // octoDNS refuses the second
    ["a: &a {type: TXT, value: x}\n_mta-sts: {value: y, <<: *a}", 2, 12, true], // which one counts differs between versions
    ["a: {type: A}\n<<: b", 2, 5, true],
    ["a: {type: A}\nb: *c", 2, 4, true],
    ["a: {type: A}\nb: *b", 2, 4, true],
    ["a: {type: A}\nb: !include gone.yaml", 2, 13, true],
  ];
  for (const [text, startLine, startColumn, concerns] of broken)
    test(JSON.stringify(text), async () => {
      const { defects, zones } = await read(text);
      expect(defects[0]).toMatchObject({ concerns, location: { span: { startLine, startColumn } } });
      expect(zones).toEqual([{ name: "example.com", whole: false }]);
    });
});

const CONFIG = `
providers:
  zones: {class: octodns.provider.yaml.YamlProvider, directory: ./zones, default_ttl: 300}
  mail: {class: octodns_namedfileyaml.NamedFileYamlProvider, directory: ./shared, filename: mail}
  live: {class: octodns_route53.Route53Provider, access_key_id: env/KEY}
zones:
  example.com.: {sources: [zones, mail], targets: [live]}
  example.net.: {sources: [mail], targets: [live]}
  example.org.: {alias: example.com.}
  example.edu.: {sources: [zones, live], targets: [live]}
  "*": {sources: [zones], targets: [live]}
`;
const MAIL = "'': {type: MX, value: {preference: 1, exchange: mx.}}\n_mta-sts: {type: TXT, value: v=STSv1\\; id=1}\n";
const FILES = { "octodns.yaml": CONFIG, "shared/mail.yaml": MAIL, [ZONE]: "www: {type: TXT, value: a}" };

describe("with a config", () => {
  const inAll = async (files: Record<string, string>, named?: (path: string) => boolean) => {
    const readings = await readAll(octodns, files, named);
    expect(readings.flatMap(({ defects }) => defects)).toEqual([]);
    return { readings, records: readings.flatMap(lines), zones: readings.flatMap(({ zones }) => zones) };
  };
  const WHOLE = [
    "example.com 300 TXT a",
    "example.com 3600 MX 1 mx",
    "example.org 3600 MX 1 mx",
    "_mta-sts.example.org 3600 TXT v=STSv1; id=1",
  ];

  test("all sources of a zone are merged, and copied to its aliases", async () => {
    const { records, zones, readings } = await inAll(FILES, (path) => path === ZONE);
    expect(records).toEqual(expect.arrayContaining(WHOLE.map((line) => line.replace(/^example.com 300/, "www.$&"))));
    expect(records).toHaveLength(6);
    expect(zones).toEqual(["example.com", "example.org"].map((name) => ({ name, whole: true })));
    expect(readings[0]?.records.map(({ location }) => location.kind === "file" && location.path)).toContain(
      "shared/mail.yaml",
    );
  });

  test("each zone is read once, whichever files are named", async () => {
    const everywhere = await inAll(FILES);
    expect(new Set(everywhere.records).size).toBe(everywhere.records.length);
    expect(everywhere.zones.map(({ name }) => name).toSorted()).toEqual([
      "example.com",
      "example.edu",
      "example.net",
      "example.org",
    ]);
    const byConfig = await inAll(FILES, (path) => path === "octodns.yaml");
    expect(byConfig.records.toSorted()).toEqual(everywhere.records.toSorted());
    const byShared = await inAll(FILES, (path) => path === "shared/mail.yaml");
    expect(byShared.records.toSorted()).toEqual(everywhere.records.toSorted());
  });

  test("a source that is not in the repository leaves the zone open", async () => {
    const { zones } = await inAll(
      { ...FILES, "zones/example.edu.yaml": MAIL },
      (path) => path === "zones/example.edu.yaml",
    );
    expect(zones).toEqual([{ name: "example.edu", whole: false }]);
  });

  test("processors leave the zone open; what they fill in is not determined", async () => {
    const files = {
      ...FILES,
      "octodns.yaml": `manager: {processors: [filter]}\n${CONFIG}`,
      "zones/a.example.yaml": "_mta-sts: {type: TXT, value: 'v=STSv1\\; id={zone_name}'}",
    };
    const { zones, readings } = await inAll(files, (path) => path === "zones/a.example.yaml");
    expect(zones).toEqual([{ name: "a.example", whole: false }]);
    expect(readings[0]?.records[0]).toMatchObject({ data: null, why: expect.stringContaining("octodns-dump") });
  });

  test("escaped_semicolons: false takes a backslash for a backslash", async () => {
    const config = CONFIG.replace("default_ttl: 300", "escaped_semicolons: false, default_ttl: 300");
    const text = "a: {type: TXT, value: b;c}\nd: {type: TXT, value: e\\;f}";
    const { records } = await inAll({ "config/production.yaml": config, "zones/b.example.yaml": text }, (path) =>
      path.startsWith("zones"),
    );
    expect(records).toEqual(["a.b.example 300 TXT b;c", "d.b.example 300 TXT e\\;f"]);
  });

  test("octoDNS escapes an aliased record in place, once more for each alias", async () => {
    const config = CONFIG.replace("default_ttl: 300", "escaped_semicolons: false, default_ttl: 300");
    const text = "a: &a {type: TXT, value: b;c}\nd: *a\ne: {<<: *a}";
    const { records, readings } = await inAll({ "octodns.yaml": config, "zones/b.example.yaml": text }, (path) =>
      path.startsWith("zones"),
    );
    expect(records).toEqual(["a.b.example 300 TXT b;c", "d.b.example 300 TXT b\\;c", "e.b.example 300 TXT b;c"]);
    expect(readings[0]?.notes).toEqual([expect.stringContaining("write the record out")]);
  });

  test("split folders: one of the files speaks for all", async () => {
    const config = CONFIG.replace("directory: ./zones", 'directory: ./zones, split_extension: "."');
    const files = {
      "octodns.yaml": config,
      "zones/c.example./_mta-sts.yaml": "_mta-sts: {type: TXT, value: a}",
      "zones/c.example./$c.example.yaml": "'': {type: MX, value: {preference: 1, exchange: mx.}}",
    };
    const { records, zones } = await inAll(files, (path) => path.startsWith("zones"));
    expect(records.toSorted()).toEqual(["_mta-sts.c.example 300 TXT a", "c.example 300 MX 1 mx"]);
    expect(zones).toEqual([{ name: "c.example", whole: true }]);
  });

  test("a source that may replace does", async () => {
    const config = CONFIG.replace("filename: mail", "filename: mail, populate_should_replace: true");
    const own = "_mta-sts: {type: TXT, value: old}";
    const { records } = await inAll({ ...FILES, "octodns.yaml": config, [ZONE]: own }, (path) => path === ZONE);
    expect(records.filter((line) => line.startsWith("_mta-sts.example.com"))).toEqual([
      "_mta-sts.example.com 3600 TXT v=STSv1; id=1",
    ]);
    const [refused] = await readAll(octodns, { ...FILES, [ZONE]: own }, (path) => path === ZONE);
    expect(refused?.defects).toMatchObject([{ concerns: true, location: { path: "shared/mail.yaml" } }]);
  });

  test("a file that no zone of the config uses is noted, and its absences say nothing", async () => {
    const config = CONFIG.replace(/ {2}"\*".*\n/, "");
    const { zones, readings } = await inAll({ "octodns.yaml": config, "zones/d.example.yaml": MAIL }, (path) =>
      path.startsWith("zones"),
    );
    expect(zones).toEqual([{ name: "d.example", whole: false }]);
    expect(readings[0]?.notes).toEqual([expect.stringContaining("names no zone")]);
  });

  test("!include stands for another tracked file, and never for one outside", async () => {
    const files = {
      [ZONE]: "<<: !include mail.inc.yaml\n_smtp._tls: {type: TXT, value: a}",
      "zones/mail.inc.yaml": MAIL,
    };
    const { records, readings } = await inAll(files, (path) => path === ZONE);
    expect(records).toHaveLength(3);
    expect(readings[0]?.included).toEqual(["zones/mail.inc.yaml"]);
    for (const path of ["../../etc/passwd", "/etc/passwd", "~/x"]) {
      const { defects } = await read(`a: {type: TXT, value: b}\nc: !include ${path}`);
      expect(defects).toMatchObject([{ concerns: true }]);
    }
  });
});

describe("recognises", () => {
  const yes: readonly [path: string, text: string][] = [
    [ZONE, MAIL],
    ["anything.yaml", MAIL],
    ["anything.yml", "---\n# x\n'':\n  - type: A\n    value: 192.0.2.1\n"],
    ["octodns.yaml", CONFIG],
    [ZONE, "---\n{}\n"],
    [ZONE, "# nothing yet\n"],
    [ZONE, "'':\n  type: MX\n  value: [\n"],
  ];
  const no: readonly [path: string, text: string][] = [
    ["zones/example.com.zone", MAIL],
    ["a.yaml", "on: push\njobs: {test: {runs-on: x}}\n"],
    ["a.yaml", "- type: MX\n"],
    ["a.yaml", "kind: DNSEndpoint\nspec:\n  endpoints:\n  - {recordType: MX}\n"],
    ["a.yaml", "Resources:\n  A: {Type: 'AWS::Route53::RecordSet'}\n"],
    ["a.yaml", "# nothing\n"],
  ];
  test.each(yes)("%s: %j", (path, text) => expect(octodns.recognises({ path, text })).toBe(true));
  test.each(no)("not %s: %j", (path, text) => expect(octodns.recognises({ path, text })).toBe(false));
});

describe("any text", () => {
  const piece = fc.constantFrom(
    "'':",
    "_mta-sts:",
    "type: MX",
    "type: TXT",
    "value: ",
    "values:",
    "preference: 1",
    "exchange: mx.",
    "octodns:",

    "\n",
    "\n  ",
    "\n    ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "&a ",
    "*a ",
    "<<: ",
    ">-\n",
    "|\n",
    '"',
    "'",
    "\\;",
    ": ",
    "? ",
    "!include a.yaml",
    "!x ",
    "---\n",
    "# ",
    "\uFEFF",
    "é",
    "\t",
    "%a\n",
    "...\n",
    "\r\n",
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }).map((parts) => parts.join(""));

  test("never throws, and every span lies inside its file", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.boolean(), async (main, inner, withConfig) => {
        const files = {
          [ZONE]: main,
          "zones/a.yaml": inner,
          "shared/mail.yaml": inner,
          ...(withConfig && { "octodns.yaml": CONFIG }),
        };
        octodns.recognises({ path: ZONE, text: main });
        const readings = await readAll(octodns, files, (path) => path === ZONE, false);
        expect(outsideSpans(files, readings)).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  test("bombs are bounded", async () => {
    const list = (count: number, text: (at: number) => string, between = ",") =>
      Array.from({ length: count }, (_, at) => text(at)).join(between);
    const hostile = [
      `a0: &a0 {type: TXT, value: x}\n${list(30, (at) => `a${at + 1}: &a${at + 1} [${list(30, () => `*a${at}`)}]`, "\n")}\n_mta-sts: *a30`,
      `v: &v [${list(500, () => "x")}]\nr: &r [${list(500, () => "{type: TXT, value: *v}")}]\n${list(500, (at) => `n${at}: *r`, "\n")}`,
      `m: &m {${list(500, (at) => `k${at}: 1`)}}\n${list(500, (at) => `n${at}: {<<: [${list(20, () => "*m")}]}`, "\n")}`,
      "[".repeat(20_000),
      "- ".repeat(10_000),
      "a: 1\n".repeat(500_000),
    ];
    const started = performance.now();
    for (const bomb of hostile) {
      const { zones, defects } = await read(`x: {type: A}\n${bomb}`);
      expect([zones[0]?.whole, defects.some(({ concerns }) => concerns)]).toEqual([false, true]);
    }
    // Unbounded, the first would take longer than the universe has.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

const corpus = process.env["CORPUS"];
describe.runIf(corpus)("corpus", () => {
  const folder = join(corpus ?? "", "dns", "octodns");
  const isConfig = (path: string): boolean => /(config|octodns)\.yaml$/.test(path);
  for (const sample of corpus ? samplesOf(folder) : [])
    test.each([
      ["zone files", (path: string) => !isConfig(path)],
      ["the config", isConfig],
      ["everything", () => true],
    ])(`${sample.id}: %s`, async (_, named) => {
      const readings = await readAll(octodns, filesOf(folder, sample), named);
      expectSample(readings, sample);
      for (const { zone } of sample.expect)
        expect(readings.flatMap(({ zones }) => zones)).toContainEqual({ name: zone, whole: true });
    });
});
