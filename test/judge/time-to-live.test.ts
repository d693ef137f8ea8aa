import { describe, expect, test } from "vitest";
import { knownMxTtl, knownTtl } from "../../src/judge/time-to-live.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const ttl = (scene: Scene): number => knownTtl(inspectionOf(scene));
const mxTtl = (scene: Scene): number => knownMxTtl(inspectionOf(scene));

describe("how long resolvers keep the record of before the change, in seconds", () => {
  test("the files say it", () => expect(ttl({ base: { id: "A", ttl: 300 }, live: { ttl: 7_200 } })).toBe(300));

  test("what the change makes of it is not what resolvers have", () =>
    expect(ttl({ base: { id: "A", ttl: 7_200 }, proposed: { id: "B", ttl: 300 } })).toBe(7_200));

  test("of two records the longer", () => {
    const inspection = inspectionOf({ base: { records: ["v=STSv1; id=A", "v=STSv1; id=B"], ttl: 300 } });
    const { stsRecords } = inspection.proposal.base;
    if (stsRecords.kind !== "said") throw new Error("the scene says the records");
    const [one, other] = stsRecords.value;
    const value = [
      { ...one, ttl: 300 },
      { ...other, ttl: 900 },
    ] as typeof stsRecords.value;
    const base = { ...inspection.proposal.base, stsRecords: { kind: "said", value } as const };
    expect(knownTtl({ ...inspection, proposal: { ...inspection.proposal, base } })).toBe(900);
  });

  test("what is left of it at a recursive resolver says nothing below a day", () =>
    expect(ttl({ live: { ttl: 300 } })).toBe(86_400));

  test("and more than a day is at least that", () => expect(ttl({ live: { ttl: 172_800 } })).toBe(172_800));

  test("the zone's own servers say it", () => expect(ttl({ live: { ttl: 300, serversDiffer: [] } })).toBe(300));

  test.each<[string, Scene]>([
    ["there is none", { live: { records: "none" } }],
    ["it was not seen", { live: { records: "unseen" } }],
    ["the files say that there is none", { base: { records: [] }, live: { records: "none" } }],
  ])("a day where %s", (_, scene) => expect(ttl(scene)).toBe(86_400));
});

describe("how long resolvers keep the MX records", () => {
  test("the files say it", () => expect(mxTtl({ base: { mx: ["mx1"] } })).toBe(3_600));
  test("a recursive resolver does not", () => expect(mxTtl({})).toBe(86_400));
  test("nor of a null MX", () => expect(mxTtl({ live: { mx: "null" } })).toBe(86_400));
  test.each(["none", "unseen"] as const)("a day where it is %s", (mx) => expect(mxTtl({ live: { mx } })).toBe(86_400));

  test("the zone's own servers do", () => {
    const { evidence, proposal } = inspectionOf({});
    if (evidence.mx.kind !== "observed" || evidence.mx.value.kind !== "records") throw new Error("the scene has MX");
    const value = { ...evidence.mx.value, ttl: 600, ttlFrom: "authoritative" as const };
    expect(knownMxTtl({ proposal, evidence: { ...evidence, mx: { kind: "observed", value } } })).toBe(600);
  });
});
