import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Collected, collect } from "../../src/collect/collect.ts";
import { parseOptions } from "../../src/options.ts";
import { type Files, type LiteralRepository, literalRepository } from "./tree.ts";

const MANY = 10_000;
const zone = (name: string, ...lines: string[]) =>
  `$ORIGIN ${name}.\n$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx\n${lines.join("\n")}\n`;
const sts = (id: number | string) => `_mta-sts TXT "v=STSv1; id=${id}"`;
const pathOf = (name: string) => `zones/${name}.zone`;
const BASE: Files = Object.fromEntries(
  Array.from({ length: MANY }, (_, index) => [pathOf(`d${index}.example`), zone(`d${index}.example`, sts(index))]),
);
const ONE = pathOf("d77.example");
const SITE = "sites/d78.example/.well-known/mta-sts.txt";
const policy = (mode: string) => `version: STSv1\nmode: ${mode}\nmx: mx.d78.example\nmax_age: 604800\n`;

interface Ran {
  readonly found: Collected;
  readonly reads: LiteralRepository["reads"];
  readonly searches: LiteralRepository["searches"];
}

async function run(base: Files, change: Files, inputs: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const repository = literalRepository(base, { ...base, ...change });
  const options = parseOptions({ records: "zones/**", ...inputs });
  return { found: await collect(repository, options, []), reads: repository.reads, searches: repository.searches };
}

const touched = ({ proposals }: Collected) => proposals.map((one) => [one.policyDomain, one.touched.join()]);

describe(`one edit among ${MANY} zone files`, () => {
  test("of an MX: its own file is read, on both sides, and no other", async () => {
    const { found, reads } = await run(BASE, { [ONE]: zone("d77.example", "@ MX 20 mx2", sts(77)) });
    expect(touched(found)).toEqual([["d77.example", "mx"]]);
    expect(reads).toEqual([ONE, ONE]);
  });

  test("of an id", async () => {
    const { found, reads } = await run(BASE, { [ONE]: zone("d77.example", sts("next")) });
    expect(touched(found)).toEqual([["d77.example", "record"]]);
    expect(reads).toEqual([ONE, ONE]);
  });

  test("a zone file that is added or taken away", async () => {
    const { [ONE]: gone, ...rest } = BASE;
    const added = await run(rest, { [ONE]: gone ?? "" });
    expect([touched(added.found), added.reads]).toEqual([[["d77.example", "record,mx,tlsrpt"]], [ONE]]);
    const repository = literalRepository(BASE, rest);
    const found = await collect(repository, parseOptions({ records: "zones/*" }), []);
    expect([touched(found), repository.reads]).toEqual([[["d77.example", "record,mx,tlsrpt"]], [ONE]]);
  });

  test("of no zone: one file tells that there is something to gate", async () => {
    const { found, reads } = await run(BASE, { "README.md": "x" });
    expect(touched(found)).toEqual([]);
    expect(reads).toHaveLength(1);
  });

  test("of a policy: the zone that is named for it is read once", async () => {
    const { found, reads } = await run({ ...BASE, [SITE]: policy("testing") }, { [SITE]: policy("enforce") });
    expect(touched(found)).toEqual([["d78.example", "policy"]]);
    expect(found.proposals[0]?.proposed.stsRecords).toMatchObject({ value: [{ data: "v=STSv1; id=78" }] });
    expect(reads.filter((path) => path.startsWith("zones/"))).toEqual([pathOf("d78.example")]);
  });

  test("what may hold the records as well is read: no name, the zone above, the one below", async () => {
    const more = {
      "zones/shared": '$ORIGIN d77.example.\n_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@d77.example"\n',
      [pathOf("mail.d77.example")]: zone("mail.d77.example"),
    };
    const { found, reads } = await run({ ...BASE, ...more }, { [ONE]: zone("d77.example", "@ MX 20 b", sts(77)) });
    expect(found.proposals[0]?.proposed.tlsrptRecords).toMatchObject({
      value: [{ location: { path: "zones/shared" } }],
    });
    expect([...new Set(reads)].toSorted()).toEqual([ONE, ...Object.keys(more)].toSorted());
  });

  test("the same zone in two files is refused", async () => {
    const twin = { "zones/old/d77.example.zone": zone("d77.example") };
    const edit = { [ONE]: zone("d77.example", "@ MX 20 b", sts(77)) };
    await expect(run({ ...BASE, ...twin }, edit)).rejects.toThrow(/both hold the zone d77\.example/);
  });

  test("an unchanged broken file of another zone stops nothing; the edited one does", async () => {
    const broken = zone("d77.example", '_mta-sts TXT "v=STSv1');
    const edit = { [pathOf("d5.example")]: zone("d5.example", "@ MX 20 b", sts(5)) };
    expect(touched((await run({ ...BASE, [ONE]: broken }, edit)).found)).toEqual([["d5.example", "mx"]]);
    await expect(run(BASE, { [ONE]: broken })).rejects.toThrow(/never closed/);
  });

  test("all: every file is read", async () => {
    const { found, reads } = await run(BASE, {}, { all: "true" });
    expect(found.proposals).toHaveLength(MANY);
    expect(new Set(reads).size).toBe(MANY);
  });
});

