// The table of sender classes, row by row.
import { describe, expect, test } from "vitest";
import { deliver, type Held, refusedBy, SENDERS, type Sender } from "./senders.ts";
import type { Body } from "./world.ts";

const OLD: Body = { mode: "enforce", mx: "a", maxAge: 4 };
const NEW: Body = { mode: "enforce", mx: "ab", maxAge: 2 };
const held = deliver("S1", null, { hour: 0, id: 1, body: OLD })[0]?.held as Held;

/** What is held after a delivery: `id mx until`, or `-`; then which policy it went by. */
const outcomes = (sender: Sender, from: Held, hour: number, id: number | null, body: Body | null): readonly string[] =>
  deliver(sender, from, { hour, id, body }).map(({ held: next, applied }) =>
    [next ? `${next.id} ${next.body.mx} ${next.until}` : "-", applied?.mx ?? "none"].join(", by "),
  );

describe.each([
  [
    "same id, held",
    2,
    1,
    NEW,
    { S1: ["1 a 4, by a"], S2: ["1 a 6, by a"], S3: ["1 a 4, by a"], S4: ["1 a 4, by a", "1 ab 4, by ab"] },
  ],
  [
    "same id, expired",
    5,
    1,
    NEW,
    { S1: ["1 ab 7, by ab"], S2: ["1 a 9, by a"], S3: ["1 ab 7, by ab"], S4: ["1 ab 7, by ab"] },
  ],
  [
    "new id",
    2,
    2,
    NEW,
    { S1: ["2 ab 4, by ab"], S2: ["2 ab 4, by ab"], S3: ["1 a 4, by a"], S4: ["1 a 4, by a", "2 ab 4, by ab"] },
  ],
  [
    "new id, no policy",
    2,
    2,
    null,
    { S1: ["1 a 4, by a"], S2: ["1 a 4, by a"], S3: ["1 a 4, by a"], S4: ["1 a 4, by a"] },
  ],
  ["no record", 2, null, NEW, { S1: ["1 a 4, by a"], S2: ["1 a 4, by a"], S3: ["1 a 4, by a"], S4: ["1 a 4, by a"] }],
  [
    "no record, expired",
    5,
    null,
    NEW,
    { S1: ["-, by none"], S2: ["1 a 4, by none"], S3: ["-, by none"], S4: ["-, by none"] },
  ],
] as const)("%s", (_, hour, id, body, expected) => {
  test.each(Object.entries(expected))("%s", (sender, wanted) => {
    expect(outcomes(sender as Sender, held, hour, id, body)).toEqual(wanted);
  });
});

test.each(SENDERS)("%s fetches what it does not hold, if there is a record and a policy", (sender) => {
  expect(outcomes(sender, null, 3, 7, NEW)).toContain("7 ab 5, by ab");
  expect(outcomes(sender, null, 3, null, NEW)).toEqual(
    sender.endsWith("f") ? Array(3).fill("-, by none") : ["-, by none"],
  );
  expect(outcomes(sender, null, 3, 7, null)).not.toContain("7 ab 5, by ab");
});

test("in the hour in which an entry ends it may be held, or not", () => {
  expect(outcomes("S1", held, 4, 1, NEW)).toEqual(["1 a 4, by a", "1 ab 6, by ab"]);
});

test("lookups and fetches that fail leave what is held", () => {
  expect(outcomes("S1f", held, 2, 2, NEW)).toEqual(["2 ab 4, by ab", "1 a 4, by a", "1 a 4, by a"]);
});

test.each([
  [null, "ab", 0],
  [{ ...OLD, mode: "testing" }, "b", 0],
  [OLD, "a", 0],
  [OLD, "ab", 2],
  [OLD, "b", 6],
] as const)("%o refuses of %s: %s", (body, mx, bits) => expect(refusedBy(body, mx)).toBe(bits));
