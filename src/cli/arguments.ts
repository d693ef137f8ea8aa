import { OptionError } from "../errors.ts";
import { OPTIONS } from "../options.ts";

/** What the command line can do. SPEC's others fail with exit 2 until they are built; none is ever ignored. */
export const COMMANDS = {
  gate: "[--base REV] [domain…]  judge the change from REV (default HEAD^) to HEAD",
  lint: "FILE… | -  read policies, offline: --format text, json or github",
  help: "this text",
  version: "the version",
} as const;
export type Command = keyof typeof COMMANDS;

const UNBUILT = ["verify", "collect", "observe", "judge", "plan", "report", "init", "doctor", "demo"];

export interface Arguments {
  readonly command: Command;
  readonly operands: readonly string[];
  /** Options by name, as text, for parseOptions. */
  readonly options: Readonly<Record<string, string>>;
  readonly format: string | undefined;
}

/**
 * @param argv what follows the program's name
 * @throws OptionError for a command or an option that is not there.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const { words, given } = sorted(argv);
  const [name = "help", ...operands] = words;
  if (given.has("help")) return { command: "help", operands: [], options: {}, format: undefined };
  if (given.has("version")) return { command: "version", operands: [], options: {}, format: undefined };
  const format = given.get("format");
  given.delete("format");
  return { command: commandNamed(name), operands, options: Object.fromEntries(given), format };
}

function commandNamed(name: string): Command {
  const allowed = Object.keys(COMMANDS);
  if (UNBUILT.includes(name)) throw new OptionError(name, "this command is not built in this version", { allowed });
  if (!allowed.includes(name)) throw new OptionError(name, "is no command", { allowed });
  return name as Command;
}

/** `--name value`, `--name=value`, `--flag`; everything after `--` is an operand. */
function sorted(argv: readonly string[]): { words: string[]; given: Map<string, string> } {
  const words: string[] = [];
  const given = new Map<string, string>();
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") words.push(...rest.splice(0));
    else if (word === "-h") given.set("help", "true");
    else if (!word.startsWith("--")) words.push(word);
    else {
      const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      given.set(name, value ?? (isFlag(name) ? "true" : (rest.shift() ?? missing(name))));
    }
  }
  return { words, given };
}

function isFlag(name: string): boolean {
  return name === "help" || name === "version" || OPTIONS.find((option) => option.name === name)?.form === "flag";
}

function missing(name: string): never {
  throw new OptionError(name, "needs a value");
}
