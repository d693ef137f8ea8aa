import { expect, it } from "vitest";
import { REPORTERS } from "../../src/report/reporters.ts";
import { BLOCKED, CONTEXT, runOf } from "./verdicts.ts";

it("ids and destinations are what entries rely on", () =>
  expect(REPORTERS.map(({ id, destination }) => [id, destination])).toEqual([
    ["annotations", "stdout"],
    ["comment", "pull-request"],
    ["summary", "job-summary"],
    ["json-v1", "file"],
    ["sarif", "file"],
    ["text", "stdout"],
  ]));

it.each(REPORTERS)("$id: two folds do not share what they hold", ({ open }) => {
  const [first, second] = [open(CONTEXT), open(CONTEXT)];
  first.add(BLOCKED);
  const empty = second.finish(runOf());
  expect(empty).not.toContain("mx-not-covered:");
  expect(first.finish(runOf(BLOCKED))).not.toBe(empty);
});
