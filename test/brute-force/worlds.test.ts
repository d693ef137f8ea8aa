// Worlds that the brute force found, one for each reason why mail is newly refused that is easy to overlook.
import { describe, expect, test } from "vitest";
import { ALL, ID_CHECKING } from "./judged.ts";
import { entriesOf } from "./ledger.ts";
import type { Little } from "./space.ts";
import { count, FAULTS, storiesOf, tallyOf } from "./verdicts.ts";
import type { Body, Commit, Mx, Published } from "./world.ts";

const enforce = (mx: Mx, maxAge: number): Body => ({ mode: "enforce", mx, maxAge });
const none = (maxAge: number): Body => ({ mode: "none", mx: "a", maxAge });
const says = (body: Body | null, id: number | null, mx: Mx): Published => ({ body, id, mx });
const at = (hour: number, said: Published): Commit => ({ at: hour, ...said });
const unpublished = (mx: Mx): Commit => at(-24, says(null, null, mx));

const WORLDS: readonly (readonly [string, Little])[] = [
  [
    "a sender that extends its entry on an unchanged id does so until the old id has left the resolvers, and then keeps it where no record says more",
    {
      past: [unpublished("ab"), at(-9, says(enforce("a", 2), 1, "ab")), at(-3, says(none(4), 2, "a"))],
      change: says(null, null, "b"),
    },
  ],
  [
    "the same, with a record: senders whose lookups fail keep it as long",
    {
      past: [unpublished("ab"), at(-9, says(enforce("a", 2), 1, "ab")), at(-3, says(none(4), 2, "a"))],
      change: says(none(4), 3, "b"),
    },
  ],
  [
    "a policy that was live before its id was fetched under the id before, and that id has come back",
    {
      past: [
        unpublished("a"),
        at(-10, says(enforce("ab", 4), 1, "a")),
        at(-5, says(enforce("b", 4), 2, "a")),
        at(-3, says(enforce("ab", 2), 1, "b")),
      ],
      change: says(none(2), 3, "a"),
    },
  ],
  [
    "the last good host goes, and what is held under an id that has come back covers no other",
    {
      past: [
        unpublished("a"),
        at(-20, says(none(2), 1, "a")),
        at(-13, says(enforce("a", 4), 2, "b")),
        at(-6, says({ mode: "testing", mx: "a", maxAge: 4 }, 1, "ab")),
      ],
      change: says({ mode: "testing", mx: "a", maxAge: 2 }, 3, "b"),
    },
  ],
  [
    "enforcement begins while resolvers still answer an MX that was removed an hour ago",
    { past: [unpublished("a"), at(-1, says(null, null, "b"))], change: says(enforce("b", 2), 1, "b") },
  ],
  [
    "the base that is on its way repairs what is deployed, and the change takes that back",
    {
      past: [unpublished("ab"), at(-6, says(enforce("b", 2), 1, "ab")), at(0, says(none(4), 2, "b"))],
      change: says(enforce("b", 2), 3, "ab"),
    },
  ],
];

describe.each(WORLDS)("%s", (_, little) => {
  const entries = [...entriesOf([little], true)];

  test.each([ID_CHECKING, ALL])("$name", (terms) => {
    const tally = tallyOf(terms);
    for (const entry of entries) count(tally, entry);
    expect(FAULTS.flatMap((fault) => storiesOf(tally, fault)).join("\n\n")).toBe("");
  });

  test("some sender newly refuses", () => expect(entries.some(({ refusals }) => refusals.length > 0)).toBe(true));
});
