import { describe, expect, test } from "vitest";
import { instant } from "../../src/judge/held-policy.ts";
import { knowsPastMx, leavingHosts, stayingHosts } from "../../src/judge/visible-mx.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const POLICY = "enforce 604800 mx1 mx2 mx3";
const leaving = (scene: Scene): readonly string[] =>
  leavingHosts(inspectionOf(scene)).map(
    ({ host, until, ttl }) => `${host.replace(".example.com", "")} until ${instant(until)}, TTL ${ttl}`,
  );

// Now is 2026-11-24T12:00:00Z, a deploy takes a day, and the files say a TTL of one hour.
const REMOVAL: Scene = {
  base: { mx: ["mx1", "mx2"] },
  proposed: { mx: ["mx1"] },
  live: { policy: POLICY, mx: ["mx1", "mx2"] },
};
const REST: Scene = { base: { mx: ["mx1"] }, proposed: { mx: ["mx1"] }, live: { policy: POLICY, mx: ["mx1"] } };
const left = (at: string, mxTtl?: number): NonNullable<Scene["history"]> => [
  { at, mx: ["mx1"], mxTtl: 3_600 },
  { at: "2026-01-01T00:00:00Z", mx: ["mx1", "mx3"], ...(mxTtl !== undefined && { mxTtl }) },
];

describe("MX hosts that senders may see after they are gone", () => {
  test.each<[string, Scene, readonly string[]]>([
    ["the change takes one away: a deploy and the TTL", REMOVAL, ["mx2 until 2026-11-25T13:00:00Z, TTL 3600"]],
    [
      "deploys take a quarter of an hour",
      {
        ...REMOVAL,
        settings: { rollout: { senders: undefined, maxAgeCeiling: undefined, deploy: undefined, deployLag: 900 } },
      },
      ["mx2 until 2026-11-24T13:15:00Z, TTL 3600"],
    ],
    [
      "the base branch took one away at midnight; its own TTL counts",
      { ...REST, history: left("2026-11-24T00:00:00Z", 7_200) },
      ["mx3 until 2026-11-25T02:00:00Z, TTL 7200"],
    ],
    [
      "its TTL is not told: that of the records now",
      { ...REST, history: left("2026-11-24T00:00:00Z") },
      ["mx3 until 2026-11-25T01:00:00Z, TTL 3600"],
    ],
    [
      "an earlier run saw that it was gone",
      { ...REST, history: left("2026-11-24T00:00:00Z", 7_200), memory: [{ at: "2026-11-24T11:00:00Z", mx: ["mx1"] }] },
      ["mx3 until 2026-11-24T13:00:00Z, TTL 7200"],
    ],
    [
      "an earlier run saw that it was still there",
      {
        ...REST,
        history: left("2026-11-24T00:00:00Z", 7_200),
        memory: [{ at: "2026-11-24T11:00:00Z", mx: ["mx1", "mx3"] }],
      },
      ["mx3 until 2026-11-25T02:00:00Z, TTL 7200"],
    ],
    ["it is long forgotten", { ...REST, history: left("2026-11-22T00:00:00Z", 7_200) }, []],
    [
      "it is there again",
      { ...REST, proposed: { mx: ["mx1", "mx3"] }, history: left("2026-11-24T00:00:00Z", 7_200) },
      [],
    ],
    [
      "only an earlier run knows of it, and that it was gone a quarter of an hour ago",
      {
        ...REST,
        memory: [
          { at: "2026-11-24T11:30:00Z", mx: ["mx1", "mx4"] },
          { at: "2026-11-24T11:45:00Z", mx: ["mx1"] },
        ],
      },
      ["mx4 until 2026-11-24T12:45:00Z, TTL 3600"],
    ],
    [
      "nobody saw it go: until now it may have been there",
      { ...REST, memory: [{ at: "2026-11-20T00:00:00Z", mx: ["mx1", "mx4"] }] },
      ["mx4 until 2026-11-24T13:00:00Z, TTL 3600"],
    ],
    [
      "what base says and what is live are two",
      { ...REST, live: { mx: ["mx5"] } },
      ["mx5 until 2026-11-25T13:00:00Z, TTL 3600"],
    ],
    ["only base has it", { ...REST, base: { mx: ["mx1", "mx6"] } }, ["mx6 until 2026-11-25T13:00:00Z, TTL 3600"]],
    [
      "resolvers forget it in this instant",
      {
        ...REST,
        memory: [
          { at: "2026-11-24T10:30:00Z", mx: ["mx1", "mx4"] },
          { at: "2026-11-24T11:00:00Z", mx: ["mx1"] },
        ],
      },
      [],
    ],
    [
      "it was not there in the beginning",
      {
        ...REST,
        history: [...left("2026-11-24T00:00:00Z", 7_200), { at: "2025-06-01T00:00:00Z", mx: ["mx1"] }],
      },
      ["mx3 until 2026-11-25T02:00:00Z, TTL 7200"],
    ],
    [
      "a state in between does not say the MX",
      { ...REST, history: left("2026-11-24T00:00:00Z", 7_200).toSpliced(1, 0, { at: "2026-11-23T00:00:00Z" }) },
      ["mx3 until 2026-11-25T02:00:00Z, TTL 7200"],
    ],
    [
      "an earlier run saw in the instant of the change that it was gone",
      { ...REST, history: left("2026-11-24T11:00:00Z", 7_200), memory: [{ at: "2026-11-24T11:00:00Z", mx: ["mx1"] }] },
      ["mx3 until 2026-11-24T13:00:00Z, TTL 7200"],
    ],
    [
      "two answers at once, one without it",
      {
        ...REST,
        memory: [
          { at: "2026-11-24T11:30:00Z", mx: ["mx1", "mx4"] },
          { at: "2026-11-24T11:30:00Z", mx: ["mx1"] },
          { at: "2026-11-24T11:45:00Z", mx: ["mx1"] },
        ],
      },
      ["mx4 until 2026-11-24T12:45:00Z, TTL 3600"],
    ],
    [
      "it came, and went again",
      {
        ...REST,
        memory: [
          { at: "2026-11-24T11:00:00Z", mx: ["mx1"] },
          { at: "2026-11-24T11:30:00Z", mx: ["mx1", "mx4"] },
          { at: "2026-11-24T11:45:00Z", mx: ["mx1", "mx4"] },
          { at: "2026-11-24T11:50:00Z", mx: ["mx1"] },
        ],
      },
      ["mx4 until 2026-11-24T12:50:00Z, TTL 3600"],
    ],
    [
      "history and memory give the same date: as the history has it",
      {
        ...REST,
        history: left("2026-11-24T10:40:00Z", 7_200),
        memory: [
          { at: "2026-11-24T10:00:00Z", mx: ["mx1", "mx3"] },
          { at: "2026-11-24T10:45:00Z", mx: ["mx1"] },
          { at: "2026-11-24T11:30:00Z", mx: ["mx1", "mx3"] },
          { at: "2026-11-24T11:45:00Z", mx: ["mx1"] },
        ],
      },
      ["mx3 until 2026-11-24T12:45:00Z, TTL 7200"],
    ],
    ["nothing goes", REST, []],
  ])("%s", (_, scene, expected) => expect(leaving(scene)).toEqual(expected));
});

