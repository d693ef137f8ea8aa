// Changes the sources that decide a verdict, one place at a time, and asks whether a test notices (docs/mutation.md).
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { type Mutant, mutantsOf, mutated } from "./mutation/mutants.ts";
import { figures, knownSurvivors, nameOf, survivorRow } from "./mutation/page.ts";
import { judgeMutants } from "./mutation/run.ts";
import { sourcesWith, testsOf } from "./mutation/scope.ts";

const PARTS = process.env["MUTANTS"] ?? "";
const MINUTES = Number(process.env["MUTANT_MINUTES"] ?? 45);

describe("the changes", () => {
  const SOURCE = `export const f = (a: readonly number[], b: true): boolean => {
  const s: 7 | string = "a < 1 && b"; // a === b
  if (!b) return [...a, 10].filter((x) => x <= 2).some((x) => x - 1 === 0);
  return a.length > 0 ? true : b || s === "";
};
`;

  test("each is one place of the code, and none is in a type, a string or a comment", () => {
    expect(
      mutantsOf("f.ts", SOURCE).map(({ line, column, operator, change }) => `${line}:${column} ${operator} ${change}`),
    ).toMatchInlineSnapshot(`
      [
        "1:63 early-return export const f = (a: readonly number[], b: true): boolean => {⟦ → return true;⟧",
        "1:63 early-return export const f = (a: readonly number[], b: true): boolean => {⟦ → return false;⟧",
        "3:7 condition if (⟦!b → false⟧) return [...a, 10].filter((x) => x <= 2).some((x) => x - 1 === 0);",
        "3:7 negation if (⟦!b → b⟧) return [...a, 10].filter((x) => x <= 2).some((x) => x - 1 === 0);",
        "3:18 dropped-call if (!b) return ⟦[...a, 10].filter((x) => x <= 2) → [...a, 10]⟧.some((x) => x - 1 === 0);",
        "3:19 spread if (!b) return [⟦...a, → ⟧10].filter((x) => x <= 2).some((x) => x - 1 === 0);",
        "3:25 number if (!b) return [...a, ⟦10 → 11⟧].filter((x) => x <= 2).some((x) => x - 1 === 0);",
        "3:25 number if (!b) return [...a, ⟦10 → 9⟧].filter((x) => x <= 2).some((x) => x - 1 === 0);",
        "3:45 comparison if (!b) return [...a, 10].filter((x) => x ⟦<= → <⟧ 2).some((x) => x - 1 === 0);",
        "3:48 number if (!b) return [...a, 10].filter((x) => x <= ⟦2 → 3⟧).some((x) => x - 1 === 0);",
        "3:48 number if (!b) return [...a, 10].filter((x) => x <= ⟦2 → 1⟧).some((x) => x - 1 === 0);",
        "3:51 quantifier if (!b) return [...a, 10].filter((x) => x <= 2).⟦some → every⟧((x) => x - 1 === 0);",
        "3:65 arithmetic if (!b) return [...a, 10].filter((x) => x <= 2).some((x) => x ⟦- → +⟧ 1 === 0);",
        "3:67 number if (!b) return [...a, 10].filter((x) => x <= 2).some((x) => x - ⟦1 → 2⟧ === 0);",
        "3:67 number if (!b) return [...a, 10].filter((x) => x <= 2).some((x) => x - ⟦1 → 0⟧ === 0);",
        "3:69 comparison if (!b) return [...a, 10].filter((x) => x <= 2).some((x) => x - 1 ⟦=== → !==⟧ 0);",
        "3:73 number if (!b) return [...a, 10].filter((x) => x <= 2).some((x) => x - 1 === ⟦0 → 1⟧);",
        "3:73 number if (!b) return [...a, 10].filter((x) => x <= 2).some((x) => x - 1 === ⟦0 → -1⟧);",
        "4:19 comparison return a.length ⟦> → >=⟧ 0 ? true : b || s === "";",
        "4:21 number return a.length > ⟦0 → 1⟧ ? true : b || s === "";",
        "4:21 number return a.length > ⟦0 → -1⟧ ? true : b || s === "";",
        "4:25 boolean return a.length > 0 ? ⟦true → false⟧ : b || s === "";",
        "4:25 branches return a.length > 0 ? ⟦true : b || s === "" → b || s === "" : true⟧;",
        "4:34 logic return a.length > 0 ? true : b ⟦|| → &&⟧ s === "";",
        "4:39 comparison return a.length > 0 ? true : b || s ⟦=== → !==⟧ "";",
      ]
    `);
  });

  test("each leaves a text that can still be read", () => {
    for (const path of sourcesWith(""))
      for (const mutant of mutantsOf(path, readFileSync(path, "utf8")))
        expect(() => mutantsOf(path, mutated(readFileSync(path, "utf8"), mutant)), nameOf(mutant)).not.toThrow();
  });
});

describe("the page", () => {
  test("its rows are read as they are written", () => {
    const [mutant] = mutantsOf("src/f.ts", "const f = a || `b`;\n");
    if (!mutant) throw new Error("no mutant");
    expect(knownSurvivors(survivorRow(mutant).replace("|  |", "| never |")).map(nameOf)).toEqual([nameOf(mutant)]);
  });

  test("every survivor on it has a reason and is listed once", () => {
    const known = knownSurvivors();
    expect(known.filter(({ why }) => why.length < 10)).toEqual([]);
    expect(new Set(known.map(nameOf)).size).toBe(known.length);
  });
});

test("every change is noticed by a test, or stands on the page with the reason why not", async () => {
  const sources = sourcesWith(PARTS);
  expect(sources.filter((path) => testsOf(path).length === 0)).toEqual([]);
  const begun = performance.now();
  const examiners = Math.min(2, availableParallelism());
  const onSurvivor = (mutant: Mutant): void => void process.stderr.write(`${survivorRow(mutant)}\n`);
  const { judged, left } = await judgeMutants({ sources, examiners, budgetMs: MINUTES * 60_000, onSurvivor });
  process.stdout.write(`\n${figures(judged)}\n${Math.round((performance.now() - begun) / 1000)} seconds\n`);

  const survivors = judged.filter(({ noticedBy }) => noticedBy === undefined).map(({ mutant }) => mutant);
  const known = knownSurvivors().filter(({ file }) => PARTS.split(",").some((part) => file.includes(part)));
  const isKnown = new Set(known.map(nameOf));
  const unknown = survivors.filter((mutant) => !isKnown.has(nameOf(mutant)));
  for (const { file, line, column, operator, start, end, replacement } of survivors)
    process.stdout.write(
      `${file}:${line}:${column} ${operator} ${JSON.stringify(readFileSync(file, "utf8").slice(start, end))} -> ${JSON.stringify(replacement)}\n`,
    );
  process.stdout.write(`\n${unknown.map(survivorRow).join("\n")}\n`);

  expect(unknown.map(nameOf), "changes that no test notices").toEqual([]);
  const [alive, late] = [survivors, left].map((mutants) => new Set(mutants.map(nameOf)));
  const stale = known.filter((one) => !alive?.has(nameOf(one)) && !late?.has(nameOf(one)));
  expect(stale.map(nameOf), "rows of docs/mutation.md that are gone, or noticed by now").toEqual([]);
  expect(left.length, `changes that ${MINUTES} minutes were not enough for`).toBe(0);
});
