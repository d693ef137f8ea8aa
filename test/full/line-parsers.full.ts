import { expect, test } from "vitest";
import { exercise, figures, RUNS, SEED } from "./exercise.ts";
import { LINE_PARSERS } from "./line-parsers.ts";

process.stdout.write(`FULL_SEED=${SEED} FULL_RUNS=${RUNS}\n`);

test.each(LINE_PARSERS)("$name neither throws nor is slow, whatever it is given", async (parser) => {
  const done = await exercise(parser);
  process.stdout.write(figures(parser.name, done));
  expect(done.inputs).toBe(RUNS);
});