describe("whether it is known what the MX set was as long ago as resolvers may remember", () => {
  const POLICY_ONLY: Scene = { base: { policy: POLICY }, proposed: { policy: "enforce 604800 mx1" } };
  const state = { at: "2026-11-23T10:00:00Z", mx: ["mx1"] };
  test.each<[string, Scene, boolean]>([
    ["the files say the MX, and the history is whole", REST, true],
    ["the history lacks something", { ...REST, historyLacks: "the clone is shallow" }, false],
    ["a state of before that time", { ...REST, history: [state], historyLacks: "the clone is shallow" }, true],
    [
      "all its states are younger",
      { ...REST, history: [{ ...state, at: "2026-11-23T12:00:00Z" }], historyLacks: "the clone is shallow" },
      false,
    ],
    ["the files do not say the MX", POLICY_ONLY, false],
    ["nor does the history", { ...POLICY_ONLY, history: [{ at: "2020-01-01T00:00:00Z", policy: POLICY }] }, false],
    // The resolver's TTL is a lower bound: a day is assumed, and a day for the deploy.
    [
      "an earlier run saw it three days ago",
      { ...POLICY_ONLY, memory: [{ at: "2026-11-21T12:00:00Z", mx: ["mx1"] }] },
      true,
    ],
    [
      "an earlier run saw it just then",
      { ...POLICY_ONLY, memory: [{ at: "2026-11-22T12:00:00Z", mx: ["mx1"] }] },
      true,
    ],
    [
      "an earlier run saw it a second later",
      { ...POLICY_ONLY, memory: [{ at: "2026-11-22T12:00:01Z", mx: ["mx1"] }] },
      false,
    ],
    [
      "an earlier run saw it yesterday",
      { ...POLICY_ONLY, memory: [{ at: "2026-11-23T12:00:00Z", mx: ["mx1"] }] },
      false,
    ],
  ])("%s", (_, scene, known) => expect(knowsPastMx(inspectionOf(scene))).toBe(known));
});

test("hosts that stay were there before", () => {
  const scene: Scene = { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2", "mx3"] }, live: { mx: ["mx1", "mx3"] } };
  expect(stayingHosts(inspectionOf(scene))).toEqual(["mx1.example.com", "mx3.example.com"]);
});
