import { expect, test } from "vitest";
import { subjectAltName } from "./certificates.ts";
import { dnsWire } from "./dns.ts";
import { exercise, figures, RUNS, SEED } from "./exercise.ts";
import { tlsrptMail } from "./mail.ts";
import { tlsrptReport } from "./report.ts";
import { zones } from "./zones.ts";

process.stdout.write(`FULL_SEED=${SEED} FULL_RUNS=${RUNS}\n`);

test.each([subjectAltName, dnsWire, tlsrptReport, tlsrptMail, zones])(
  "$name neither throws nor is slow, whatever it is given",
  async (parser) => {
    const done = await exercise(parser);
    process.stdout.write(figures(parser.name, done));
    expect(done.inputs).toBe(RUNS);
    // Inputs that all end alike would say little.
    expect(done.outcomes.size).toBeGreaterThan(1);
  },
);
