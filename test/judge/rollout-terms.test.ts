import { describe, expect, test } from "vitest";
import { rolloutTerms } from "../../src/judge/rollout-terms.ts";

const UNSAID = { senders: undefined, maxAgeCeiling: undefined, deploy: undefined, deployLag: undefined };

describe("the terms of a rollout", () => {
  test("nothing declared: senders that compare ids, a year of enforce, a day for a deploy, no order", () => {
    const worst = { senders: "id-checking", ceiling: 31_557_600_000, lag: 86_400_000, policyFirst: false };
    expect(rolloutTerms({})).toEqual(worst);
    expect(rolloutTerms({ rollout: UNSAID })).toEqual(worst);
  });

  test("what is declared, in milliseconds", () => {
    const rollout = { senders: "all", maxAgeCeiling: 604_800, deploy: "policy-first", deployLag: 0 } as const;
    expect(rolloutTerms({ rollout })).toEqual({ senders: "all", ceiling: 604_800_000, lag: 0, policyFirst: true });
  });
});