describe("where only everything tells", () => {
  const few: Files = Object.fromEntries(Object.entries(BASE).slice(0, 40));
  const [FIRST, SECOND] = [pathOf("d0.example"), pathOf("d1.example")];
  const edited = async (base: Files, change: Files, inputs = {}) => touched((await run(base, change, inputs)).found);

  test.each(["zones/mail.inc", "include/mail.inc"])("a fragment that zones include: %s", async (fragment) => {
    const includes = zone("d0.example", `$INCLUDE ${fragment}`);
    const base = { ...few, [FIRST]: includes, [fragment]: sts(1) };
    expect(await edited(base, { [fragment]: sts(2) })).toEqual([["d0.example", "record"]]);
  });

  test("a fragment that says nothing by itself", async () => {
    const base = { ...few, [FIRST]: `$INCLUDE zones/ttl.inc\n${zone("d0.example", sts(1)).replace("$TTL 300\n", "")}` };
    expect(await edited({ ...base, "zones/ttl.inc": "$TTL 300\n" }, { "zones/ttl.inc": "$TTL 86400\n" })).toEqual([
      ["d0.example", "record"],
    ]);
  });

  test("a record that others lead to by an alias, and that is no domain's of its own", async () => {
    const hub = (id: number) => zone("hub.example", `shared TXT "v=STSv1; id=${id}"`);
    const base = {
      ...few,
      [FIRST]: zone("d0.example", "_mta-sts CNAME shared.hub.example."),
      "zones/hub.zone": hub(1),
    };
    expect(await edited(base, { "zones/hub.zone": hub(2) })).toEqual([["d0.example", "record"]]);
  });

  test("an alias is followed into a file that did not change", async () => {
    const base = { ...few, [FIRST]: zone("d0.example", "_mta-sts CNAME _mta-sts.d1.example.") };
    const { found, reads } = await run(base, {
      [FIRST]: zone("d0.example", "_mta-sts CNAME _mta-sts.d1.example.", "@ MX 20 b"),
    });
    expect(touched(found)).toEqual([["d0.example", "mx"]]);
    expect(found.proposals[0]?.proposed.stsRecords).toMatchObject({
      value: [{ type: "CNAME" }, { data: "v=STSv1; id=1" }],
    });
    expect([...new Set(reads)]).toEqual([FIRST, SECOND]);
  });

  test("a domain that the config names, whose record is an alias to an edited one of another domain", async () => {
    const base = {
      ...few,
      [FIRST]: zone("d0.example", "_mta-sts CNAME _mta-sts.d1.example."),
      ".github/mta-sts-gate.yml": "domains: [d0.example]",
    };
    expect(await edited(base, { [SECOND]: zone("d1.example", sts(2)) })).toEqual([["d0.example", "record"]]);
  });

  test("names of files that their contents belie", async () => {
    const base = { ...few, [FIRST]: zone("d99.example", sts(1)), [SECOND]: zone("d98.example", sts(1)) };
    expect(await edited(base, { [FIRST]: zone("d99.example", sts(2)) })).toEqual([["d99.example", "record"]]);
    const site = "sites/d98.example/.well-known/mta-sts.txt";
    const { found } = await run({ ...base, [site]: policy("testing") }, { [site]: policy("none") });
    expect(found.proposals[0]?.proposed.stsRecords).toMatchObject({ value: [{ location: { path: SECOND } }] });
  });

  test("a setting for every domain", async () => {
    const config = (text: string) => ({ ".github/mta-sts-gate.yml": text });
    expect(await edited({ ...few, ...config("{}") }, config("certificate-expiry-days: 7"))).toHaveLength(40);
    const waiver = "waive: [{ domain: d1.example, rule: mx-alias, reason: moving, until: 2027-01-31 }]";
    const repository = literalRepository({ ...few, ...config("{}") }, { ...few, ...config(waiver) });
    const found = await collect(repository, parseOptions({ records: "zones/*" }), ["mx-alias"]);
    expect([touched(found), repository.reads.filter((path) => path.startsWith("zones/"))]).toEqual([
      [["d1.example", "config"]],
      [SECOND],
    ]);
  });

  test("nothing anywhere is still an error", async () => {
    const site = "sites/d0.example/.well-known/mta-sts.txt";
    const fragments = Object.fromEntries(Object.keys(few).map((path) => [path, "\n"]));
    await expect(run(fragments, { "README.md": "x" })).rejects.toThrow(/nothing to judge/);
    expect((await run({ ...fragments, [site]: policy("none") }, { "README.md": "x" })).found.proposals).toEqual([]);
    await expect(run(few, { "README.md": "x" }, { domain: "elsewhere.example" })).rejects.toThrow(/nothing to judge/);
  });
});

