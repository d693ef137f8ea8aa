import { OPTIONS } from "../options.ts";
import { COMMANDS } from "./arguments.ts";

/** `--help`, from the same table as action.yml and the README. */
export function helpText(): string {
  const commands = Object.entries(COMMANDS).map(([name, what]) => `  ${name.padEnd(8)} ${what}`);
  const options = OPTIONS.filter(({ built }) => built).flatMap(({ name, help, fallback, choices }) => {
    const set = choices ? ` One of: ${choices.join(", ")}.` : "";
    return [`  --${name}`, `      ${plain(help)}${set} Default: ${plain(fallback)}.`];
  });
  const unbuilt = OPTIONS.filter(({ built }) => !built).map(({ name }) => name);
  return [
    "mta-sts-gate: judges an MTA-STS change before it merges.",
    "",
    "Usage: mta-sts-gate COMMAND [OPTIONS]",
    "",
    ...commands,
    "",
    "Options of gate:",
    ...options,
    "",
    `Not built in this version (exit 2): ${unbuilt.join(", ")}.`,
    "Exit status: 0 ready, 1 blocked, 2 the options or the configuration are wrong, 3 unknown.",
    "",
  ].join("\n");
}

const plain = (text: string): string => text.replace(/`/g, "");
