import { expect, test } from "vitest";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "../scene.ts";

const RULE = "policy-max-age-long";
const testing = { base: { policy: "testing 604800 mx1" }, live: { policy: "testing 604800 mx1" } };
const enforced = (seconds: number): Scene => ({
  base: { policy: `enforce ${seconds} mx1` },
  live: { policy: `enforce ${seconds} mx1` },
});

test.each<[string, Scene, string]>([
  ["first enforce, a week", { ...testing, proposed: { policy: "enforce 604800 mx1" } }, "passed"],
  ["first enforce, a second more", { ...testing, proposed: { policy: "enforce 604801 mx1" } }, "failed:warning"],
  ["enforced before, two weeks", { ...enforced(604_800), proposed: { policy: "enforce 1209600 mx1" } }, "passed"],
  ["raised to 31 days", { ...enforced(604_800), proposed: { policy: "enforce 2678400 mx1" } }, "passed"],
  ["raised above", { ...enforced(604_800), proposed: { policy: "enforce 2678401 mx1" } }, "failed:warning"],
  ["above and unchanged", { ...enforced(31_536_000), proposed: { policy: "enforce 31536000 mx1 mx2" } }, "passed"],
  ["above and lowered", { ...enforced(31_536_000), proposed: { policy: "enforce 2764800 mx1" } }, "passed"],
  ["testing", { ...testing, proposed: { policy: "testing 31536000 mx1" } }, "not-applicable"],
  ["not spoken of", { ...enforced(31_536_000), base: {}, proposed: { id: "B" } }, "not-applicable"],
  ["nothing seen", { live: { policy: "unseen" }, proposed: { policy: "enforce 2419200 mx1" } }, "unknown"],
])("%s", (_, scene, word) => expect(wordOf(outcomeOf(judgeScene(scene), RULE))).toBe(word));

test("points at max_age", () => {
  const [finding] = findingsOf(judgeScene({ ...testing, proposed: { policy: "enforce 2419200 mx1" } }), RULE);
  expect(finding).toMatchObject({ location: { kind: "file", span: { startLine: 4 } }, facts: { maxAge: 2_419_200 } });
  expect(finding?.message).toContain("28 days");
});
