import { runFailure } from "../action/failure.ts";
import { readArguments } from "./arguments.ts";
import { gateCommand } from "./gate.ts";
import { helpText } from "./help.ts";
import { lint } from "./lint.ts";
import { VERSION } from "./version.ts";

// Until a command has ended the status is failure; only its own value changes that (SPEC §6).
process.exitCode = 1;
process.stdout.on("error", () => undefined);

const { argv, env, stdout, stderr } = process;
const print = (text: string): void => void stdout.write(text);

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
    case "gate":
      return gateCommand(given, { env, print, colour: stdout.isTTY === true && !env["NO_COLOR"] });
  }
}

command().then(
  (status) => {
    process.exitCode = status;
    // Sockets that are still open keep the process alive for no one.
    setTimeout(() => process.exit(), 500).unref();
  },
  (error: unknown) => {
    const failure = runFailure(error);
    stderr.write(`mta-sts-gate: ${failure.message}\n`);
    process.exitCode = failure.status;
  },
);
