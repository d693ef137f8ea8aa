import { runFailure } from "../run/failure.ts";
import { told } from "../run/told.ts";
import { writeSummary } from "./deliver.ts";
import { writeOutputs } from "./output-file.ts";
import { run } from "./run.ts";

// The process of the action. Until every step was completed its status is not 0 and its verdict is `unknown`: an end that
// nobody foresaw, or a promise that never settles, must not look like ready (SPEC §6).
process.exitCode = 1;

const { env } = process;
// Also what fails to print must not change the status.
process.stdout.on("error", () => undefined);
const print = (text: string): void => void process.stdout.write(text);
let settled = false;

/** Sockets that are still open keep the process alive for no one. */
const LINGER = 500;

function end(status: number): void {
  settled = true;
  process.exitCode = status;
  setTimeout(() => process.exit(), LINGER).unref();
}

function fail(error: unknown): void {
  const { status, line, summary } = runFailure(error);
  print(line);
  writeSummary({ env, print }, summary);
  end(status);
}

function abandon(line: string, status: number): never {
  print(line);
  try {
    writeOutputs(env, { verdict: "unknown" });
  } finally {
    process.exit(status);
  }
}

for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => abandon(runFailure(error).line, 1));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => abandon(told("error", `stopped by ${signal}; nothing was decided`), 3));
process.on("beforeExit", () => {
  if (!settled) abandon(told("error", "internal: not finished; nothing was decided"), 1);
});

try {
  writeOutputs(env, { verdict: "unknown" });
  run({ env, print }).then(end, fail);
} catch (error) {
  fail(error);
}
