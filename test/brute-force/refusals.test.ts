// Rows of the published worst cases of sender classes, with a max_age of 4 hours in the place of 168.
import { describe, expect, test } from "vitest";
import { appliedFrom, newRefusals, refusals, statesBefore } from "./refusals.ts";
import { REFUSED, type Sender } from "./senders.ts";
import { type Body, type Commit, type Mx, timelineOf } from "./world.ts";

const A: Body = { mode: "enforce", mx: "a", maxAge: 4 };
const B: Body = { ...A, mx: "b" };
const BOTH: Body = { ...A, mx: "ab" };
const TESTING: Body = { ...A, mode: "testing", maxAge: 2 };
const NONE: Body = { ...A, mode: "none", maxAge: 2 };

type Edit = { readonly at: number; readonly body?: Body | null; readonly id?: number | null; readonly mx?: Mx };

/** Enforce {a}, id 1, MX a for long, then these edits. Hours in which some sender of the class refuses: `partial 2-3`, `partial 2-…` to the last hour looked at. */
function hoursRefused(sender: Sender, edits: readonly Edit[]): string {
  const before: Commit[] = [
    { at: -8, body: null, id: null, mx: "a" },
    { at: -7, body: A, id: 1, mx: "a" },
  ];
  const commits = edits.reduce((all, edit) => [...all, { ...(all.at(-1) as Commit), ...edit }], before);
  const line = timelineOf(commits, []);
  const bits = refusals(appliedFrom(sender, statesBefore(sender, line, 0), line), line);
  const bad = (one: number): boolean => one !== 0;
  if (!bits.some(bad)) return "ok";
  const [first, last] = [bits.findIndex(bad), bits.findLastIndex(bad)];
  const every = bits.slice(first, last + 1).every(bad) ? "" : " with gaps";
  return `${bits.some((one) => one & REFUSED.all) ? "REJECT" : "partial"} ${first}-${last === 8 ? "…" : last}${every}`;
}

describe.each<readonly [string, readonly Edit[], Readonly<Record<"S1" | "S2" | "S3", string>>]>([
  [
    "add a backup MX: policy 0, id 1, MX 3",
    [
      { at: 0, body: BOTH },
      { at: 1, id: 2 },
      { at: 3, mx: "ab" },
    ],
    { S1: "ok", S2: "ok", S3: "partial 3-3" },
  ],
  [
    "… MX after the id's TTL",
    [
      { at: 0, body: BOTH },
      { at: 1, id: 2 },
      { at: 2, mx: "ab" },
    ],
    { S1: "ok", S2: "ok", S3: "partial 2-3" },
  ],
  [
    "… MX after max_age",
    [
      { at: 0, body: BOTH },
      { at: 1, id: 2 },
      { at: 5, mx: "ab" },
    ],
    { S1: "ok", S2: "ok", S3: "ok" },
  ],
  [
    "… MX after max_age, id never bumped",
    [
      { at: 0, body: BOTH },
      { at: 5, mx: "ab" },
    ],
    { S1: "ok", S2: "partial 5-…", S3: "ok" },
  ],
  ["replace the provider: MX only", [{ at: 0, mx: "b" }], { S1: "REJECT 0-…", S2: "REJECT 0-…", S3: "REJECT 0-…" }],
  [
    "… everything together, id before body",
    [
      { at: 0, id: 2, mx: "b" },
      { at: 1, body: B },
    ],
    { S1: "REJECT 0-4", S2: "REJECT 0-…", S3: "REJECT 0-4" },
  ],
  [
    "… both, id, MX after max_age, new after the MX TTL",
    [
      { at: 0, body: BOTH },
      { at: 1, id: 2 },
      { at: 5, mx: "b" },
      { at: 6, body: B },
      { at: 6, id: 3 },
    ],
    { S1: "ok", S2: "ok", S3: "ok" },
  ],
  [
    "… both, no id, MX after max_age",
    [
      { at: 0, body: BOTH },
      { at: 5, mx: "b" },
    ],
    { S1: "ok", S2: "REJECT 5-…", S3: "ok" },
  ],
  [
    "the id an hour before the body, MX after max_age",
    [
      { at: 0, id: 2 },
      { at: 1, body: BOTH },
      { at: 5, mx: "b" },
    ],
    { S1: "ok", S2: "REJECT 5-…", S3: "ok" },
  ],
  [
    "delete record and policy, MX 2 h later",
    [
      { at: 0, body: null, id: null },
      { at: 2, mx: "b" },
    ],
    { S1: "REJECT 2-3", S2: "REJECT 2-4", S3: "REJECT 2-3" },
  ],
  [
    "none and id, wait max_age, MX, delete",
    [
      { at: 0, body: NONE },
      { at: 0, id: 2 },
      { at: 5, mx: "b" },
      { at: 6, body: null, id: null },
    ],
    { S1: "ok", S2: "ok", S3: "ok" },
  ],
  [
    "none, no id, wait max_age, delete, MX",
    [
      { at: 0, body: NONE },
      { at: 5, body: null, id: null },
      { at: 6, mx: "b" },
    ],
    { S1: "ok", S2: "REJECT 6-…", S3: "ok" },
  ],
  [
    "policy host dead, id bumped, MX at 2",
    [
      { at: 0, body: null, id: 2 },
      { at: 2, mx: "b" },
    ],
    { S1: "REJECT 2-3", S2: "REJECT 2-4", S3: "REJECT 2-3" },
  ],
  [
    "emergency: the MX is wrong, testing and id",
    [{ at: 0, mx: "b", body: TESTING, id: 2 }],
    { S1: "REJECT 0-0", S2: "REJECT 0-0", S3: "REJECT 0-3" },
  ],
])("%s", (_, edits, expected) => {
  test.each(Object.entries(expected))("%s", (sender, wanted) => {
    expect(hoursRefused(sender as Sender, edits)).toBe(wanted);
  });

  test.each(["S4", "S1f"] as const)("%s is as S3: one that held nothing may fetch at any hour too", (sender) => {
    expect(hoursRefused(sender, edits)).toBe(hoursRefused("S3", edits));
  });
});

test("a refusal is new where nothing like it comes without the change, then or later", () => {
  const { a, b, all } = REFUSED;
  expect(newRefusals([a, a, b], [0, a, 0])).toEqual([0, 0, b]);
  expect(newRefusals([b | all, b], [b, b])).toEqual([all, 0]);
  expect(newRefusals([b, b], [b, 0])).toEqual([0, b]);
});
