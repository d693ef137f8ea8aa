import { expect, test } from "vitest";
import { suffixOf } from "../../../src/judge/public-suffix.ts";
import { type DomainName, domainName } from "../../../src/protocol/domain-name.ts";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "../scene.ts";

const RULE = "policy-mx-broad";

test.each([
  ["com", "public"],
  ["co.uk", "public"],
  ["github.io", "shared"],
  ["mail.protection.outlook.com", "shared"],
  ["mx.microsoft", "shared"],
  ["h-v1.mx.microsoft", "shared"],
  ["example.com", undefined],
  ["example.co.uk", undefined],
  ["l.google.com", undefined],
  ["internal", undefined],
])("%s is %s", (name, suffix) => expect(suffixOf(domainName(name) as DomainName)).toBe(suffix));

test.each<[string, Scene, string]>([
  ["a domain of one's own", { proposed: { policy: "enforce 86400 *.example.com" } }, "passed"],
  ["a public suffix", { proposed: { policy: "enforce 86400 *.co.uk" } }, "failed:warning"],
  ["a provider's", { proposed: { policy: "enforce 86400 *.mail.protection.outlook.com" } }, "failed:notice"],
  ["a name and no wildcard", { proposed: { policy: "enforce 86400 mail.protection.outlook.com" } }, "passed"],
  ["no policy", { base: { policy: "none 86400 mx1" }, proposed: { policy: null } }, "not-applicable"],
])("%s", (_, scene, word) => expect(wordOf(outcomeOf(judgeScene(scene), RULE))).toBe(word));

test("points at the line", () => {
  const [finding] = findingsOf(judgeScene({ proposed: { policy: "enforce 86400 mx1 *.COM" } }), RULE);
  expect(finding).toMatchObject({
    location: { kind: "file", span: { startLine: 4 } },
    facts: { pattern: "*.com", suffix: "public" },
  });
});

test.each<[string, Scene, boolean]>([
  ["in base", { base: { policy: "testing 86400 *.com" }, proposed: { policy: "enforce 86400 *.com" } }, true],
  ["new", { base: { policy: "testing 86400 mx1" }, proposed: { policy: "testing 86400 *.com" } }, false],
])("already so: %s", (_, scene, already) =>
  expect(findingsOf(judgeScene(scene), RULE)[0]?.alreadySo ?? false).toBe(already),
);
