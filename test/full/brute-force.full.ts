// Every little world of one commit, those of two with few policies and gaps, and some of two and three by chance: the gate never
// says `ready` where the brute force finds a new refusal. Prints how often it blocks what was safe, and by which rule.
import { expect, test } from "vitest";
import { ALL, ALL_UNFENCED, ID_CHECKING, type Terms } from "../brute-force/judged.ts";
import { entriesOf } from "../brute-force/ledger.ts";
import {
  isInFlight,
  type Little,
  oneCommitWorlds,
  sampledWorlds,
  twoCommitWorlds,
  unpublishedWorlds,
} from "../brute-force/space.ts";
import { count, FAULTS, storiesOf, type Tally, tableOf, tallyOf } from "../brute-force/verdicts.ts";

type Space = readonly [string, Tally["counts"], () => Iterable<Little>];

const SPACES: readonly Space[] = [
  ["no commit before the change", "all", unpublishedWorlds],
  ["one commit", "all", oneCommitWorlds],
  ["two commits, by chance", "faults", () => sampledWorlds(2, 300, 60, 2)],
  ["three commits, by chance", "faults", () => sampledWorlds(3, 60, 60, 3)],
  ["two commits, few policies and gaps", "faults", twoCommitWorlds],
];

const tallies = (settings: readonly Terms[], counts: Tally["counts"]): readonly Tally[] =>
  settings.map((terms) => tallyOf(terms, counts));

function judged(worlds: Iterable<Little>, fenced: boolean, live: readonly Tally[], inFlight: readonly Tally[]): void {
  for (const entry of entriesOf(worlds, fenced))
    for (const tally of isInFlight(entry.question) ? inFlight : live) count(tally, entry);
}

function said(space: string, those: readonly Tally[]): string {
  for (const tally of those.filter(({ questions }) => questions > 0))
    process.stdout.write(`\n${space}\n\n${tableOf(tally)}`);
  return those.flatMap((tally) => FAULTS.flatMap((fault) => storiesOf(tally, fault))).join("\n\n");
}

test.each(SPACES)("%s", (space, counts, worlds) => {
  const [live, inFlight] = [tallies([ID_CHECKING, ALL], counts), tallies([ID_CHECKING, ALL], counts)];
  judged(worlds(), true, live, inFlight);
  const stories = [said(`${space}; the base is live`, live), said(`${space}; the base is on its way`, inFlight)];
  expect(stories.filter(Boolean).join("\n\n")).toBe("");
});

// A pipeline without a fence: only counted, since rollout-order warns of it and does not block (an id that is seen before its policy).
test("one commit, the parts of a commit in any order", () => {
  const [live, inFlight] = [tallies([ALL_UNFENCED], "faults"), tallies([ALL_UNFENCED], "faults")];
  judged(oneCommitWorlds(), false, live, inFlight);
  said("one commit, unfenced; the base is live", live);
  said("one commit, unfenced; the base is on its way", inFlight);
  expect(live[0]?.questions).toBeGreaterThan(0);
});
