import { describe, expect, test } from "vitest";
import { findingsOf, judgeScene, type Scene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const OLD = { at: "2026-03-01T00:00:00.000Z", policy: "enforce 604800 mx9", id: "A" };
const SEEN = { at: "2026-09-01T00:00:00Z", policy: "enforce 604800 mx9", id: "A" };
const OCTOBER = "2026-10-01T00:00:00Z";
const NOW = { at: "2026-06-01T00:00:00.000Z", policy: T, id: "B" };
const base = { policy: T, id: "B" };
const live = { policy: T, id: "B" };

judgesAs("record-id-reused", [
  [
    "the id named another policy",
    { base, proposed: { policy: E, id: "A" }, history: [NOW, OLD], live },
    "failed:error",
    5,
  ],
  ["only the id goes back", { base, proposed: { policy: T, id: "A" }, history: [NOW, OLD], live }, "failed:error", 5],
  [
    "a revert restores the pair",
    { base, proposed: { policy: "enforce 604800 MX9", id: "A" }, history: [NOW, OLD], live },
    "passed",
  ],
  [
    "the restored pair, and the id named something else as well",
    { base, proposed: { policy: E, id: "A" }, history: [NOW, { ...OLD, policy: E }, OLD], live },
    "failed:error",
    5,
  ],
  [
    "merged before, and untouched",
    { base, proposed: { ...base, mx: ["mx1"] }, touched: ["mx"], history: [NOW, OLD, { ...OLD, id: "B" }], live },
    "failed:warning",
    5,
  ],
  ["the id stays base's: another rule", { base, proposed: { policy: E, id: "B" }, history: [NOW], live }, "passed"],
  ["a new id", { base, proposed: { policy: E, id: "C" }, history: [NOW, OLD], live }, "passed"],
  [
    "a shallow clone: said, and not needed",
    { base, proposed: { policy: E, id: "C" }, history: [NOW], historyLacks: "fetch-depth: 0 reads it", live },
    "unknown",
  ],
  [
    "a shallow clone proves what it has",
    { base, proposed: { policy: E, id: "A" }, history: [NOW, OLD], historyLacks: "fetch-depth: 0 reads it", live },
    "failed:error",
    5,
  ],
  [
    "states without an id, a policy or a readable policy pair nothing",
    {
      base,
      proposed: { policy: E, id: "A" },
      history: [
        NOW,
        { at: OLD.at, id: "A" },
        { ...OLD, policy: null },
        { ...OLD, policy: "nonsense" },
        { ...OLD, id: null },
      ],
      live,
    },
    "passed",
  ],
  [
    "an earlier run saw the id with another policy",
    { base, proposed: { policy: E, id: "A" }, memory: [SEEN], live },
    "failed:error",
    5,
  ],
  [
    "it saw the pair that is restored",
    { base, proposed: { policy: SEEN.policy, id: "A" }, memory: [SEEN], live },
    "passed",
  ],
  [
    "seen, and the clone is shallow",
    { base, proposed: { policy: E, id: "A" }, memory: [SEEN], historyLacks: "fetch-depth: 0 reads it", live },
    "failed:error",
    5,
  ],
  [
    "seen under base's id, and another one was seen since",
    {
      base,
      proposed: { ...base, ttl: 60 },
      memory: [
        { ...SEEN, id: "B" },
        { at: OCTOBER, id: "C" },
      ],
      live,
    },
    "failed:warning",
    5,
  ],
  [
    "live by hand before the merge, and what is merged is live as well",
    { base, proposed: { policy: E, id: "A" }, memory: [SEEN], live: { policy: E, id: "A" } },
    "failed:warning",
    5,
  ],
  [
    "live by hand with another policy: another rule",
    { base, proposed: { policy: E, id: "A" }, memory: [SEEN], live: { policy: T, id: "A" } },
    "passed",
  ],
  [
    "the addresses did not serve the same policy",
    { base, proposed: { policy: E, id: "A" }, memory: [{ ...SEEN, second: "enforce 604800 mx8" }], live },
    "passed",
  ],
  [
    "a second address served it with other white space",
    { base, proposed: { policy: E, id: "A" }, memory: [{ ...SEEN, second: "enforce 604800 MX9" }], live },
    "failed:error",
    5,
  ],
  [
    "the policy was seen a quarter of an hour after the id",
    {
      base,
      proposed: { policy: E, id: "A" },
      memory: [
        { at: "2026-09-01T00:00:00Z", id: "A" },
        { at: "2026-09-01T00:15:00Z", policy: SEEN.policy },
      ],
      live,
    },
    "passed",
  ],
  [
    "of two policies that were seen, the one beside the id",
    {
      base,
      proposed: { policy: E, id: "A" },
      memory: [
        { at: "2026-09-01T00:00:00Z", policy: SEEN.policy },
        { at: "2026-09-01T00:05:00Z", policy: E },
        { at: "2026-09-01T00:04:50Z", id: "A" },
      ],
      live,
    },
    "passed",
  ],
  [
    "and where that one means something else",
    {
      base,
      proposed: { policy: E, id: "A" },
      memory: [
        { at: "2026-09-01T00:00:00Z", policy: E },
        { at: "2026-09-01T00:05:00Z", policy: SEEN.policy },
        { at: "2026-09-01T00:04:50Z", id: "A" },
      ],
      live,
    },
    "failed:error",
    5,
  ],
  [
    "neither a record nor a policy that is none pairs anything",
    {
      base,
      proposed: { policy: E, id: "A" },
      memory: [
        { ...SEEN, records: ["v=STSv1; id=a-b"] },
        { at: OCTOBER, id: "A", policy: "nonsense" },
      ],
      live,
    },
    "passed",
  ],
  [
    "the policy is kept elsewhere",
    { base: { id: "B" }, proposed: { id: "A" }, history: [NOW, OLD], live },
    "not-applicable",
  ],
]);

describe("the suggested id", () => {
  const suggested = (scene: Scene) => judgeScene({ at: "2026-11-24T12:00:00.000Z", live, ...scene }).suggestedId;
  // printf 'version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 604800\n' | sha256sum
  const HASH = "35dd6b2383572833a108a2445030cda3";
  const MD5_OF_T = "43012aaac5912a1a602b01f8e2d067da";

  test.each<[string, Scene, string | null]>([
    ["is the time", { base, proposed: { policy: E, id: "B" } }, "20261124T120000Z"],
    [
      "is new where the time is in use",
      { base, proposed: { policy: E, id: "B" }, history: [{ ...OLD, id: "20261124T120000Z" }] },
      "20261124T120000Z1",
    ],
    [
      "is new where the time was seen as an id",
      { base, proposed: { policy: E, id: "B" }, memory: [{ at: OCTOBER, id: "20261124T120000Z" }] },
      "20261124T120000Z1",
    ],
    [
      "is there where only the id goes back",
      { base, proposed: { policy: T, id: "A" }, history: [NOW, OLD] },
      "20261124T120000Z",
    ],
    [
      "is the hash of the policy where the record is external",
      { base: { policy: T }, proposed: { policy: E }, external: true },
      HASH,
    ],
    [
      "is a hash where base's id is one",
      { base: { policy: T, id: MD5_OF_T }, proposed: { policy: E, id: MD5_OF_T } },
      HASH,
    ],
    [
      "is a hash where an earlier id was one",
      { base, proposed: { policy: E, id: "B" }, history: [NOW, { ...NOW, id: MD5_OF_T }] },
      HASH,
    ],
    [
      "is no hash that another policy had",
      { base: { policy: T }, proposed: { policy: E }, external: true, history: [{ ...OLD, id: HASH }] },
      "20261124T120000Z",
    ],
    [
      "is the hash again where a revert restores the pair",
      { base: { policy: T }, proposed: { policy: E }, external: true, history: [{ ...NOW, policy: E, id: HASH }] },
      HASH,
    ],
    ["is none where nothing changes", { base, proposed: base }, null],
  ])("%s", (_, scene, wanted) => expect(suggested(scene)).toBe(wanted));

  test("is what the finding's message is about", () => {
    const [finding] = findingsOf(
      judgeScene({ base, proposed: { policy: E, id: "A" }, history: [NOW, OLD], live }),
      "record-id-reused",
    );
    expect(finding?.message).toContain("since 2026-03-01");
  });

  test("and what was seen has a day", () => {
    const scene = { base, proposed: { policy: E, id: "A" }, memory: [SEEN], live };
    expect(findingsOf(judgeScene(scene), "record-id-reused")[0]?.message).toContain("on 2026-09-01");
  });
});
