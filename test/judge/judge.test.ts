import { describe, expect, test } from "vitest";
import { verdictOf } from "../../src/judge/judge.ts";
import type { Finding, RuleOutcome } from "../../src/verdict.ts";
import { DOMAIN, judgeScene, outcomeOf, type Scene, wordOf } from "./scene.ts";

const TESTING = "testing 604800 mx1";
const ENFORCE = "enforce 604800 mx1";
const deployed = (policy: string, more: object = {}) => ({ policy, id: "A", mx: ["mx1"], ...more });

// The changes of a real repository and what merging them does to mail (SPEC §5, the two principles).
const CHANGES: readonly [string, Scene, verdict: string, rules?: Readonly<Record<string, string>>][] = [
  [
    "first testing publication, no port 25",
    { base: {}, proposed: { policy: TESTING }, live: { records: "none", policy: "none", hosts: { "*": "blocked" } } },
    "ready",
    { "record-id-unknown": "failed:notice" },
  ],
  [
    "testing → enforce, no port 25",
    {
      base: { policy: TESTING, id: "A" },
      proposed: { policy: ENFORCE, id: "B" },
      live: deployed(TESTING, { hosts: { "*": "blocked" } }),
    },
    "unknown",
    { "mx-refused": "unknown:needed" },
  ],
  [
    "testing → enforce, all MX good",
    { base: { policy: TESTING, id: "A" }, proposed: { policy: ENFORCE, id: "B" }, live: deployed(TESTING) },
    "ready",
  ],
  [
    "testing → enforce, one MX expired",
    {
      base: { policy: "testing 604800 mx1 mx2", id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: "testing 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "blocked",
    { "mx-refused": "failed:error" },
  ],
  [
    "widening under enforce, no port 25",
    {
      base: { policy: ENFORCE, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: deployed(ENFORCE, { hosts: { "*": "blocked" } }),
    },
    "ready",
  ],
  [
    "weakening under enforce, no port 25",
    {
      base: { policy: ENFORCE, id: "A" },
      proposed: { policy: TESTING, id: "B" },
      live: deployed(ENFORCE, { hosts: { "*": "blocked" } }),
    },
    "ready",
  ],
  [
    "removing an MX whose certificate expired",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx1"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "ready",
  ],
  [
    "removing it together with its pattern",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: ENFORCE, id: "B", mx: ["mx1"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "ready",
  ],
  [
    "removing a good MX together with its pattern",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: ENFORCE, id: "B", mx: ["mx1"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
    },
    "blocked",
    { "mx-not-covered": "failed:error" },
  ],
  [
    "removing the only good MX",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "blocked",
    { "mx-none-accepted": "failed:error" },
  ],
  [
    "no policy → enforce",
    { base: {}, proposed: { policy: ENFORCE, id: "B" }, live: { records: "none", policy: "none" } },
    "blocked",
    { "rollout-enforce-untested": "failed:error" },
  ],
  [
    "the id forgotten",
    { base: { policy: TESTING, id: "A" }, proposed: { policy: "testing 86400 mx1", id: "A" }, live: deployed(TESTING) },
    "blocked",
    { "record-id-unchanged": "failed:error" },
  ],
  [
    "an untouched expired MX under enforce",
    {
      base: { policy: ENFORCE, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx3", id: "B" },
      live: deployed(ENFORCE, { hosts: { mx1: "expired" } }),
    },
    "ready",
    { "mx-refused": "failed:warning" },
  ],
  [
    "an MX added that the held policy does not list",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: deployed(ENFORCE) },
    "blocked",
    { "mx-not-covered": "failed:error", "rollout-mx-not-cached": "failed:error" },
  ],
  [
    "an MX added and the policy widened in one go",
    {
      base: { policy: ENFORCE, id: "A", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: deployed(ENFORCE),
    },
    "blocked",
    { "rollout-mx-not-cached": "failed:error", "mx-not-covered": "passed" },
  ],
  [
    "an MX added that every held policy lists",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: deployed("enforce 604800 mx1 mx2") },
    "ready",
  ],
  [
    "the same, and it cannot be probed",
    {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: deployed("enforce 604800 mx1 mx2", { hosts: { mx2: "silent" } }),
    },
    "unknown",
    { "mx-unreachable": "failed:warning" },
  ],
  [
    "policy and record removed under enforce",
    { base: { policy: ENFORCE, id: "A" }, proposed: { policy: null, records: [] }, live: deployed(ENFORCE) },
    "blocked",
    { "rollout-removed-early": "failed:error" },
  ],
  [
    "a cosmetic edit",
    {
      base: { policy: ENFORCE, id: "A" },
      proposed: { policy: "version: STSv1\r\nmode: enforce\r\nmx: MX1.example.com\r\nmax_age: 604800\r\n", id: "A" },
      live: deployed(ENFORCE, { hosts: { "*": "blocked" } }),
    },
    "ready",
  ],
];

describe("a change answers for what it makes worse, and only what it needs must be known", () => {
  test.each(CHANGES)("%s", (_, scene, verdict, rules = {}) => {
    const judged = judgeScene(scene);
    const why = judged.rules.filter(({ kind }) => kind === "failed" || kind === "unknown");
    expect(judged.verdict, JSON.stringify(why, undefined, 1)).toBe(verdict);
    for (const [rule, word] of Object.entries(rules)) expect(wordOf(outcomeOf(judged, rule)), rule).toBe(word);
  });
});

describe("no missing observation produces ready", () => {
  const blinded: readonly [string, NonNullable<Scene["live"]>][] = [
    ["record", { records: "unseen" }],
    ["policy", { policy: "unseen" }],
    ["MX", { mx: "unseen" }],
    ["probes", { hosts: { "*": "blocked" } }],
    ["TLS-RPT", { tlsrpt: "unseen" }],
  ];
  const worlds = CHANGES.filter(([, , verdict]) => verdict !== "ready");
  test.each(worlds)("%s", (_, scene) => {
    for (const [what, live] of blinded) {
      const { id: _id, ...kept } = { ...scene.live, ...live };
      const verdict = judgeScene({ ...scene, live: live.records ? kept : { ...scene.live, ...live } }).verdict;
      expect(verdict, `without ${what}`).not.toBe("ready");
    }
  });
});

describe("verdictOf", () => {
  const finding = (level: Finding["level"]): Finding => ({
    level,
    message: "It is so.",
    location: { kind: "input", name: "policy" },
    facts: {},
  });
  const failed = (...[first, ...more]: readonly [Finding["level"], ...Finding["level"][]]): RuleOutcome => ({
    kind: "failed",
    rule: "mx-refused",
    findings: [finding(first), ...more.map(finding)],
  });
  const passed: RuleOutcome = { kind: "passed", rule: "mx-null" };
  const open = (needed: boolean): RuleOutcome => ({ kind: "unknown", rule: "mx-null", needed, missing: [] });

  test.each<[string, readonly RuleOutcome[], string]>([
    ["no rule at all", [], "unknown"],
    ["one that passed", [passed], "ready"],
    ["one error beside warnings", [passed, failed("warning", "error")], "blocked"],
    ["an error beside what is open", [open(true), failed("error", "notice")], "blocked"],
    ["warnings", [failed("warning", "notice")], "ready"],
    ["what is open and needed", [passed, open(true), failed("warning")], "unknown"],
    ["what is open and not needed", [open(false)], "ready"],
  ])("%s", (_, outcomes, verdict) => expect(verdictOf(outcomes)).toBe(verdict));
});

test("what was not checked is said once, in the order of the rules", () => {
  const scene = { base: { policy: TESTING, id: "A" }, proposed: { policy: ENFORCE, id: "B" } };
  const { notChecked, rules } = judgeScene({ ...scene, live: { mx: "unseen", policy: "unseen" } });
  const all = rules.flatMap((rule) => (rule.kind === "unknown" ? rule.missing.map(({ message }) => message) : []));
  expect(notChecked).toEqual(all.filter((message, at) => all.indexOf(message) === at));
  expect(notChecked.length).toBeGreaterThan(1);
  expect(notChecked.length).toBeLessThan(all.length);
});

describe("safeAfter is the day that what waiting ends is over", () => {
  const replaced: Scene = {
    base: { mx: ["mx1"] },
    proposed: { mx: ["mx1", "mx2"] },
    live: { policy: "enforce 604800 mx1 mx2", id: "B" },
    history: [
      { at: "2026-11-20T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "B" },
      { at: "2026-01-01T00:00:00.000Z", policy: ENFORCE, id: "A" },
    ],
  };

  test("as its findings say", () => {
    const { safeAfter, rules } = judgeScene(replaced);
    const findings = rules.flatMap((rule) => (rule.kind === "failed" ? rule.findings : []));
    const ends = findings.flatMap(({ facts: { until } }) => (typeof until === "string" ? [until] : []));
    expect(ends.length).toBeGreaterThan(0);
    expect(safeAfter).toBe(ends.toSorted().at(-1));
  });

  test("and the day of a waiver that ran out is none", () => {
    const waiver = {
      domain: DOMAIN,
      rule: "mx-alias",
      reason: "a move",
      until: "2026-11-01",
      location: { kind: "input", name: "config" },
    } as const;
    const { safeAfter, rules } = judgeScene({ proposed: { tlsrpt: [] }, settings: { waivers: [waiver] } });
    expect(rules.find(({ rule }) => rule === "waiver-expired")?.kind).toBe("failed");
    expect(safeAfter).toBeNull();
  });
});
