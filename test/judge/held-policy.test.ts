import { describe, expect, test } from "vitest";
import { distinctPolicies, type HeldPolicy, heldReadings, instant, isHeldFast } from "../../src/judge/held-policy.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { octetsFrom } from "../../src/protocol/octets.ts";

const octets = (text: string) => octetsFrom(new TextEncoder().encode(text));
const TIMES = { id: "A", ttl: 3_600, from: 0, lastServed: 1_000, fast: 5_000, current: false };
const FORGOTTEN = { ...TIMES, forgotten: 500 };
const body = (mode: string): string => `version: STSv1\nmode: ${mode}\nmx: mx1.example.com\nmax_age: 60\n`;

describe("an instant", () => {
  test.each([
    [0, "1970-01-01T00:00:00Z"],
    [1_700_000_000_000, "2023-11-14T22:13:20Z"],
    [1_700_000_000_999, "2023-11-14T22:13:20Z"],
  ])("%d is %s, to the second", (milliseconds, text) => expect(instant(milliseconds)).toBe(text));
});

describe("what is held of a body", () => {
  test("for max_age from when it was served last", () => {
    expect(heldReadings(octets(body("enforce")), FORGOTTEN)).toEqual([
      expect.objectContaining({ id: "A", lastServed: 1_000, fast: 5_000, slow: 61_000 }),
    ]);
  });
  test("or from when the last resolver forgot its id: until then some senders extend it", () => {
    expect(heldReadings(octets(body("enforce")), { ...FORGOTTEN, forgotten: 3_000 })[0]?.slow).toBe(63_000);
  });
  test("where no fast clock runs only max_age ends it", () => {
    expect(heldReadings(octets(body("enforce")), { ...FORGOTTEN, fast: "max-age" })[0]?.fast).toBe(61_000);
    expect(heldReadings(octets(body("enforce")), { ...FORGOTTEN, fast: null })[0]?.fast).toBe(null);
  });
  test.each(["testing", "none"])("nothing of mode %s", (mode) =>
    expect(heldReadings(octets(body(mode)), FORGOTTEN)).toEqual([]),
  );
});

const one: HeldPolicy = {
  ...TIMES,
  policy: { mode: "enforce", maxAge: 60, mx: [{ wildcard: false, host: "mx1.example.com" as DomainName }] },
  slow: 61_000,
};

describe("whether a sender that compares ids may still hold it", () => {
  test.each<[string, Partial<HeldPolicy>, boolean]>([
    ["the fast clock runs", { fast: 2_001 }, true],
    ["it is over, whatever the slow one says", { fast: 2_000 }, false],
    ["it never ends", { fast: null, slow: 0 }, true],
    ["it is what is in force", { fast: 0, current: true }, true],
  ])("%s", (_, more, held) => expect(isHeldFast({ ...one, ...more }, 2_000)).toBe(held));
});

test("each policy once, in the place of the first", () => {
  const other = { ...one, policy: { ...one.policy, maxAge: 61 } };
  expect(distinctPolicies([one, other, { ...one, id: "B" }])).toEqual([one, other]);
});