describe("what one edit costs, whatever the size of the repository", () => {
  test.each([100, 1000, MANY])("%i zone files: two reads", async (count) => {
    const base = Object.fromEntries(Object.entries(BASE).slice(0, count));
    const { reads, searches } = await run(base, { [ONE]: zone("d77.example", "@ MX 20 mx2", sts(77)) });
    expect([reads, searches]).toEqual([[ONE, ONE], []]);
  });

  test.each([100, 1000, MANY])("%i zone files without an origin of their own: one search more", async (count) => {
    const base = Object.fromEntries(Object.entries(BASE).slice(0, count));
    const { reads, searches } = await run(base, { [ONE]: zone("d77.example", sts(7)).replace(/^.*\n/, "") });
    expect([reads, searches]).toEqual([[ONE, ONE], [count - 1]]);
  });
});

describe("octoDNS", () => {
  const config =
    "providers:\n  files: { class: octodns.provider.yaml.YamlProvider, directory: ./zones }\nzones:\n  '*': { sources: [files] }\n";
  const yaml = (id: number, mx = "mx") =>
    `'': { type: MX, value: { preference: 10, exchange: ${mx}.example. } }\n_mta-sts: { type: TXT, value: 'v=STSv1\\; id=${id}' }\n`;
  const base: Files = {
    "production.yaml": config,
    ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`zones/d${index}.example.yaml`, yaml(index)])),
  };

  test("a zone is read with the config that did not change, and no other zone is", async () => {
    const { found, reads } = await run(base, { "zones/d7.example.yaml": yaml(7, "other") });
    expect(touched(found)).toEqual([["d7.example", "mx"]]);
    expect([...new Set(reads)].toSorted()).toEqual(["production.yaml", "zones/d7.example.yaml"]);
  });

  test("a zone in several files is read by the first of them, which did not change", async () => {
    const split = `${config.replace("./zones", "./zones, split_extension: .")}`;
    const folder = (mx: string): Files => ({ "zones/d7.example./mail.yaml": yaml(7, mx).split("\n")[0] ?? "" });
    const parts = { "zones/d7.example./_mta-sts.yaml": yaml(7).split("\n")[1] ?? "", ...folder("mx") };
    const { "zones/d7.example.yaml": _, ...others }: Files = { ...base, ...parts, "production.yaml": split };
    expect(touched((await run(others, folder("other"))).found)).toEqual([["d7.example", "mx"]]);
  });

  test("an edited config is every zone's", async () => {
    const reads = (await run(base, { "production.yaml": `${config}manager: {}\n` })).reads;
    expect(new Set(reads).size).toBe(41);
  });
});

