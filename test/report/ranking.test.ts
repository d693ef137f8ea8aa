import fc from "fast-check";
import { expect, it } from "vitest";
import { domainRanking, findingsOf, neededUnknowns } from "../../src/report/ranking.ts";
import { BLOCKED, READY, UNKNOWN, WAIVED } from "./verdicts.ts";

it("findings: errors first, in the order of the rules", () =>
  expect(findingsOf(BLOCKED).map(({ rule }) => rule)).toEqual([
    "mx-not-covered",
    "record-id-unchanged",
    "tlsrpt-missing",
  ]));

it("a waived finding does not count", () => expect(findingsOf(WAIVED)).toEqual([]));

it("an unknown that names no evidence is still told", () => {
  const nameless = { ...UNKNOWN, rules: [{ kind: "unknown" as const, rule: "mx-refused", needed: true, missing: [] }] };
  expect(neededUnknowns(nameless)).toHaveLength(1);
});

it("evidence that was not needed is not told as needed", () => expect(neededUnknowns(READY)).toEqual([]));

it("keeps the worst, in whatever order they come", () => {
  const domains = [READY, UNKNOWN, BLOCKED].flatMap((domain) =>
    ["a", "b", "c", "d"].map((letter) => ({ ...domain, policyDomain: `${letter}.example` as never })),
  );
  fc.assert(
    fc.property(fc.shuffledSubarray(domains, { minLength: domains.length }), (shuffled) => {
      const ranking = domainRanking(6);
      for (const domain of shuffled) ranking.add(domain);
      expect(ranking.worst().map(({ verdict, policyDomain }) => `${verdict} ${policyDomain}`)).toEqual([
        "blocked a.example",
        "blocked b.example",
        "blocked c.example",
        "blocked d.example",
        "unknown a.example",
        "unknown b.example",
      ]);
    }),
    { numRuns: 50 },
  );
});
