import { expect, test } from "vitest";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "../scene.ts";

const RULE = "policy-mx-unused";

test.each<[string, Scene, string]>([
  ["all used", { proposed: { policy: "enforce 86400 mx1" } }, "passed"],
  ["used by a proposed host", { proposed: { policy: "enforce 86400 mx1 mx2", mx: ["mx1", "mx2"] } }, "passed"],
  ["used by a host on its way out", { proposed: { policy: "enforce 86400 mx1 mx2", mx: ["mx2"] } }, "passed"],
  ["a wildcard that covers one", { proposed: { policy: "enforce 86400 *.example.com" } }, "passed"],
  ["used by nobody", { proposed: { policy: "testing 86400 mx1 mx9" } }, "failed:notice"],
  ["a wildcard for nobody", { proposed: { policy: "enforce 86400 mx1 *.mx1.example.com" } }, "failed:notice"],
  ["an address", { proposed: { policy: "enforce 86400 mx1 192.0.2.25" } }, "failed:warning"],
  ["none", { proposed: { policy: "none 86400 mx9" } }, "not-applicable"],
  ["MX not seen", { proposed: { policy: "enforce 86400 mx1" }, live: { mx: "unseen" } }, "unknown"],
  [
    "MX not seen, an address",
    { proposed: { policy: "enforce 86400 192.0.2.25" }, live: { mx: "unseen" } },
    "failed:warning",
  ],
])("%s", (_, scene, word) => expect(wordOf(outcomeOf(judgeScene(scene), RULE))).toBe(word));

test("one finding for a pattern written twice, at its line", () => {
  const policy =
    "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmx: MX9.example.com\nmx: mx9.example.com\nmax_age: 86400\n";
  const findings = findingsOf(judgeScene({ proposed: { policy } }), RULE);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    location: { kind: "file", span: { startLine: 5 } },
    facts: { pattern: "mx9.example.com" },
  });
});

test.each<[string, Scene, boolean]>([
  [
    "there and unused before",
    { base: { policy: "enforce 86400 mx1 mx9" }, proposed: { policy: "testing 86400 mx1 mx9" } },
    true,
  ],
  ["new", { base: { policy: "enforce 86400 mx1" }, proposed: { policy: "enforce 86400 mx1 mx9" } }, false],
  ["deployed, not spoken of", { proposed: { id: "B" }, live: { policy: "enforce 86400 mx1 mx9" } }, true],
])("already so: %s", (_, scene, already) =>
  expect(findingsOf(judgeScene(scene), RULE)[0]?.alreadySo ?? false).toBe(already),
);