describe("against reading everything", () => {
  const names = Array.from({ length: 36 }, (_, index) => `d${index}.example`);
  const LINES = ["@ MX 5 mx5", "@ MX 6 mx6", sts(1), sts(2), "www A 192.0.2.1", "lists MX 1 a", "* MX 9 any"];
  const MORE = ['_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@b.example"', '_mta-sts.lists TXT "v=STSv1; id=3"'];
  const OTHER = ["lists NS ns.other.example.", "mta-sts CNAME host.example.", "$INCLUDE part.inc", "{{ template }}"];
  const line = fc.constantFrom(...LINES, ...MORE, ...OTHER, "$TTL 60");
  const file = fc
    .tuple(fc.array(line, { maxLength: 4 }), fc.constantFrom("whole", "relative", "part"))
    .map(([lines, kind]) =>
      kind === "relative"
        ? zone("NAME", ...lines).replace(/^.*\n/, "")
        : kind === "whole"
          ? zone("NAME", ...lines)
          : `$ORIGIN NAME.\n${["@ A 192.0.2.1", ...lines].join("\n")}\n`,
    );
  const place = fc.constantFrom("zones/d0.example.zone", "zones/d1.example.zone", "zones/part.inc", "zones/any");
  const below = fc.constantFrom("zones/lists.d0.example.zone", "zones/db.d0.example", "zones/sub/d1.example.yaml.txt");
  const edit = fc.dictionary(fc.oneof(place, below, fc.constant("README.md")), file, { maxKeys: 3 });
  const nameOf = (path: string) => /(lists\.)?d\d\.example/.exec(path)?.[0] ?? "d0.example";
  const written = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll("NAME", nameOf(path))]));
  const plain: Files = Object.fromEntries(names.map((name) => [pathOf(name), zone(name, sts(1))]));

  async function outcome(base: Files, change: Files, all: boolean): Promise<unknown> {
    try {
      const { found } = await run({ ...base }, change, all ? { all: "true" } : {});
      const shown = found.proposals.map((one) => [one.policyDomain, one.touched, one.proposed, one.base] as const);
      return [shown.filter(([, subjects]) => subjects.length > 0), found.mxOnly];
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  }

  test("the same domains, with the same records", async () => {
    await fc.assert(
      fc.asyncProperty(edit, edit, async (start, change) => {
        const base = { ...plain, "zones/part.inc": "; nothing\n", ...written(start) };
        const [some, everything] = [
          await outcome(base, written(change), false),
          await outcome(base, written(change), true),
        ];
        // What is wrong with a file that the change leaves alone may go unsaid, or something else be said first.
        if (typeof everything !== "string") expect(some).toEqual(everything);
      }),
      { numRuns: 100 },
    );
  });

  test("zones that are made of other zones' files", async () => {
    const of = fc.constantFrom(...names.slice(0, 5).map((name) => `${name}.zone`), "../parts/0.inc", "../parts/1.inc");
    const own = fc
      .tuple(fc.array(line, { maxLength: 2 }), fc.boolean())
      .map(([lines, relative]) => zone("NAME", ...lines).replace(relative ? /^.*\n/ : "", ""));
    const made = fc.oneof(
      own,
      of.map((path) => `$INCLUDE ${path}\n`),
    );
    const zones = fc.dictionary(fc.constantFrom(...names.slice(0, 5).map(pathOf)), made, { maxKeys: 5 });
    const parts = fc.dictionary(
      fc.constantFrom("parts/0.inc", "parts/1.inc"),
      of.map((path) => `$INCLUDE ../zones/${path}\n`),
    );
    await fc.assert(
      fc.asyncProperty(zones, parts, zones, async (start, fragments, change) => {
        const base = { ...plain, "zones/part.inc": "; nothing\n", ...written(start), ...fragments };
        const [some, everything] = [
          await outcome(base, written(change), false),
          await outcome(base, written(change), true),
        ];
        if (typeof everything !== "string") expect(some).toEqual(everything);
      }),
      { numRuns: 200 },
    );
  });
});
