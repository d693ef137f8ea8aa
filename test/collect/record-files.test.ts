import { describe, expect, test } from "vitest";
import { readRecordFiles } from "../../src/collect/record-files.ts";
import { openSides } from "../../src/collect/side.ts";
import { type Files, literalRepository } from "./tree.ts";

const config = (...zones: readonly string[]): string =>
  `providers:\n  yaml: {class: octodns.provider.yaml.YamlProvider, directory: zones, shared_filename: mail.yaml}\nzones:\n${zones
    .map((zone) => `  ${zone}.: {sources: [yaml], targets: [yaml]}\n`)
    .join("")}`;
const mx = (host: string): string => `'': {type: MX, value: {preference: 1, exchange: ${host}.}}\n`;

const FILES: Files = {
  "octodns.yaml": config("one.example", "two.example"),
  "zones/mail.yaml": mx("mx"),
  "zones/one.example.yaml": "www: {type: A, value: 192.0.2.1}\n",
  "zones/two.example.yaml": "www: {type: A, value: 192.0.2.1}\n",
};

async function bothSides(base: Files, proposed: Files, isRecordFile = (path: string) => path.startsWith("zones/")) {
  const repository = literalRepository(base, proposed);
  const paths = (files: Files) => Object.keys(files).filter(isRecordFile).toSorted();
  const sides = await openSides(repository);
  const files = await readRecordFiles(sides, { proposed: paths(proposed), base: paths(base) });
  const shown = [files.proposed, files.base].map((sources) =>
    sources.flatMap(({ reading }) => reading.records.map(({ owner, data }) => `${owner} ${data}`)).toSorted(),
  );
  return { shown, files };
}

describe("files that belong to several zones", () => {
  test("an edit of one is an edit of all of them", async () => {
    const { shown } = await bothSides(FILES, { ...FILES, "zones/mail.yaml": mx("new") });
    expect(shown).toEqual([
      ["one.example 1 new", "two.example 1 new"],
      ["one.example 1 mx", "two.example 1 mx"],
    ]);
  });

  test("a zone that the config takes in or leaves out is read by each side's config", async () => {
    const less = { ...FILES, "octodns.yaml": config("one.example") };
    const { shown } = await bothSides(less, FILES);
    expect(shown).toEqual([["one.example 1 mx", "two.example 1 mx"], ["one.example 1 mx"]]);
  });

  test("a config that the change brings along says nothing of the base", async () => {
    const before = { "zones/one.example.yaml": mx("own") };
    const { shown } = await bothSides(before, { ...before, "octodns.yaml": config("two.example") });
    expect(shown).toEqual([["one.example 1 own"], ["one.example 1 own"]]);
    const after = { ...before, "octodns.yaml": config("one.example"), "zones/mail.yaml": "x: {type: TXT, value: a}" };
    expect((await bothSides(before, after)).shown).toEqual([
      ["one.example 1 own", "x.one.example a"],
      ["one.example 1 own"],
    ]);
  });

  test("what did not change is read once", async () => {
    const { files } = await bothSides(FILES, { ...FILES, "zones/one.example.yaml": mx("own").replace("''", "x") });
    const reading = (side: "proposed" | "base", zone: string) =>
      files[side].find(({ path }) => path === `zones/${zone}.yaml`)?.reading;
    expect(reading("base", "two.example")).toBe(reading("proposed", "two.example"));
    expect(reading("base", "one.example")).not.toBe(reading("proposed", "one.example"));
  });

  test("the config and its zones are read once, whichever are named", async () => {
    const { shown } = await bothSides(FILES, FILES, () => true);
    expect(shown[0]).toEqual(["one.example 1 mx", "two.example 1 mx"]);
  });
});

describe("files that include each other in a ring", () => {
  const soa = "$ORIGIN a.example.\n$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n";
  test.each([
    ["one that includes itself", { "a.example.zone": `${soa}$INCLUDE a.example.zone\n` }],
    [
      "two",
      { "a.example.zone": `${soa}$INCLUDE b.inc\n`, "b.inc": "@ MX 10 mx\n$INCLUDE a.example.zone\n", other: `${soa}` },
    ],
  ])("%s: not left out in silence", async (_, files) => {
    const sides = await openSides(literalRepository({}, files));
    const paths = Object.keys(files);
    await expect(readRecordFiles(sides, { proposed: paths, base: [] })).rejects.toThrow(/more than 8 levels/);
  });
});
