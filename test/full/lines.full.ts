import { expect, test } from "vitest";
import { exercise, figures, RUNS, SEED } from "./exercise.ts";
import { namePatterns } from "./names.ts";
import { policy } from "./policy.ts";
import { stsRecord, tlsrptRecord } from "./records.ts";
import { smtpReply } from "./smtp.ts";

process.stdout.write(`FULL_SEED=${SEED} FULL_RUNS=${RUNS}\n`);

test.each([policy, stsRecord, tlsrptRecord, smtpReply, namePatterns])(
  "$name neither throws nor is slow, whatever it is given",
  async (parser) => {
    const done = await exercise(parser);
    process.stdout.write(figures(parser.name, done));
    expect(done.inputs).toBe(RUNS);
    // Inputs that all end alike would say little.
    expect(done.outcomes.size).toBeGreaterThan(1);
  },
);
