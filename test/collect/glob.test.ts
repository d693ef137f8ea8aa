import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { globMatcher } from "../../src/collect/glob.ts";

describe("globMatcher", () => {
  test.each([
    ["zones/example.com", "zones/example.com", true],
    ["zones/*.zone", "zones/a.zone", true],
    ["zones/*.zone", "zones/.zone", true],
    ["zones/*.zone", "zones/x/a.zone", false],
    ["zones/*", "zones/", true],
    ["**/*.zone", "a.zone", true],
    ["**/*.zone", "x/y/a.zone", true],
    ["**/x", "ax", false],
    ["zones/**", "zones/x/y", true],
    ["zones/**/x", "zones/x", true],
    ["a/**/b/**/c", "a/b/c", true],
    ["a/**/b/**/c", "a/1/b/2/3/c", true],
    ["a/**/b", "ab", false],
    ["db.?", "db.a", true],
    ["db.?", "db./", false],
    ["db.?", "db.", false],
    ["{a,b{c,d}}/x", "bd/x", true],
    ["{a,b}.{c,d}", "b.c", true],
    ["{a,b}", "{a,b}", false],
    ["{a}", "{a}", true],
    ["{a", "{a", true],
    ["[ab].+", "[ab].+", true],
    ["a.c", "abc", false],
    ["", "", true],
    ["", "a", false],
  ])("%j on %j: %s", (glob, path, fits) => expect(globMatcher(glob)(path)).toBe(fits));

  test("hostile globs take no time, and too many alternatives match nothing", () => {
    const started = performance.now();
    for (const glob of [
      "*a".repeat(128),
      "**/".repeat(85),
      "{a,b}".repeat(50),
      "{".repeat(128) + ",".repeat(128),
      "a".repeat(257),
    ])
      expect(globMatcher(glob)("a".repeat(4000))).toBe(glob.startsWith("*a"));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("text without glob characters matches itself alone", () => {
    const plain = fc.string({ maxLength: 30 }).filter((text) => !/[*?{}]/.test(text));
    fc.assert(fc.property(plain, plain, (a, b) => globMatcher(a)(b) === (a === b)));
  });
});
