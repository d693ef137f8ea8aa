import fc from "fast-check";
import { expect, test } from "vitest";
import { nearMiss } from "../../src/protocol/policy-field.ts";

test.for([
  ["nmx", "mx"],
  ["MX", "mx"],
  ["mxs", "mx"],
  ["mx1", "mx"],
  ["m-x", "mx"],
  ["Mode", "mode"],
  ["mod", "mode"],
  ["modes", "mode"],
  ["mdoe", "mode"],
  ["mde", "mode"],
  ["made", "mode"],
  ["maxage", "max_age"],
  ["max-age", "max_age"],
  ["max_ages", "max_age"],
  ["Version", "version"],
  ["verison", "version"],
  ["v", "version"],
  [`${"-".repeat(30)}mx`, "mx"],
])("%s looks like %s", ([name = "", known]) => expect(nearMiss(name)).toBe(known));

test.for([
  "mx",
  "mode",
  "max_age",
  "version",
  "x",
  "m",
  "ax",
  "ext",
  "comment",
  "min_age",
  "id",
  "",
  "__proto__",
  "node-info",
  "oxx", // only its first letter is the second of `mode`
  `${"-".repeat(31)}mx`, // longer than a name can be
])("%j is a name of its own", (name) => expect(nearMiss(name)).toBeUndefined());

test("never throws", () => {
  fc.assert(fc.property(fc.string(), (name) => void nearMiss(name)));
});
