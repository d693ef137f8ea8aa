import { expect, test } from "vitest";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "../scene.ts";

const RULE = "policy-max-age-short";

test.each<[string, Scene, string]>([
  ["a day", { proposed: { policy: "enforce 86400 mx1" } }, "passed"],
  ["a second less", { proposed: { policy: "enforce 86399 mx1" } }, "failed:warning"],
  ["testing", { proposed: { policy: "testing 600 mx1" } }, "not-applicable"],
  ["none", { proposed: { policy: "none 600 mx1" } }, "not-applicable"],
  ["deployed only", { proposed: { id: "B" }, live: { policy: "enforce 3600 mx1" } }, "failed:warning"],
])("%s", (_, scene, word) => expect(wordOf(outcomeOf(judgeScene(scene), RULE))).toBe(word));

test("points at max_age and says how long", () => {
  const [finding] = findingsOf(judgeScene({ proposed: { policy: "enforce 7200 mx1" } }), RULE);
  expect(finding).toMatchObject({ location: { kind: "file", span: { startLine: 4 } }, facts: { maxAge: 7200 } });
  expect(finding?.message).toContain("2 hours");
});

test.each<[string, Scene, boolean]>([
  ["unchanged", { base: { policy: "enforce 600 mx1" }, proposed: { policy: "enforce 600 mx1 mx2" } }, true],
  ["lowered", { base: { policy: "enforce 86400 mx1" }, proposed: { policy: "enforce 600 mx1" } }, false],
  ["turned on", { base: { policy: "testing 600 mx1" }, proposed: { policy: "enforce 600 mx1" } }, false],
  ["not spoken of", { proposed: { id: "B" }, live: { policy: "enforce 600 mx1" } }, true],
])("already so: %s", (_, scene, already) =>
  expect(findingsOf(judgeScene(scene), RULE)[0]?.alreadySo ?? false).toBe(already),
);
