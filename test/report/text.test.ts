import fc from "fast-check";
import { expect, it } from "vitest";
import { text } from "../../src/report/text.ts";
import { GOLDENS, reported } from "./fold.ts";
import { hostileText } from "./hostile.ts";
import { commandsIn } from "./runner.ts";
import { BLOCKED, CONTEXT, hostileRun, hostileVerdict, manyDomains, READY, runOf } from "./verdicts.ts";

it.each(GOLDENS)("$title", async ({ title, domains, run }) => {
  await expect(reported(text, domains, { run })).toMatchFileSnapshot(`expected/${title}.text.txt`);
});

it("ends with the verdict", () =>
  expect(reported(text, [READY, BLOCKED]).trimEnd().split("\n").at(-1)).toBe(
    "blocked: domains 2, errors 2, warnings 1, unknowns 0",
  ));

it("colours only where asked", () => {
  const coloured = reported(text, [BLOCKED], { context: { ...CONTEXT, colour: true } });
  expect(coloured).toContain("\u001b[31mblocked\u001b[0m");
  expect(
    coloured
      .split("\u001b")
      .map((part) => part.replace(/^\[\d+m/, ""))
      .join(""),
  ).toBe(reported(text, [BLOCKED]));
});

it("a flood ends after 2,000 lines, with how much is missing and the verdict", () => {
  const domains = manyDomains(1_000, BLOCKED);
  const lines = reported(text, domains, { run: runOf(...domains) }).split("\n");
  expect(lines.length).toBeLessThan(2_020);
  expect(lines.join("\n")).toMatch(/\d+ more lines are not shown/);
  expect(lines.join("\n")).toContain("800 more domains are not shown");
  expect(lines.at(-2)).toMatch(/^blocked: /);
});

it("hostile text makes no command, no line and no terminal sequence", () => {
  const known = reported(text, [hostileVerdict("x")], { run: hostileRun("x") }).split("\n").length;
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const shown = reported(text, [hostileVerdict(hostile)], { run: hostileRun(hostile) });
      expect(shown).toMatch(/^[\x20-\x7e\n]*$/);
      expect(shown.split("\n")).toHaveLength(known);
      expect(commandsIn(shown)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
