import { describe, expect, test } from "vitest";
import type { Waiver } from "../../src/config.ts";
import { isExpired, waive } from "../../src/judge/waiver.ts";
import type { Finding, RuleOutcome } from "../../src/verdict.ts";
import { AT, DOMAIN } from "./scene.ts";

const location = { kind: "input", name: "config" } as const;
const waiver: Waiver = { domain: DOMAIN, rule: "mx-refused", reason: "a move", until: "2026-11-30", location };
const finding: Finding = { level: "error", message: "It is refused.", location, facts: {} };
const failed: RuleOutcome = { kind: "failed", rule: "mx-refused", findings: [finding] };
const unknown: RuleOutcome = { kind: "unknown", rule: "mx-refused", needed: true, missing: [] };

function waived(outcome: RuleOutcome, waivers: readonly Waiver[], off: readonly string[] = []): RuleOutcome {
  return waive(outcome, { policyDomain: DOMAIN, asOf: AT, settings: { certificateExpiryDays: 14, off, waivers } });
}

test.each([
  ["2026-11-30T23:59:59Z", false],
  ["2026-12-01T00:00:00Z", true],
  ["2027-01-01T00:00:00Z", true],
  ["2026-01-01T00:00:00Z", false],
])("a waiver until 2026-11-30 has run out at %s: %s", (asOf, expected) => {
  expect(isExpired(waiver, asOf)).toBe(expected);
});

describe("waive", () => {
  const by = { kind: "waiver", reason: "a move", until: "2026-11-30" };

  test("keeps what the rule would have said", () => {
    expect(waived(failed, [waiver])).toEqual({ kind: "waived", rule: "mx-refused", by, findings: [finding] });
    expect(waived(unknown, [waiver])).toEqual({ kind: "waived", rule: "mx-refused", by, findings: [] });
    expect(waived({ ...unknown, findings: [finding] }, [waiver])).toMatchObject({ findings: [finding] });
  });

  test("a rule that is off is waived without a reason, and before any waiver", () => {
    expect(waived(failed, [waiver], ["mx-refused"])).toMatchObject({ kind: "waived", by: { kind: "off" } });
    expect(waived(failed, [], ["mx-alias"])).toBe(failed);
  });

  test.each<[string, Waiver]>([
    ["another domain", { ...waiver, domain: "sub.example.com" as typeof DOMAIN }],
    ["another rule", { ...waiver, rule: "mx-not-covered" }],
    ["run out", { ...waiver, until: "2026-11-23" }],
  ])("one for %s changes nothing, and does not hide one that holds", (_, other) => {
    expect(waived(failed, [other])).toBe(failed);
    expect(waived(failed, [other, waiver])).toMatchObject({ kind: "waived", by });
  });

  test("there is nothing to waive where nothing is said", () => {
    for (const kind of ["passed", "not-applicable"] as const) {
      const outcome: RuleOutcome = { kind, rule: "mx-refused" };
      expect(waived(outcome, [waiver], ["mx-refused"])).toBe(outcome);
    }
  });
});
