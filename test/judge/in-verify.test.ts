import { describe, expect, test } from "vitest";
import type { InVerify } from "../../src/judge/in-verify.ts";
import { rules } from "../../src/judge/rules.ts";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "./scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

/** SPEC §5: what each rule is where nothing changes. A new rule is not judged until it says so here. */
const EXPECTED: Readonly<Record<string, InVerify | "as it is">> = {
  "policy-syntax": "error",
  "policy-fragile": "as it is",
  "policy-max-age-short": "as it is",
  "policy-max-age-long": "not-applicable",
  "policy-mx-unused": "as it is",
  "policy-mx-broad": "as it is",
  // What is served where it lies is seen: an error comes of what is not served, and not of where the file is.
  "policy-path-unserved": "as it is",
  "record-syntax": "error",
  "record-multiple": "error",
  "record-missing": "error-under-enforce",
  "record-id-unchanged": "error",
  "record-id-reused": "error",
  "record-id-unneeded": "not-applicable",
  "record-id-unknown": "not-applicable",
  "record-fragile": "as it is",
  "record-delegation": "as it is",
  "record-ttl-long": "as it is",
  "record-unreadable": "as it is",
  "record-servers-differ": "error",
  "fetch-failed": "error-under-enforce",
  "fetch-redirected": "error-under-enforce",
  "fetch-untrusted": "error-under-enforce",
  "fetch-invalid": "error-under-enforce",
  "fetch-media-type": "as it is",
  "fetch-slow": "as it is",
  "fetch-addresses-differ": "error",
  "fetch-certificate-expiring": "as it is",
  "deployed-drift": "error",
  "mx-not-covered": "error-under-enforce",
  "mx-refused": "error-under-enforce",
  "mx-tls-old": "error-under-enforce",
  "mx-none-accepted": "not-applicable",
  "mx-unreachable": "as it is",
  "mx-dane-mismatch": "as it is",
  "mx-certificate-expiring": "as it is",
  "mx-alias": "as it is",
  "mx-implicit": "as it is",
  "mx-null": "as it is",
  // Of the rules about a course of events, the one that verify can see after the fact.
  "rollout-order": "as it is",
  "tlsrpt-missing": "as it is",
  "waiver-expired": "as it is",
};
const ofChanges = (id: string): boolean => id.startsWith("rollout-") && id !== "rollout-order";

test.each(rules.map((rule) => [rule.id, rule] as const))("%s: its level in verify", (id, { inVerify }) => {
  const expected = ofChanges(id) ? "not-applicable" : EXPECTED[id];
  // Rules about reports and TLS-RPT records keep the level they have.
  expect(inVerify ?? "as it is").toBe(expected ?? (id.startsWith("tlsrpt-") ? "as it is" : "said in this table"));
});

/** A domain that is well, but for one thing. */
const FAULTS: readonly [rule: string, scene: Scene, enforce: string, testing: string][] = [
  ["policy-syntax", { verify: { policy: `${"x".repeat(3)}\n` } }, "failed:error", "failed:error"],
  [
    "record-syntax",
    { verify: { records: ["v=STSv1; id=a-b"] }, live: { records: ["v=STSv1; id=a-b"] } },
    "failed:error",
    "failed:error",
  ],
  ["record-multiple", { live: { records: ["v=STSv1; id=A", "v=STSv1; id=B"] } }, "failed:error", "failed:error"],
  ["record-missing", { live: { records: "none" } }, "failed:error", "failed:warning"],
  [
    "record-id-reused",
    {
      verify: { id: "A" },
      history: [
        { at: "2026-02-01T00:00:00Z", policy: "none 86400 mx8", id: "B" },
        { at: "2026-01-01T00:00:00Z", policy: "none 86400 mx9", id: "A" },
      ],
    },
    "failed:error",
    "failed:error",
  ],
  ["fetch-failed", { live: { policy: "none" } }, "failed:error", "failed:warning"],
  ["fetch-redirected", { live: { policy: "redirect" } }, "failed:error", "failed:warning"],
  ["fetch-untrusted", { live: { policy: "untrusted" } }, "failed:error", "failed:warning"],
  ["fetch-invalid", { live: { policy: "nothing\n" } }, "failed:error", "failed:warning"],
  ["fetch-slow", { live: { fetch: { elapsed: 9_000 } } }, "failed:warning", "failed:warning"],
  ["mx-not-covered", { live: { mx: ["mx1", "mx2"] } }, "failed:error", "failed:warning"],
  ["mx-refused", { live: { hosts: { mx1: "expired" } } }, "failed:error", "failed:warning"],
  ["mx-tls-old", { live: { hosts: { mx1: "old-tls" } } }, "failed:error", "failed:warning"],
  ["mx-certificate-expiring", { live: { hosts: { mx1: "expiring" } } }, "failed:warning", "failed:warning"],
  [
    "record-servers-differ",
    { live: { serversDiffer: ["192.0.2.1: id A", "192.0.2.2: id B"] } },
    "failed:error",
    "failed:error",
  ],
];

const under = (policy: string, { verify = {}, live = {}, ...rest }: Scene): Scene => ({
  ...rest,
  verify: { policy, ...verify },
  live: { policy: verify.policy ?? policy, ...live },
});

describe.each(FAULTS)("%s, there all along", (rule, scene, enforce, testing) => {
  test.each([
    [E, enforce],
    [T, testing],
  ] as const)("%s: %s", (policy, word) => {
    const judged = judgeScene(under(policy, scene));
    expect(wordOf(outcomeOf(judged, rule)), JSON.stringify(outcomeOf(judged, rule))).toBe(word);
    // Nothing changes, so nothing was so before it.
    for (const finding of findingsOf(judged, rule)) expect(finding).not.toHaveProperty("alreadySo");
  });
});

test("all is as the repository says: ready, under enforce as well", () => {
  const said = { policy: E, id: "A", mx: ["mx1"] };
  expect(judgeScene({ verify: said, live: { policy: E } }).verdict).toBe("ready");
  expect(judgeScene({ verify: said, live: { policy: E, hosts: { mx1: "expired" } } }).verdict).toBe("blocked");
});

describe("what was not seen is never ready", () => {
  test.each<[string, Scene["live"]]>([
    ["the record", { records: "unseen" }],
    ["the policy", { policy: "unseen" }],
    ["MX", { mx: "unseen" }],
    ["the TLS-RPT record", { tlsrpt: "unseen" }],
  ])("%s", (_, live) => {
    for (const verify of [{}, { policy: E, id: "A", mx: ["mx1"] }])
      expect(judgeScene({ verify, live: { policy: E, ...live } }).verdict).toBe("unknown");
  });

  test.each([
    ["blocked", false, "ready"],
    ["ipv6-only", false, "ready"],
    ["blocked", true, "unknown"],
    ["silent", false, "unknown"],
    ["greets-554", false, "unknown"],
    ["no-address", false, "unknown"],
  ] as const)("port 25 %s, a way to it given: %s: %s", (host, probesNeeded, verdict) => {
    const judged = judgeScene({
      verify: { policy: E },
      live: { policy: E, hosts: { "*": host } },
      settings: { probesNeeded },
    });
    expect(judged.verdict, JSON.stringify(judged.rules)).toBe(verdict);
    expect(judged.notChecked).toHaveLength(1);
  });
});

test("a rule that is switched off says nothing in verify either", () => {
  const scene = { verify: { policy: E, id: "B" }, live: { policy: E } };
  expect(judgeScene(scene).verdict).toBe("blocked");
  expect(judgeScene({ ...scene, settings: { off: ["deployed-drift"] } }).verdict).toBe("ready");
});
