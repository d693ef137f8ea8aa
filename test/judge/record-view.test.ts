import { describe, expect, test } from "vitest";
import { announces, idIn, type RecordView, recordDeployed, recordSaid } from "../../src/judge/record-view.ts";
import type { ProposedRecord, Revision } from "../../src/proposal.ts";
import { evidenceOf, proposalOf, type SceneLive, type SceneSide } from "./scene.ts";

const A = "v=STSv1; id=A";
const OWNER = "_mta-sts.example.com";

/** `id A`, `multiple 2`, `? timed-out`, else the kind; then the line of the zone file where there is one. */
function word(view: RecordView | undefined): string {
  if (!view) return "unsaid";
  const places = "place" in view ? [view.place] : "places" in view ? view.places : [];
  const lines = places.flatMap((place) => (place.kind === "file" ? [` :${place.span.startLine}`] : []));
  const what =
    view.kind === "valid" ? `id ${view.id}` : view.kind === "unknown" ? `? ${view.because}` : (view.kind as string);
  return `${what}${lines.join("")}`;
}

describe("recordSaid", () => {
  test.each<[string, SceneSide, string]>([
    ["nothing said", {}, "unsaid"],
    ["a complete source without one", { records: [] }, "absent"],
    ["one", { records: [A] }, "id A :5"],
    ["one beside other text", { records: ["google-site-verification=1", A] }, "id A :6"],
    ["only other text", { records: ["spf"] }, "absent"],
    ["another version", { records: ["v=STSv2; id=A"] }, "absent"],
    ["an id that is none", { records: ["v=STSv1; id=a-b"] }, "invalid :5"],
    ["two", { records: [A, "spf", "v=STSv1; id=B"] }, "multiple :5 :7"],
    ["not determined", { records: [null] }, "undetermined :5"],
    ["one determined, one not", { records: [A, null] }, "undetermined :6"],
    ["an alias", { alias: "example.net" }, "alias :5"],
  ])("%s: %s", (_, proposed, expected) => {
    expect(word(recordSaid(proposalOf({ proposed }).proposed))).toBe(expected);
  });

  test("where an alias ends in the same files, its TXT counts", () => {
    const location = { kind: "input", name: "records" } as const;
    const record = (type: ProposedRecord["type"], data: string | null): ProposedRecord => ({
      owner: OWNER,
      type,
      data,
      ttl: 300,
      location,
    });
    const said = (...value: ProposedRecord[]): Revision => ({
      ...proposalOf({}).proposed,
      stsRecords: { kind: "said", value },
    });
    expect(word(recordSaid(said(record("CNAME", "sts.example.net"), record("TXT", A))))).toBe("id A");
    expect(recordSaid(said(record("CNAME", "sts.example.net")))).toMatchObject({ target: "sts.example.net" });
    expect(recordSaid(said(record("CNAME", null)))).toMatchObject({
      kind: "undetermined",
      why: "the file does not say",
    });
  });
});

describe("recordDeployed", () => {
  test.each<[string, SceneLive, string]>([
    ["one", { id: "A" }, "id A"],
    ["no such name", { records: "none" }, "absent"],
    ["other text alone", { records: ["spf"] }, "absent"],
    ["two", { records: [A, A] }, "multiple"],
    ["no record", { records: ["v=STSv1; id="] }, "invalid"],
    ["not seen", { records: "unseen" }, "? timed-out"],
  ])("%s: %s", (_, live, expected) => {
    const view = recordDeployed(evidenceOf({ live }), OWNER);
    expect(word(view)).toBe(expected);
    if ("place" in view) expect(view.place).toEqual({ kind: "dns", owner: OWNER, type: "TXT" });
  });

  test("no data is an absence, too", () => {
    const stsRecord = { kind: "observed", value: { kind: "no-data", cnames: [] } } as const;
    expect(word(recordDeployed({ ...evidenceOf({}), stsRecord }, OWNER))).toBe("absent");
  });
});

test.each<[string, RecordView, boolean | undefined]>([
  ["one", recordDeployed(evidenceOf({}), OWNER), true],
  ["none", { kind: "absent" }, false],
  ["two", { kind: "multiple", places: [] }, false],
  ["a broken one", recordDeployed(evidenceOf({ live: { records: ["v=STSv1;"] } }), OWNER), false],
  ["not seen", { kind: "unknown", because: "timed-out" }, undefined],
  ["an alias", { kind: "alias", target: "x.example", place: { kind: "input", name: "records" } }, undefined],
  ["not determined", { kind: "undetermined", why: "", place: { kind: "input", name: "records" } }, undefined],
])("announces: %s", (_, view, expected) => {
  expect(announces(view)).toBe(expected);
  expect(idIn(view)).toBe(expected === true ? "A" : undefined);
});
