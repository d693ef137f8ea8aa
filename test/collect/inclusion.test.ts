import { describe, expect, test } from "vitest";
import { type Collected, collect } from "../../src/collect/collect.ts";
import { parseOptions } from "../../src/options.ts";
import { type Files, type LiteralRepository, literalRepository } from "./tree.ts";

const zone = (name: string, ...lines: string[]) =>
  `$ORIGIN ${name}.\n$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx\n${lines.join("\n")}\n`;
const sts = (id: number | string) => `_mta-sts TXT "v=STSv1; id=${id}"`;
const pathOf = (name: string) => `zones/${name}.zone`;

async function run(
  base: Files,
  change: Files,
): Promise<Pick<LiteralRepository, "reads" | "searches"> & { found: Collected }> {
  const repository = literalRepository(base, { ...base, ...change });
  const options = parseOptions({ records: "zones/**" });
  return { found: await collect(repository, options, []), reads: repository.reads, searches: repository.searches };
}

const touched = ({ proposals }: Collected) => proposals.map((one) => [one.policyDomain, one.touched.join()]);

describe("an unchanged file that is named for another zone and includes an edited zone file", () => {
  const few: Files = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [pathOf(`d${index}.example`), zone(`d${index}.example`, sts(index))]),
  );
  const EDITED = pathOf("d7.example");
  const plainZone = (id: number) => `$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx\n${sts(id)}\n`;
  const base: Files = { ...few, [EDITED]: plainZone(7) };
  const BOTH = ["d0.example", "d7.example"];
  const domainsOf = async (files: Files, change: Files) =>
    (await run({ ...base, ...files }, change)).found.proposals.map(({ policyDomain }) => policyDomain).toSorted();

  test.each([
    ["from its folder", { [pathOf("d0.example")]: "$INCLUDE d7.example.zone d0.example.\n" }],
    ["from the root", { [pathOf("d0.example")]: "$include zones/d7.example.zone ; the same\n" }],
    ["over two lines, in quotes", { [pathOf("d0.example")]: '$INCLUDE (\n "./d7.example.zone" )\n' }],
    [
      "through a file beside the records",
      { [pathOf("d0.example")]: "$INCLUDE parts/mail.inc\n", "parts/mail.inc": "$INCLUDE zones/d7.example.zone\n" },
    ],
    [
      "through a record file that is no zone",
      { [pathOf("d0.example")]: "$INCLUDE mail.inc\n", "zones/mail.inc": "$INCLUDE d7.example.zone\n" },
    ],
  ])("%s: both zones are judged", async (_, files: Files) => {
    expect(await domainsOf(files, { [EDITED]: plainZone(8) })).toEqual(BOTH);
  });

  test("a file of a SOA and no zone's name, which two zones are made of", async () => {
    const files = Object.fromEntries(BOTH.map((name) => [pathOf(name), "$INCLUDE parked\n"]));
    const parked = { ...files, "zones/parked": plainZone(1) };
    expect(await domainsOf(parked, { "zones/parked": plainZone(2) })).toEqual(BOTH);
  });

  test("a name that takes more than one octet a letter, with a blank", async () => {
    const files = { [pathOf("d0.example")]: '$INCLUDE "zoné d7"\n', "zones/zoné d7": plainZone(1) };
    expect(await domainsOf(files, { "zones/zoné d7": plainZone(2) })).toEqual(["d0.example"]);
  });

  test("a file that it includes is taken away, or comes to be", async () => {
    const files = { [pathOf("d0.example")]: "$INCLUDE d7.example.zone\n" };
    const { [EDITED]: gone, ...rest } = base;
    const [has, lacks] = [
      { ...base, ...files },
      { ...rest, ...files },
    ];
    expect(gone).toBeDefined();
    await expect(collect(literalRepository(has, lacks), parseOptions({ records: "zones/*" }), [])).rejects.toThrow(
      /not tracked by git/,
    );
    const { proposals } = await collect(literalRepository(lacks, has), parseOptions({ records: "zones/*" }), []);
    expect(proposals.map(({ policyDomain }) => policyDomain)).toContain("d0.example");
  });

  test("a time to live that it leaves to whoever includes it", async () => {
    const own = (ttl: number) => `$ORIGIN d7.example.\n$TTL ${ttl}\n@ MX 10 mx\n${sts(7)}\n`;
    const files = {
      [pathOf("d0.example")]: `@ SOA ns1 admin 1 2 3 4 5\n$INCLUDE d7.example.zone\n${sts(1)}\n`,
      [EDITED]: own(300),
    };
    expect(await domainsOf(files, { [EDITED]: own(86400) })).toContain("d0.example");
    const edit = own(300).replace("@ MX", "www A 192.0.2.1\n@ MX");
    expect((await run({ ...base, ...files }, { [EDITED]: edit })).searches).toEqual([]);
  });

  test("octoDNS: !include of another zone's file", async () => {
    const yaml = (id: number) => `_mta-sts: { type: TXT, value: 'v=STSv1\\; id=${id}' }\n`;
    const all: Files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`zones/d${index}.example.yaml`, yaml(index)]),
    );
    const edit = { "zones/d7.example.yaml": yaml(8) };
    for (const value of ["!include d7.example.yaml", '!<!include> "d7\\x2eexample.yaml"']) {
      const { found } = await run(
        { ...all, "zones/d0.example.yaml": `<<: ${value}\nwww: { type: A, value: 192.0.2.1 }\n` },
        edit,
      );
      expect(found.proposals.map(({ policyDomain }) => policyDomain)).toContain("d0.example");
    }
  });

  test("octoDNS: a file that all zones share, and that is named like a zone", async () => {
    const config =
      "providers:\n  files: { class: octodns.provider.yaml.YamlProvider, directory: ./zones, shared_filename: all.shared.yaml }\n" +
      `zones:\n${Array.from({ length: 40 }, (_, index) => `  d${index}.example.: { sources: [files] }\n`).join("")}`;
    const zones: Files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `zones/d${index}.example.yaml`,
        "www: { type: A, value: 192.0.2.1 }\n",
      ]),
    );
    const shared = (id: number) => ({
      "zones/all.shared.yaml": `_mta-sts: { type: TXT, value: 'v=STSv1\\; id=${id}' }\n`,
    });
    const { found } = await run({ ...zones, "octodns.yaml": config, ...shared(1) }, shared(2));
    expect(found.proposals).toHaveLength(40);
  });

  test("a repository that cannot be searched is read", async () => {
    const repository = literalRepository(base, { ...base, [EDITED]: plainZone(8) });
    const { search: _, ...proposed } = repository.proposed;
    await collect({ ...repository, proposed }, parseOptions({ records: "zones/*" }), []);
    expect(new Set(repository.reads).size).toBe(40);
    const over = literalRepository(base, { ...base, [EDITED]: plainZone(8) });
    const tooMuch = { ...over, proposed: { ...over.proposed, search: async () => undefined } };
    await collect(tooMuch, parseOptions({ records: "zones/*" }), []);
    expect(new Set(over.reads).size).toBe(40);
  });

  test("one that only mentions it, or includes another: no further file is read", async () => {
    const files = {
      [pathOf("d0.example")]: zone("d0.example", "; like d7.example.zone", "$INCLUDE ../mail.inc"),
      "mail.inc": "; d7.example.zone\n",
      "named.conf": 'zone "d7.example" { file "zones/d7.example.zone"; };\n',
      "README.md": "$INCLUDE zones/d7.example.zone\n",
    };
    const { found, reads, searches } = await run({ ...base, ...files }, { [EDITED]: plainZone(8) });
    expect(touched(found)).toEqual([["d7.example", "record"]]);
    expect([...new Set(reads)].toSorted()).toEqual(["mail.inc", "named.conf", pathOf("d0.example"), EDITED].toSorted());
    expect(searches).toEqual([41]);
  });

  test("many edits: any inclusion tells", async () => {
    const names = Array.from({ length: 34 }, (_, index) => `d${index + 5}.example`);
    const edits = Object.fromEntries(names.map((name) => [pathOf(name), plainZone(99)]));
    const { found, reads } = await run(base, edits);
    expect(found.proposals).toHaveLength(34);
    expect(new Set(reads).size).toBe(34);
    expect(await domainsOf({ [pathOf("d0.example")]: "$Include d7.example.zone\n" }, edits)).toContain("d0.example");
  });
});
