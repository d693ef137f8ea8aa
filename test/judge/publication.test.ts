import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { publication } from "../../src/judge/publication.ts";
import { AT, inspectionOf, policyText, type Scene } from "./scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const STAMP = "20261124T120000Z";
const hash = (short: string): string => createHash("sha256").update(policyText(short)).digest("hex");

describe("whether an id is suggested, and a record", () => {
  test.each<[string, Scene, "nothing" | "id" | "record"]>([
    ["policy alone, changed", { base: { policy: T }, proposed: { policy: E } }, "record"],
    ["policy alone, first", { proposed: { policy: T }, live: { records: "none", policy: "none" } }, "record"],
    [
      "policy alone, the same and deployed",
      { base: { policy: T }, proposed: { policy: T }, live: { policy: T } },
      "nothing",
    ],
    [
      "policy alone, the same and not deployed",
      { base: { policy: E }, proposed: { policy: E }, live: { policy: T } },
      "record",
    ],
    ["the next id is said", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "nothing"],
    ["the id is base's", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "A" }, live: { id: "Z" } }, "id"],
    [
      "the id is the live one",
      { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { id: "B" } },
      "id",
    ],
    ["the record is said and broken", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "not-an-id" } }, "id"],
    ["the record is said and gone", { base: { policy: T, id: "A" }, proposed: { policy: E, records: [] } }, "id"],
    ["no policy any more", { base: { policy: T, id: "A" }, proposed: { policy: null, id: "A" } }, "nothing"],
    ["a file that is no policy", { base: { policy: T }, proposed: { policy: "mode: enforce\n" } }, "nothing"],
    ["policy not said", { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] } }, "nothing"],
  ])("%s: %s", (_, scene, expected) => {
    const { suggestedId, record } = publication(inspectionOf(scene));
    expect(suggestedId).toBe(expected === "nothing" ? null : STAMP);
    expect(record).toBe(expected === "record" ? `_mta-sts.example.com. IN TXT "v=STSv1; id=${STAMP}"` : null);
  });
});

describe("the id", () => {
  const suggested = (scene: Scene): string | null =>
    publication(inspectionOf({ base: { policy: T }, proposed: { policy: E }, at: AT, ...scene })).suggestedId;

  test("is the time, and unlike every id that is in use", () => {
    expect(suggested({ at: "2027-01-02T03:04:05Z" })).toBe("20270102T030405Z");
    expect(suggested({ live: { id: STAMP } })).toBe(`${STAMP}1`);
    expect(suggested({ live: { id: STAMP }, history: [{ at: AT, id: `${STAMP}1` }] })).toBe(`${STAMP}2`);
    expect(suggested({ live: { id: STAMP }, history: [{ at: AT, id: null }, { at: AT }] })).toBe(`${STAMP}1`);
  });

  test("is a hash of the policy where the config says external, or where ids are hashes", () => {
    expect(suggested({ external: true })).toBe(hash(E).slice(0, 32));
    const was = { policy: T, id: hash(T).slice(0, 12) };
    expect(suggested({ base: was, proposed: { policy: E, id: was.id } })).toBe(hash(E).slice(0, 32));
    expect(suggested({ history: [{ at: AT, policy: T, id: hash(T).slice(0, 20) }] })).toBe(hash(E).slice(0, 32));
    expect(suggested({ history: [{ at: AT, policy: T, id: hash(T).slice(0, 7) }] })).toBe(STAMP);
    expect(suggested({ history: [{ at: AT, policy: T, id: hash(E).slice(0, 20) }] })).toBe(STAMP);
  });

  test("is no hash that is in use, or that once named something else", () => {
    const id = hash(E).slice(0, 32);
    expect(suggested({ external: true, live: { id } })).toBe(STAMP);
    expect(suggested({ external: true, history: [{ at: AT, policy: T, id }] })).toBe(STAMP);
    expect(suggested({ external: true, history: [{ at: AT, policy: E, id }] })).toBe(id);
  });

  test("is 1 to 32 letters and digits (RFC 8461 §3.1)", () => {
    for (const id of [suggested({}), suggested({ external: true })]) expect(id).toMatch(/^[A-Za-z0-9]{1,32}$/);
  });
});
