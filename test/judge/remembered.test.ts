import { describe, expect, test } from "vitest";
import { instant } from "../../src/judge/held-policy.ts";
import { rememberedPolicies } from "../../src/judge/remembered.ts";
import { inspectionOf, type Scene, type SceneSight } from "./scene.ts";

const E = "enforce 604800 mx1";
const T = "testing 604800 mx1";

/** What earlier runs saw, of a domain that is testing now, id `Z`, TTL one hour; now is 2026-11-24T12:00:00Z. */
function remembered(memory: readonly SceneSight[], more: Scene = {}): readonly string[] {
  const side = { policy: T, id: "Z" };
  const scene: Scene = { base: side, proposed: side, live: { policy: T, id: "Z" }, memory, ...more };
  const { policy, ...inspection } = inspectionOf(scene);
  const ground = { ...inspection, now: Date.parse(inspection.asOf), deployed: policy.deployed };
  return rememberedPolicies(ground).map(({ id, from, lastServed, fast, slow, current }) => {
    expect(current).toBe(false);
    const served = `${instant(from)} to ${instant(lastServed ?? 0)}`;
    return `${id ?? "no id"}, ${served}: fast ${fast === null ? "never" : instant(fast)}, slow ${instant(slow)}`;
  });
}

const SEEN = { at: "2026-11-20T00:00:00Z", policy: E, id: "A" };
const REPLACED = { at: "2026-11-21T00:00:00Z", policy: T, id: "Z" };

describe("policies that earlier runs saw", () => {
  test.each<[string, readonly SceneSight[], Scene, readonly string[]]>([
    [
      "until another was seen, and the TTL after another id was",
      [SEEN, REPLACED],
      {},
      ["A, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-21T01:00:00Z, slow 2026-11-28T01:00:00Z"],
    ],
    [
      "nobody saw it replaced: until now it may have been served",
      [SEEN],
      {},
      ["A, 2026-11-20T00:00:00Z to 2026-11-24T12:00:00Z: fast 2026-11-24T13:00:00Z, slow 2026-12-01T13:00:00Z"],
    ],
    [
      "the same in other octets is not another",
      [
        SEEN,
        {
          ...SEEN,
          at: "2026-11-22T00:00:00Z",
          policy: `${"version: STSv1\r\nmax_age: 604800\r\nmode: enforce\r\n"}mx: mx1.example.com\r\n`,
        },
      ],
      {},
      [
        "A, 2026-11-20T00:00:00Z to 2026-11-24T12:00:00Z: fast 2026-11-24T13:00:00Z, slow 2026-12-01T13:00:00Z",
        "A, 2026-11-22T00:00:00Z to 2026-11-24T12:00:00Z: fast 2026-11-24T13:00:00Z, slow 2026-12-01T13:00:00Z",
      ],
    ],
    [
      "under the id that is live and stays: for ever",
      [{ ...SEEN, id: "Z" }, REPLACED],
      {},
      ["Z, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast never, slow 2026-11-28T01:00:00Z"],
    ],
    [
      "under the id that is live and changes with this: a deploy and the TTL",
      [{ ...SEEN, id: "Z" }, REPLACED],
      { proposed: { policy: T, id: "Y" } },
      ["Z, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-25T13:00:00Z, slow 2026-12-02T13:00:00Z"],
    ],
    [
      "under the id that is live and that base has left: a deploy and the TTL",
      [{ ...SEEN, id: "Z" }, REPLACED],
      { base: { policy: T, id: "Y" }, proposed: { policy: T, id: "Y" } },
      ["Z, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-25T13:00:00Z, slow 2026-12-02T13:00:00Z"],
    ],
    [
      "another address served another at the same time",
      [{ ...SEEN, second: T }, REPLACED],
      {},
      ["A, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-21T01:00:00Z, slow 2026-11-28T01:00:00Z"],
    ],
    [
      "two ids were seen at the same time",
      [
        SEEN,
        { ...REPLACED, policy: E, id: "A" },
        { at: REPLACED.at, id: "Z" },
        { at: "2026-11-22T00:00:00Z", id: "Z" },
      ],
      {},
      [
        "A, 2026-11-20T00:00:00Z to 2026-11-24T12:00:00Z: fast 2026-11-22T01:00:00Z, slow 2026-12-01T12:00:00Z",
        "Z, 2026-11-21T00:00:00Z to 2026-11-24T12:00:00Z: fast never, slow 2026-12-01T13:00:00Z",
      ],
    ],
    [
      "nothing can be fetched now: max_age",
      [SEEN, REPLACED],
      { live: { policy: "none", id: "Z" } },
      ["A, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-28T01:00:00Z, slow 2026-11-28T01:00:00Z"],
    ],
    [
      "an id that was seen ten minutes away is",
      [{ at: "2026-11-20T00:00:00Z", policy: E }, { at: "2026-11-20T00:10:00.000Z", id: "A" }, REPLACED],
      {},
      ["A, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-21T01:00:00Z, slow 2026-11-28T01:00:00Z"],
    ],
    [
      "and no longer",
      [{ at: "2026-11-20T00:00:00Z", policy: E }, { at: "2026-11-20T00:10:00.001Z", id: "A" }, REPLACED],
      {},
      ["no id, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-28T01:00:00Z, slow 2026-11-28T01:00:00Z"],
    ],
    [
      "an id that was seen an hour away is not that of the body",
      [{ at: "2026-11-20T00:00:00Z", policy: E }, { at: "2026-11-20T01:00:00Z", id: "A" }, REPLACED],
      {},
      ["no id, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-28T01:00:00Z, slow 2026-11-28T01:00:00Z"],
    ],
    [
      "its id was seen again later",
      [SEEN, REPLACED, { at: "2026-11-23T00:00:00Z", id: "A" }, { at: "2026-11-24T00:00:00Z", id: "Z" }],
      {},
      ["A, 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z: fast 2026-11-24T01:00:00Z, slow 2026-12-01T01:00:00Z"],
    ],
    ["testing is nothing that refuses", [{ ...SEEN, policy: T }], {}, []],
    ["what no sender takes for a policy", [{ ...SEEN, policy: "mode: enforce\n" }], {}, []],
    [
      "nobody was told of it: there was no record when it was seen",
      [{ at: "2026-11-20T00:00:00Z", policy: E, records: "none" }, REPLACED],
      {},
      [],
    ],
    ["there is no memory", [], {}, []],
  ])("%s", (_, memory, more, expected) => expect(remembered(memory, more)).toEqual(expected));
});
