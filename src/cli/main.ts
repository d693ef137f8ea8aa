#!/usr/bin/env node
import { runFailure } from "../run/failure.ts";
import { readArguments } from "./arguments.ts";
import { helpText } from "./help.ts";
import { lint } from "./lint.ts";
import { openProgress } from "./progress.ts";
import { VERSION } from "./version.ts";

// Until a command has ended the status is failure; only its own value changes that (SPEC §6).
process.exitCode = 1;
process.stdout.on("error", () => undefined);

const { argv, env, stdout, stderr } = process;
const print = (text: string): void => void stdout.write(text);
let settled = false;

/** Where a person watches: never in a log. */
const watched = stderr.isTTY === true && !env["CI"] && env["TERM"] !== "dumb";
const progress = watched
  ? openProgress({
      write: (text) => void stderr.write(text),
      columns: () => stderr.columns || 80,
      now: () => performance.now(),
      every: (milliseconds, call) => {
        const timer = setInterval(call, milliseconds).unref();
        return () => clearInterval(timer);
      },
    })
  : undefined;

async function command(): Promise<number> {
  const given = readArguments(argv.slice(2));
  switch (given.command) {
    case "help":
      print(helpText());
      return 0;
    case "version":
      print(`${VERSION}\n`);
      return 0;
    case "lint":
      return lint(given.operands, given.format, print);
    case "collect": {
      const { collectCommand } = await import(/* webpackMode: "eager" */ "./collect.ts");
      return collectCommand(given, { print, folder: process.cwd() });
    }
    case "observe": {
      const { observeCommand } = await import(/* webpackMode: "eager" */ "./observe.ts");
      return observeCommand(given, { print, folder: process.cwd() });
    }
    case "init": {
      const { initCommand } = await import(/* webpackMode: "eager" */ "./init.ts");
      return initCommand(given, { print, folder: process.cwd() });
    }
    case "doctor": {
      const { doctorCommand } = await import(/* webpackMode: "eager" */ "./doctor.ts");
      return doctorCommand(given, { print, folder: process.cwd() });
    }
    case "plan":
    case "judge":
    case "verify":
    case "gate": {
      // Evaluated here: the others need neither rules nor a network.
      const { gateCommand } = await import(/* webpackMode: "eager" */ "./gate.ts");
      const { judgeCommand } = await import(/* webpackMode: "eager" */ "./judge.ts");
      const { verifyCommand } = await import(/* webpackMode: "eager" */ "./verify.ts");
      const { planCommand } = await import(/* webpackMode: "eager" */ "./plan.ts");
      const commands = { gate: gateCommand, judge: judgeCommand, verify: verifyCommand, plan: planCommand };
      return commands[given.command](given, {
        env,
        print,
        tell: (text) => void stderr.write(text),
        colour: stdout.isTTY === true && !env["NO_COLOR"],
        progress,
        folder: process.cwd(),
      });
    }
  }
}

function end(status: number): void {
  settled = true;
  process.exitCode = status;
  // Sockets that are still open keep the process alive for no one.
  setTimeout(() => process.exit(), 500).unref();
}

function fail(error: unknown): void {
  const { status, message } = runFailure(error);
  progress?.end();
  stderr.write(`mta-sts-gate: ${message}\n`);
  end(status);
}

// Node's own end of these prints a stack, in which outside text would not be inert.
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => {
    fail(error);
    process.exit(1);
  });
process.on("beforeExit", () => {
  if (!settled) fail(new Error("not finished"));
});

command().then(end, fail);
