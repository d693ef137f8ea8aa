import { expect, it } from "vitest";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { sarifRanking } from "../../src/report/sarif-ranking.ts";
import { type RankedResult, resultsOf } from "../../src/report/sarif-result.ts";
import type { DomainVerdict, Finding } from "../../src/verdict.ts";
import { at, READY } from "./verdicts.ts";

const result = (line: number, level: Finding["level"] = "error", policyDomain = "a.example"): RankedResult => {
  const finding: Finding = { level, message: "x", location: at("p.txt", line), facts: {} };
  const domain: DomainVerdict = {
    ...READY,
    policyDomain: policyDomain as DomainName,
    rules: [{ kind: "failed", rule: "mx-alias", findings: [finding] }],
  };
  const [found] = resultsOf(domain, undefined);
  if (!found) throw new Error("no result");
  return found;
};

/** What a ranking of two keeps: line and count of each, and how many are left. */
function ranked(...results: readonly RankedResult[]): readonly unknown[] {
  const ranking = sarifRanking(2);
  for (const one of results) ranking.add(one);
  const kept = ranking
    .worst()
    .map(({ ranked: { result: shown }, count }) => [shown.locations[0].physicalLocation.region.startLine, count]);
  return [...kept, ranking.left()];
}

it("keeps the worst, whenever they come", () => {
  expect(ranked(result(1, "notice"), result(2, "notice"), result(3), result(4), result(5))).toEqual([
    [3, 1],
    [4, 1],
    3,
  ]);
  expect(ranked(result(5), result(4), result(3), result(2), result(1))).toEqual([[1, 1], [2, 1], 3]);
  expect(ranked(result(10), result(9))).toEqual([[9, 1], [10, 1], 0]);
});

it("counts what is said again, also of the last that is kept, and after others were cut off", () => {
  const again = [2, 1, 3].map((line) => result(line, "error", "b.example"));
  const kept = [
    [1, 2],
    [2, 2],
  ];
  expect(ranked(result(1), result(2), result(3), result(4), ...again)).toEqual([...kept, 3]);
});

it("nothing is nothing", () => expect(ranked()).toEqual([0]));
