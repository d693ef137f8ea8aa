import { OptionError } from "../errors.ts";
import { OPTIONS } from "../options.ts";

/** What the command line can do. SPEC's others fail with exit 2 until they are built; none is ever ignored. */
export const COMMANDS = {
  gate: "[--base REV] [domain]  judge the change from REV (default HEAD^) to HEAD",
  collect: "[domain]  show what HEAD says, offline: policies, records, and where they stand",
  verify: "[domain]  compare what is deployed with what HEAD says",
  observe: "domain… --evidence-file F  write down what senders see now; needs no repository",
  judge: "--evidence F [domain]  as gate, by evidence alone: no network",
  plan: "DOMAIN INTENT  the safe order of edits from HEAD to an intent, with dates",
  lint: "FILE… | -  read policies, offline",
  init: "DOMAIN  write a first policy, config and workflow, and print the DNS records to publish",
  doctor: "[domain]  is the gate in its place: workflow, repository, resolver, port 25",
  help: "this text",
  version: "the version",
} as const;
export type Command = keyof typeof COMMANDS;

const UNBUILT = ["report", "demo"];

/** Options of the command line alone. */
const OWN = ["fix", "format", "help", "version"];

/** Of the options, those of a run that asks the network. */
const OF_A_NETWORK = ["resolver", "proxy", "ca-file", "allow-private-networks", "timeout"];

const NOT_OF_JUDGE = [...OF_A_NETWORK.slice(0, 4), "shard", "mode", "evidence-file", "wait-for-deploy"];

/** Of the options, those that say something to a command that takes no others. */
const TAKES: Partial<Readonly<Record<Command, readonly string[]>>> = {
  collect: ["config", "domain", "policy", "records", "record-id", "if-none"],
  gate: ["fix", ...OPTIONS.map(({ name }) => name).filter((name) => name !== "wait-for-deploy")],
  verify: OPTIONS.map(({ name }) => name).filter((name) => !["base", "shard"].includes(name)),
  observe: [...OF_A_NETWORK, "evidence", "evidence-max-age", "shard", "evidence-file"],
  judge: OPTIONS.map(({ name }) => name).filter((name) => !NOT_OF_JUDGE.includes(name)),
  plan: ["config", "policy", "records", "record-id", ...OF_A_NETWORK, "evidence", "evidence-max-age"],
  init: ["policy", ...OF_A_NETWORK],
  doctor: ["config", "policy", "records", ...OF_A_NETWORK],
};

export interface Arguments {
  readonly command: Command;
  readonly operands: readonly string[];
  /** Options by name, as text, for parseOptions. */
  readonly options: Readonly<Record<string, string>>;
  readonly format: string | undefined;
  /** Write the fixes into the working tree. */
  readonly fix: boolean;
}

/**
 * @param argv what follows the program's name
 * @throws OptionError for a command or an option that is not there, and for one that the command would ignore.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const { words, given } = sorted(argv);
  const [name = "help", ...operands] = words;
  for (const command of ["help", "version"] as const)
    if (given.has(command)) return { command, operands: [], options: {}, format: undefined, fix: false };
  const command = commandNamed(name);
  const format = given.get("format");
  given.delete("format");
  const ignored = [...given.keys()].find((key) => !TAKES[command]?.includes(key));
  if (ignored !== undefined) {
    const allowed = Object.entries(TAKES).flatMap(([taker, takes]) => (takes.includes(ignored) ? [taker] : []));
    throw new OptionError(`--${ignored}`, `says nothing to ${command}`, { allowed });
  }
  const fix = given.get("fix") === "true";
  given.delete("fix");
  return { command, operands, options: Object.fromEntries(given), format, fix };
}

function commandNamed(name: string): Command {
  const allowed = Object.keys(COMMANDS);
  if (UNBUILT.includes(name)) throw new OptionError(name, "this command is not built in this version", { allowed });
  if (!allowed.includes(name)) throw new OptionError(name, "is no command", { allowed });
  return name as Command;
}

/** `--name value`, `--name=value`, `--flag`; everything after `--` is an operand, and so is a lone `-`. */
function sorted(argv: readonly string[]): { words: string[]; given: Map<string, string> } {
  const words: string[] = [];
  const given = new Map<string, string>();
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") words.push(...rest.splice(0));
    else if (word === "-h") given.set("help", "true");
    else if (word === "-" || !word.startsWith("-")) words.push(word);
    else {
      const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      admit(name, word);
      put(given, name, value ?? (isFlag(name) ? "true" : valueOf(name, rest)));
    }
  }
  return { words, given };
}

const row = (name: string) => OPTIONS.find((option) => option.name === name);
const isFlag = (name: string): boolean => ["fix", "help", "version"].includes(name) || row(name)?.form === "flag";

function admit(name: string, word: string): void {
  if (OWN.includes(name) || row(name)) return;
  const built = OPTIONS.filter((option) => option.built).map((option) => option.name);
  throw new OptionError(word, "is no option", { allowed: [...OWN, ...built].map((known) => `--${known}`) });
}

function valueOf(name: string, rest: string[]): string {
  const value = rest[0];
  // A forgotten value must not swallow the option behind it; `--name=--value` says it all the same.
  if (value === undefined || value.startsWith("--")) throw new OptionError(`--${name}`, "needs a value");
  rest.shift();
  return value;
}

/** A list may be said in several words; of two values of anything else, one would be ignored. */
function put(given: Map<string, string>, name: string, value: string): void {
  const before = given.get(name);
  if (before !== undefined && row(name)?.form !== "list") throw new OptionError(`--${name}`, "is said twice");
  given.set(name, before === undefined ? value : `${before}\n${value}`);
}
