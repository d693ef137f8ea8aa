import { describe, expect, test } from "vitest";
import {
  announcesAnew,
  differsFromDeployed,
  isInterrupted,
  levelUnder,
  narrows,
  policyChanges,
} from "../../src/judge/inspection.ts";
import type { PolicyView } from "../../src/judge/policy-view.ts";
import { inspectionOf, type Scene, type SceneLive, type SceneSide } from "./scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const WIDER = "enforce 604800 mx1 mx2";

const word = (view: PolicyView | undefined): string =>
  view?.kind === "valid" ? view.policy.mode : (view?.kind ?? "unsaid");

describe("the sides of the policy: proposed, base, deployed, and what senders hold before", () => {
  test.each<[string, Scene, sides: string]>([
    [
      "all said",
      { base: { policy: T }, proposed: { policy: E }, live: { policy: T } },
      "enforce testing testing testing",
    ],
    ["nothing said: as deployed", { live: { policy: E } }, "enforce unsaid enforce enforce"],
    [
      "not seen: base's counts",
      { base: { policy: T }, proposed: { policy: E }, live: { policy: "unseen" } },
      "enforce testing unknown testing",
    ],
    ["nothing said and nothing seen", { live: { policy: "unseen" } }, "unknown unsaid unknown unsaid"],
    ["no record: nobody has it", { live: { policy: E, records: "none" } }, "absent unsaid absent absent"],
    ["the record was not seen", { live: { policy: E, records: "unseen" } }, "enforce unsaid unknown enforce"],
    [
      "the merge brings the record of what is served",
      { base: { records: [] }, proposed: { id: "A" }, live: { policy: E, records: "none" } },
      "enforce unsaid absent absent",
    ],
    [
      "base has it already, and it is on its way",
      { base: { id: "A" }, proposed: { id: "A" }, live: { policy: E, records: "none" } },
      "absent unsaid absent absent",
    ],
    [
      "removed",
      { base: { policy: E }, proposed: { policy: null }, live: { policy: E } },
      "absent enforce enforce enforce",
    ],
  ])("%s", (_, scene, sides) => {
    const { policy, before } = inspectionOf(scene);
    expect([policy.proposed, policy.base, policy.deployed, before].map(word).join(" ")).toBe(sides);
  });
});

describe("turnsOn: whether senders enforce after the merge that do not now", () => {
  test.each<[string, SceneSide, SceneSide, SceneLive, string]>([
    ["testing to enforce", { policy: T }, { policy: E }, { policy: T }, "yes"],
    ["nothing to enforce", {}, { policy: E }, { policy: "none", records: "none" }, "yes"],
    ["enforce is deployed", { policy: T }, { policy: E }, { policy: E }, "no"],
    ["enforce to testing", { policy: E }, { policy: T }, { policy: E }, "no"],
    ["base enforces, and testing is deployed", { policy: E }, { policy: WIDER }, { policy: T }, "yes"],
    ["not seen, from testing", { policy: T }, { policy: E }, { policy: "unseen" }, "yes"],
    [
      "not seen, widened: base may never have arrived",
      { policy: E },
      { policy: WIDER },
      { policy: "unseen" },
      "unknown",
    ],
    ["not seen, narrowed", { policy: WIDER }, { policy: E }, { policy: "unseen" }, "unknown"],
    ["not seen, and base says nothing", {}, { policy: E }, { policy: "unseen" }, "unknown"],
    [
      "record not seen, widened",
      { policy: E, id: "A" },
      { policy: WIDER, id: "B" },
      { policy: E, records: "unseen" },
      "unknown",
    ],
    ["the record announces what is served", { records: [] }, { id: "A" }, { policy: E, records: "none" }, "yes"],
    ["it may be announced already", { records: [] }, { id: "A" }, { policy: E, records: "unseen" }, "unknown"],
    [
      "only MX is said, and the record was not seen",
      { mx: ["mx1"] },
      { mx: ["mx1"] },
      { policy: E, records: "unseen" },
      "no",
    ],
  ])("%s", (_, base, proposed, live, expected) => {
    expect(inspectionOf({ base, proposed, live }).turnsOn).toBe(expected);
  });
});

