import { describe, expect, test } from "vitest";
import { hasWrongPair, wrongPairs } from "../../src/judge/wrong-pairs.ts";
import { caseOf, inspectionOf, type Scene } from "./scene.ts";

const OLD = "testing 604800 mx1";
const NEW = "enforce 604800 mx1";
const PAIR = { at: "2026-11-24T11:00:00Z", id: "B", policy: OLD };

describe("an id was live while another policy was served", () => {
  test.each<[string, Scene, number]>([
    ["the repository's id", { verify: { policy: NEW, id: "B" }, memory: [PAIR] }, 1],
    ["its own policy", { verify: { policy: NEW, id: "B" }, memory: [{ ...PAIR, policy: NEW }] }, 0],
    ["another id", { verify: { policy: NEW, id: "C" }, memory: [PAIR] }, 0],
    [
      "the repository says no id, and none was seen",
      { verify: { policy: NEW }, memory: [{ at: PAIR.at, policy: OLD }] },
      0,
    ],
    ["the repository says no policy", { verify: { id: "B" }, memory: [PAIR] }, 0],
  ])("%s", (_, scene, count) => {
    expect(wrongPairs(inspectionOf(scene))).toHaveLength(count);
    const { proposal, memory } = caseOf(scene);
    expect(hasWrongPair(proposal, memory ?? [])).toBe(count > 0);
  });
});
