import { describe, expect, test } from "vitest";
import { bothVerdicts } from "../../src/run/both-verdicts.ts";
import { openGateVerdicts } from "../../src/run/gate-verdicts.ts";
import type { DomainVerdict, Finding, RuleOutcome } from "../../src/verdict.ts";
import { judgeScene, outcomeOf, type Scene, wordOf } from "../judge/scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const READY = judgeScene({ verify: { policy: T, id: "A" } });

const finding = (level: Finding["level"], more: Partial<Finding> = {}): Finding => ({
  level,
  message: "It is wrong.",
  location: { kind: "input", name: "policy" },
  facts: { host: "mx1" },
  ...more,
});
const failed = (...findings: [Finding, ...Finding[]]): RuleOutcome => ({ kind: "failed", rule: "r", findings });
const unknown = (needed: boolean): RuleOutcome => ({
  kind: "unknown",
  rule: "r",
  needed,
  missing: [{ what: "mx", subject: "x", message: "It was not seen." }],
});
const quiet = (kind: "passed" | "not-applicable"): RuleOutcome => ({ kind, rule: "r" });
const waived: RuleOutcome = { kind: "waived", rule: "r", by: { kind: "off" }, findings: [] };
const domain = (outcome: RuleOutcome, more: Partial<DomainVerdict> = {}): DomainVerdict => ({
  ...READY,
  rules: [outcome],
  ...more,
});

describe("of each rule the worse", () => {
  test.each<[string, RuleOutcome, RuleOutcome, string]>([
    ["both passed", quiet("passed"), quiet("passed"), "passed"],
    ["a rule about changes", quiet("passed"), quiet("not-applicable"), "passed"],
    ["a rule that neither asked", quiet("not-applicable"), quiet("not-applicable"), "not-applicable"],
    ["the gate's error", failed(finding("error")), quiet("passed"), "failed:error"],
    ["verify's error", quiet("passed"), failed(finding("error")), "failed:error"],
    ["an error beside what was not seen", unknown(true), failed(finding("error")), "failed:error"],
    ["a warning does not hide what is needed", unknown(true), failed(finding("warning")), "unknown:needed"],
    ["a warning beside what is only stated", unknown(false), failed(finding("warning")), "failed:warning"],
    ["needed by one of them", unknown(false), unknown(true), "unknown:needed"],
    [
      "what was so before, verify has seen again",
      failed(finding("warning", { alreadySo: true })),
      quiet("passed"),
      "passed",
    ],
    ["waived by both", waived, waived, "waived"],
  ])("%s", (_, gate, verify, word) => {
    const [outcome] = bothVerdicts(domain(gate), domain(verify)).rules;
    expect(outcome && wordOf(outcome)).toBe(word);
  });

  test("the same finding once, at its worse level; what is missing once", () => {
    const other = finding("warning", { facts: { host: "mx2" } });
    const both = bothVerdicts(
      domain(failed(finding("warning"), other)),
      domain(failed(finding("error", { message: "Now." }))),
    );
    expect(both.rules).toMatchObject([{ findings: [{ level: "error", message: "Now." }, { facts: { host: "mx2" } }] }]);
    expect(bothVerdicts(domain(unknown(true)), domain(unknown(true))).rules).toMatchObject([
      { missing: { length: 1 } },
    ]);
  });
});

describe("of the domain the worse", () => {
  test.each([
    ["ready", "ready", "ready"],
    ["ready", "unknown", "unknown"],
    ["blocked", "unknown", "blocked"],
    ["unknown", "blocked", "blocked"],
    ["unknown", "ready", "unknown"],
  ] as const)("%s, then %s: %s", (gate, verify, verdict) => {
    const said = (text: "gate" | "verify", kind: DomainVerdict["verdict"]) =>
      domain(quiet("passed"), { verdict: kind, consequence: text });
    const both = bothVerdicts(said("gate", gate), said("verify", verify));
    expect(both).toMatchObject({ verdict, consequence: verdict === verify ? "verify" : "gate" });
  });

  test("dates, ids and texts of both", () => {
    const gate = {
      touched: ["policy"],
      suggestedId: "1",
      safeAfter: "2026-12-01T00:00:00Z",
      validUntil: "2027-01-01T00:00:00Z",
      notChecked: ["a", "b"],
    } as const;
    const verify = { suggestedId: null, safeAfter: null, validUntil: "2026-12-24T00:00:00Z", notChecked: ["b", "c"] };
    expect(bothVerdicts(domain(quiet("passed"), gate), domain(quiet("passed"), verify))).toMatchObject({
      touched: ["policy"],
      suggestedId: "1",
      safeAfter: "2026-12-01T00:00:00Z",
      validUntil: "2026-12-24T00:00:00Z",
      notChecked: ["a", "b", "c"],
    });
  });

  test("deliveries: the look at which senders fared worse, row by row", () => {
    const row = (policy: "proposed" | "deployed", outcome: "delivers" | "rejects") =>
      ({ policy, mx: "deployed", outcome, hosts: [] }) as const;
    const gate = { deliveries: [row("proposed", "rejects"), row("deployed", "delivers")] };
    const verify = { deliveries: [row("proposed", "delivers"), row("deployed", "rejects")] };
    const both = bothVerdicts(domain(quiet("passed"), gate), domain(quiet("passed"), verify));
    expect(both.deliveries).toEqual([row("proposed", "rejects"), row("deployed", "rejects")]);
  });
});

test("a push and what came of it: every rule has an outcome, and a clean deploy stays clean", () => {
  const change: Scene = {
    base: { policy: T, id: "A" },
    proposed: { policy: E, id: "B" },
    live: { policy: T, id: "A" },
    baseSince: "2026-01-01T00:00:00Z",
  };
  const gate = judgeScene(change);
  const after = judgeScene({ verify: { policy: E, id: "B" }, live: { policy: E, id: "B" } });
  const both = bothVerdicts(gate, after);
  expect([gate.verdict, after.verdict, both.verdict]).toEqual(["ready", "ready", "ready"]);
  expect(both.rules.map(({ rule }) => rule)).toEqual(after.rules.map(({ rule }) => rule));
  // What nobody deployed is told once, as an error.
  const still = bothVerdicts(gate, judgeScene({ verify: { policy: E, id: "B" }, live: { policy: T, id: "A" } }));
  expect([still.verdict, wordOf(outcomeOf(still, "deployed-drift"))]).toEqual(["blocked", "failed:error"]);
});

describe("openGateVerdicts", () => {
  test("joins each domain once, and gives back those that verify does not speak of", () => {
    const kept = openGateVerdicts();
    kept.keep({ ...READY, verdict: "blocked" });
    kept.keep({ ...READY, policyDomain: "left.example" as DomainVerdict["policyDomain"] });
    expect(kept.joined(READY).verdict).toBe("blocked");
    expect(kept.joined(READY)).toBe(READY);
    expect([...kept.left()].map(({ policyDomain }) => policyDomain)).toEqual(["left.example"]);
  });
});
