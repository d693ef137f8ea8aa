import { describe, expect, it } from "vitest";
import { exitStatus } from "../../src/report/exit.ts";

const counts = (errors: number, warnings: number, unknowns: number) => ({ domains: 1, errors, warnings, unknowns });

describe.each([
  // verdict, errors, warnings, unknowns | fail-on: error, warning, never with on-unknown: fail | the same with warn
  ["ready", 0, 0, 0, [0, 0, 0], [0, 0, 0]],
  ["ready", 0, 2, 0, [0, 1, 0], [0, 1, 0]],
  ["ready", 0, 0, 3, [0, 0, 0], [0, 0, 0]], // evidence that was not needed
  ["blocked", 1, 0, 0, [1, 1, 0], [1, 1, 0]],
  ["blocked", 1, 1, 1, [1, 1, 3], [1, 1, 0]], // never lets the error pass, not what is unknown
  ["blocked", 0, 0, 0, [1, 1, 0], [1, 1, 0]],
  ["unknown", 0, 0, 1, [3, 3, 3], [0, 0, 0]],
  ["unknown", 0, 0, 0, [3, 3, 3], [0, 0, 0]],
  ["unknown", 0, 1, 1, [3, 1, 3], [0, 1, 0]],
  ["ready", 1, 0, 0, [1, 1, 0], [1, 1, 0]], // cannot be; still never 0 by accident
] as const)("%s with %i errors, %i warnings, %i unknowns", (verdict, errors, warnings, unknowns, fail, warn) => {
  it.each(["error", "warning", "never"] as const)("fail-on %s", (failOn) => {
    const at = ["error", "warning", "never"].indexOf(failOn);
    const found = counts(errors, warnings, unknowns);
    expect(exitStatus(verdict, found, { failOn, onUnknown: "fail" })).toBe(fail[at]);
    expect(exitStatus(verdict, found, { failOn, onUnknown: "warn" })).toBe(warn[at]);
  });
});

it("a verdict that is none is no success", () =>
  expect(exitStatus("" as never, counts(0, 0, 0), { failOn: "error", onUnknown: "fail" })).toBe(3));
