import { describe, expect, test } from "vitest";
import { openTally } from "../../src/run/tally.ts";
import type { DomainVerdict, VerdictKind } from "../../src/verdict.ts";
import { READY } from "../report/verdicts.ts";

const quiet: DomainVerdict = { ...READY, touched: [], rules: [], suggestedId: null, validUntil: null };

function sumOf(...domains: readonly Partial<DomainVerdict>[]) {
  const tally = openTally();
  for (const domain of domains) tally.add({ ...quiet, ...domain });
  return tally.sum();
}

describe("openTally", () => {
  test.each<[readonly VerdictKind[], VerdictKind]>([
    [[], "ready"],
    [["ready", "ready"], "ready"],
    [["ready", "unknown"], "unknown"],
    [["unknown", "ready"], "unknown"],
    [["unknown", "blocked", "ready"], "blocked"],
    [["blocked", "unknown"], "blocked"],
  ])("%j: the worst wins: %s", (verdicts, expected) => {
    expect(sumOf(...verdicts.map((verdict) => ({ verdict }))).verdict).toBe(expected);
  });

  test("an unknown domain counts though no rule names what is missing", () => {
    expect(sumOf({ verdict: "unknown" }).counts).toEqual({ domains: 1, errors: 0, warnings: 0, unknowns: 1 });
  });

  test("findings are counted by level", () => {
    expect(sumOf({ rules: READY.rules }, { rules: READY.rules }).counts).toMatchObject({ domains: 2, warnings: 2 });
  });

  test("the earliest expiry ends the validity", () => {
    const dates = ["2027-01-01T00:00:00Z", null, "2026-12-01T00:00:00Z"];
    expect(sumOf(...dates.map((validUntil) => ({ validUntil }))).validUntil).toBe("2026-12-01T00:00:00Z");
  });

  test("an id is suggested only where exactly one domain needs one", () => {
    expect(sumOf({ suggestedId: "a1" }, {}).suggestedId).toBe("a1");
    expect(
      sumOf({ suggestedId: "a1" }, { policyDomain: "b.example" as never, suggestedId: "a1" }).suggestedId,
    ).toBeNull();
    expect(sumOf({}).suggestedId).toBeNull();
  });

  test("a change touches mail when it touches a subject, or when a domain is not ready", () => {
    expect(sumOf({}).touchesMail).toBe(false);
    expect(sumOf({}, { touched: ["mx"] }).touchesMail).toBe(true);
    expect(sumOf({ verdict: "unknown" }).touchesMail).toBe(true);
  });
});
