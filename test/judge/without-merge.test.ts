import { expect, test } from "vitest";
import { isArriving } from "../../src/judge/without-merge.ts";
import { inspectionOf } from "./scene.ts";

test.each([
  ["2026-11-24T00:00:00.001Z", true],
  ["2026-11-24T00:00:00Z", false],
  ["2026-11-23T00:00:00Z", false],
])("base of %s is on its way, where a deploy takes since midnight: %s", (at, is) => {
  const history = [
    { at, policy: "testing 604800 mx1" },
    { at: "2026-01-01T00:00:00Z", policy: "enforce 604800 mx1" },
  ];
  expect(isArriving(inspectionOf({ history }).proposal, Date.parse("2026-11-24T00:00:00Z"))).toBe(is);
});

test("without a history nothing is", () => expect(isArriving(inspectionOf({}).proposal, 0)).toBe(false));