test.each<[string, SceneSide, SceneSide, SceneLive, boolean]>([
  ["a first record", { records: [] }, { id: "A" }, { records: "none" }, true],
  ["base was not said, and none is live", {}, { id: "A" }, { records: "none" }, true],
  ["none is known to be live", {}, { id: "A" }, { records: "unseen" }, true],
  ["one is live", { records: [] }, { id: "A" }, {}, false],
  ["base has one", { id: "A" }, { id: "B" }, { records: "none" }, false],
  ["it is not said", {}, {}, { records: "none" }, false],
  ["it is removed", { id: "A" }, { records: [] }, {}, false],
])("announcesAnew: %s: %s", (_, base, proposed, live, expected) => {
  expect(announcesAnew(inspectionOf({ base, proposed, live }).record)).toBe(expected);
});

test.each<[string, SceneSide, SceneSide, SceneLive, boolean]>([
  ["the mode", { policy: T }, { policy: E }, {}, true],
  ["max_age", { policy: E }, { policy: "enforce 86400 mx1" }, {}, true],
  ["a pattern", { policy: E }, { policy: WIDER }, {}, true],
  ["nothing", { policy: E }, { policy: E }, {}, false],
  ["the order alone", { policy: WIDER }, { policy: "enforce 604800 mx2 mx1" }, {}, false],
  [
    "case alone",
    { policy: E },
    { policy: "version: STSv1\nmode: enforce\nmx: MX1.example.com\nmax_age: 604800\n" },
    {},
    false,
  ],
  ["a first policy", { policy: null }, { policy: E }, {}, true],
  ["its removal", { policy: E }, { policy: null }, {}, true],
  ["none before and none after", { policy: null }, { policy: null }, {}, false],
  ["the repair of a broken one", { policy: "mode: enforce\n" }, { policy: E }, {}, true],
  ["against what is deployed, where base says nothing", {}, { policy: E }, { policy: E }, false],
  ["the same, and another is deployed", {}, { policy: E }, { policy: T }, true],
  ["it is not said", {}, {}, { policy: E }, false],
])("policyChanges: %s: %s", (_, base, proposed, live, expected) => {
  expect(policyChanges(inspectionOf({ base, proposed, live }))).toBe(expected);
});

test.each<[string, SceneLive, boolean | undefined]>([
  ["the same", { policy: "enforce 604800 mx1" }, false],
  ["another", { policy: T }, true],
  ["none", { policy: "none" }, true],
  ["not seen", { policy: "unseen" }, undefined],
])("differsFromDeployed: %s", (_, live, expected) => {
  expect(differsFromDeployed(inspectionOf({ proposed: { policy: E }, live }))).toBe(expected);
});

test.each<[string, SceneLive, after: string | null, boolean]>([
  ["a pattern goes", { policy: WIDER }, E, true],
  ["a pattern comes", { policy: E }, WIDER, false],
  ["the order", { policy: WIDER }, "enforce 604800 mx2 mx1", false],
  ["a wildcard that covers it takes the place of a name", { policy: E }, "enforce 604800 *.example.com", false],
  ["a wildcard that does not", { policy: E }, "enforce 604800 *.example.net", true],
  ["a name takes the place of a wildcard", { policy: "enforce 604800 *.example.com" }, E, true],
  ["there was none", { policy: "none" }, E, true],
  ["there is none after", { policy: E }, null, false],
])("narrows: %s", (_, live, after, expected) => {
  expect(narrows(inspectionOf({ proposed: { policy: after }, live }))).toBe(expected);
});

test.each<[string, Scene, boolean]>([
  [
    "base enforces and the policy host answers 404",
    { base: { policy: E }, proposed: { policy: WIDER }, live: { policy: "none" } },
    true,
  ],
  ["it serves no policy", { base: { policy: E }, proposed: { policy: WIDER }, live: { policy: "hello\n" } }, true],
  ["it serves another", { base: { policy: E }, proposed: { policy: WIDER }, live: { policy: T } }, false],
  ["it was not seen", { base: { policy: E }, proposed: { policy: WIDER }, live: { policy: "unseen" } }, false],
  ["base tests", { base: { policy: T }, proposed: { policy: E }, live: { policy: "none" } }, false],
  [
    "no record tells of it",
    { base: { policy: E }, proposed: { policy: WIDER }, live: { policy: "none", records: "none" } },
    false,
  ],
])("isInterrupted: %s: %s", (_, scene, expected) => {
  expect(isInterrupted(inspectionOf(scene))).toBe(expected);
});

test.each([
  [E, "error"],
  [T, "warning"],
  ["none 86400 mx1", "warning"],
])("levelUnder %s: %s", (policy, level) => {
  expect(levelUnder(inspectionOf({ proposed: { policy } }))).toBe(level);
});
