import { describe, expect, test } from "vitest";
import { collect } from "../../src/collect/collect.ts";
import { CollectError } from "../../src/errors.ts";
import { parseOptions } from "../../src/options.ts";
import type { Revision } from "../../src/proposal.ts";
import { type Files, literalRepository, withWorkspace } from "./tree.ts";

const KEPT = { "README.md": "dns" };

interface Given {
  readonly untracked?: Files;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly base?: Files;
  readonly proposed?: Files;
}

function run({ untracked = {}, inputs = { records: "plan.json" }, base = KEPT, proposed = base }: Given) {
  const repository = withWorkspace(literalRepository(base, proposed), untracked);
  return collect(repository, parseOptions(inputs), []);
}

const sts = (id: string) => ({ name: "_mta-sts.example.com", type: "TXT", ttl: 300, records: [`v=STSv1; id=${id}`] });
const mx = { name: "example.com", type: "MX", ttl: 300, records: ["10 mx1.example.com"] };

function plan(...changes: readonly (readonly [before: object | null, after: object | null])[]): string {
  const resource_changes = changes.map(([before, after], at) => ({
    address: `aws_route53_record.r${at}`,
    type: "aws_route53_record",
    change: { actions: before && after ? ["update"] : [after ? "create" : "delete"], before, after },
  }));
  return JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes });
}

const ir = (id: string) =>
  JSON.stringify({
    registrars: [],
    domains: [{ name: "example.com", records: [{ type: "TXT", name: "_mta-sts", target: `v=STSv1; id=${id}` }] }],
  });

const batch = (...changes: readonly (readonly [action: string, id: string])[]) =>
  JSON.stringify({
    Changes: changes.map(([Action, id]) => ({
      Action,
      ResourceRecordSet: {
        Name: "_mta-sts.example.com",
        Type: "TXT",
        ResourceRecords: [{ Value: `"v=STSv1; id=${id}"` }],
      },
    })),
  });

const idsOf = ({ stsRecords }: Revision) =>
  stsRecords.kind === "said" ? stsRecords.value.map(({ data }) => data?.replace("v=STSv1; id=", "")) : "unsaid";

async function sides(given: Given) {
  const { proposals } = await run(given);
  return proposals.map(({ base, proposed, touched }) => [idsOf(base), idsOf(proposed), touched.join()]);
}

describe("files that git does not track", () => {
  test("a plan brings its own base", async () => {
    expect(await sides({ untracked: { "plan.json": plan([sts("1"), sts("2")], [mx, mx]) } })).toEqual([
      [["1"], ["2"], "record"],
    ]);
  });

  test("what a plan creates is compared with what is deployed, what it removes is a removal", async () => {
    expect(await sides({ untracked: { "plan.json": plan([null, sts("1")]) } })).toEqual([["unsaid", ["1"], "record"]]);
    expect(await sides({ untracked: { "plan.json": plan([sts("1"), null]) } })).toEqual([[["1"], [], "record"]]);
  });

  test("print-ir says nothing of the state before: that is what is deployed, also where the zone has no such record", async () => {
    expect(await sides({ untracked: { "plan.json": ir("1") } })).toEqual([["unsaid", ["1"], "record,mx,tlsrpt"]]);
  });

  test("only the input may name one, and not by a glob", async () => {
    const untracked = { "plan.json": plan([sts("1"), sts("2")]) };
    for (const records of ["*.json", "other.json"])
      await expect(run({ untracked, inputs: { records } })).rejects.toThrow(CollectError);
    const config = { ".github/mta-sts-gate.yml": "records: plan.json\n" };
    await expect(run({ untracked, inputs: {}, base: config })).rejects.toThrow(/matches no file/);
  });

  test("what git tracks beats what lies in the workspace", async () => {
    const given = {
      base: { "plan.json": ir("1") },
      proposed: { "plan.json": ir("2") },
      untracked: { "plan.json": ir("3") },
    };
    expect(await sides(given)).toEqual([[["1"], ["2"], "record"]]);
  });

  test("in no known format", async () => {
    await expect(run({ untracked: { "plan.json": "\u0000" } })).rejects.toThrow(/in no format/);
  });
});

describe("files that git tracks", () => {
  test("a batch that the change adds: what it deletes was there", async () => {
    const proposed = { ...KEPT, "plan.json": batch(["DELETE", "1"], ["UPSERT", "2"]) };
    expect(await sides({ proposed })).toEqual([[["1"], ["2"], "record"]]);
  });

  test("a batch that the change edits: the earlier one counts, and what only the new one deletes", async () => {
    const base = { "plan.json": batch(["UPSERT", "1"]) };
    expect(await sides({ base, proposed: { "plan.json": batch(["UPSERT", "2"]) } })).toEqual([
      [["1"], ["2"], "record"],
    ]);
    const other = { "plan.json": batch() };
    expect(await sides({ base: other, proposed: { "plan.json": batch(["DELETE", "1"]) } })).toEqual([
      [["1"], [], "record"],
    ]);
  });

  test("a plan that the change leaves alone changes nothing", async () => {
    const base = { "plan.json": plan([sts("1"), sts("2")]), "README.md": "1" };
    expect(await sides({ base, proposed: { ...base, "README.md": "2" } })).toEqual([]);
  });
});
