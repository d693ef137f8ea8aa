import fc from "fast-check";
import { expect, test } from "vitest";
import { planText, whenWords } from "../../src/report/plan-text.ts";
import { HOSTILE, hostileText } from "./hostile.ts";
import { planWith } from "./plans.ts";
import { commandsIn } from "./runner.ts";

test("each step with its dates, edits and stops", () => {
  expect(planText(planWith("mx2")).split("\n")).toEqual([
    "example.com: plan add-mx, as of 2026-11-24T12:00:00Z",
    "1. Add mx2: done",
    "2. Add mx2: next",
    "   not before 2026-11-25T13:00:00Z for senders that compare ids",
    "   not before 2026-12-02T13:00:00Z for all senders",
    "   waits: Senders must have given up mx2.",
    "   do: Let mx2 serve it.",
    "   edit mx2:2",
    "     -mode: testing",
    "     +mode: mx2",
    "   write mx2:",
    "     version: STSv1",
    "     mx2",
    "   delete mx2",
    "   add this record: mx2 IN MX 10 mx2.",
    "   remove this record (mx2:2:1): mx2 IN MX 10 mx2.",
    "   blocked by: MX host mx2 is refused.",
    "   not seen: mx2 was not seen.",
    "   stop if mx2 still answers",
    "3. Add mx2",
    "   no waiting leads to this step: see what it is blocked by",
    "   blocked by: MX host mx2 is refused.",
    "   not seen: mx2 was not seen.",
    "The plan is over when mx2 is gone.",
    "note: The history is not complete (mx2).",
    "",
  ]);
});

const [, NEXT] = planWith("x").steps;
const SOON = "2026-11-25T13:00:00Z";

test.each([
  [{ from: SOON, all: SOON }, [`not before ${SOON}`]],
  [{ from: SOON, all: SOON, state: "later" }, [`not before ${SOON}, if each step before is merged on its first date`]],
  [
    { from: SOON, all: null },
    [`not before ${SOON} for senders that compare ids`, "for all senders, no waiting leads to this step"],
  ],
] as const)("%j", (step, words) => {
  if (!NEXT) throw new Error("no step");
  expect(whenWords({ ...NEXT, ...step })).toEqual(words);
});

test("hostile text makes no command and no terminal sequence", () => {
  const printable = /^[\n\x20-\x7e]*$/;
  for (const text of HOSTILE) expect(commandsIn(planText(planWith(text)))).toEqual([]);
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = planText(planWith(text));
      return printable.test(shown) && commandsIn(shown).length === 0;
    }),
  );
});
