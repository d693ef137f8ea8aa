import { readFileSync } from "node:fs";
import { Bench } from "./bench.ts";
import { type Mutant, mutantsOf, mutated } from "./mutants.ts";
import { testsOf } from "./scope.ts";

export interface Judged {
  readonly mutant: Mutant;
  /** The test that noticed; undefined for a survivor. */
  readonly noticedBy: string | undefined;
  readonly ms: number;
}

export interface Outcome {
  /** In the order of the sources and their texts. */
  readonly judged: readonly Judged[];
  /** Mutants that no time was left for. */
  readonly left: readonly Mutant[];
}

export interface Run {
  readonly sources: readonly string[];
  /** Examiners at work at the same time. */
  readonly examiners: number;
  /** No mutant is begun after that many milliseconds. */
  readonly budgetMs: number;
  /** Told at once, in no order. */
  readonly onSurvivor: (mutant: Mutant) => void;
}

/** Judges every mutant of the sources. Throws where the tests fail without any: then all of them would seem to be noticed. */
export async function judgeMutants({ sources, examiners, budgetMs, onSurvivor }: Run): Promise<Outcome> {
  const end = performance.now() + budgetMs;
  const texts = new Map(sources.map((path) => [path, readFileSync(path, "utf8")]));
  // Once: a test that is written while this runs is no part of it.
  const tests = new Map(sources.map((path) => [path, testsOf(path)]));
  const mutants = sources.flatMap((path) => mutantsOf(path, texts.get(path) ?? ""));
  const found = new Map<Mutant, Judged>();
  const bench = new Bench(examiners);
  try {
    const took = await withoutMutant(bench, texts, tests);
    const isOver = (): boolean => performance.now() > end;
    await bench.each(mutants, isOver, async (mutant, seat) => {
      const begun = performance.now();
      const patience = LEAST_PATIENCE_MS + 5 * (took.get(setOf(tests, mutant.file)) ?? 0);
      const text = mutated(texts.get(mutant.file) ?? "", mutant);
      const question = { source: mutant.file, text, tests: tests.get(mutant.file) ?? [] };
      const answer = await bench.ask(seat, question, patience);
      const noticedBy = answer.kind === "failed" ? answer.test : undefined;
      if (noticedBy === undefined) onSurvivor(mutant);
      found.set(mutant, { mutant, noticedBy, ms: performance.now() - begun });
    });
    // Nor must they fail by now for another reason, as a file that was changed meanwhile.
    await withoutMutant(bench, texts, tests);
  } finally {
    await bench.close();
  }
  return {
    judged: mutants.flatMap((mutant) => found.get(mutant) ?? []),
    left: mutants.filter((mutant) => !found.has(mutant)),
  };
}

/** A mutant that takes that much longer than its tests take without it does not end. */
const LEAST_PATIENCE_MS = 10_000;

type Tests = ReadonlyMap<string, readonly string[]>;

const setOf = (tests: Tests, source: string): string => (tests.get(source) ?? []).toSorted().join(" ");

/** Milliseconds that each set of tests takes while nothing is changed. All of them have to pass. */
async function withoutMutant(
  bench: Bench,
  texts: ReadonlyMap<string, string>,
  tests: Tests,
): Promise<ReadonlyMap<string, number>> {
  const sets = new Map([...texts.keys()].map((path) => [setOf(tests, path), path]));
  const took = new Map<string, number>();
  await bench.each(
    [...sets],
    () => false,
    async ([set, source], seat) => {
      const begun = performance.now();
      const question = { source, text: texts.get(source) ?? "", tests: tests.get(source) ?? [] };
      const answer = await bench.ask(seat, question, 600_000);
      if (answer.kind === "failed") throw new Error(`The tests of ${source} fail as it is: ${answer.test}`);
      took.set(set, performance.now() - begun);
    },
  );
  return took;
}
