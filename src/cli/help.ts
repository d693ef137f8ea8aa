import { OPTIONS } from "../options.ts";
import { COMMANDS } from "./arguments.ts";
import { INTENTS } from "./intent.ts";

/** `--help`, from the same table as action.yml and the README. */
export function helpText(): string {
  const commands = Object.entries(COMMANDS).map(([name, what]) => `  ${name.padEnd(8)} ${what}`);
  const options = OPTIONS.filter(({ built, name }) => built && !OF_THE_ACTION.includes(name)).flatMap(
    ({ name, help, fallback, choices }) => {
      const set = choices ? ` One of: ${choices.join(", ")}.` : "";
      const usual = name === "base" ? "HEAD^" : plain(fallback);
      return [`  --${name}`, `      ${plain(help)}${set} Default: ${usual}.`];
    },
  );
  const unbuilt = OPTIONS.filter(({ built }) => !built).map(({ name }) => name);
  return [
    "mta-sts-gate: judges an MTA-STS change before it merges.",
    "",
    "Usage: mta-sts-gate COMMAND [OPTIONS]",
    "",
    ...commands,
    "",
    `  The intents of plan: ${INTENTS.join(", ")}.`,
    "",
    "  --format FORMAT",
    "      gate, verify, judge: text, json, markdown, sarif or github. plan: text, json or markdown. collect, init, doctor: text or json. lint: text, json or github. Default: text.",
    "  --fix",
    "      gate: write what the findings propose into the files of the working tree that are as in HEAD.",
    "",
    "Options of gate; of verify without base and shard; of judge without a network's; of collect, observe, init and doctor as far as they concern the repository or the network:",
    ...options,
    "",
    `Not built in this version (exit 2): ${unbuilt.join(", ")}.`,
    "Exit status: 0 ready, 1 blocked, 2 the options or the configuration are wrong, 3 unknown.",
    "Of observe: 0 whatever was seen, 2 as above.",
    "Of plan: 0 whatever the plan says, 2 as above.",
    "Of init: 0 written, 1 the domain has no MX host to name, 2 as above, 3 it could not be looked at; then nothing is written.",
    "Of doctor: 0 no problem, 1 a problem, 2 as above, 3 something could not be looked at.",
    "Of collect: 0 whatever was found, 2 as above.",
    "Of lint: 0 every file is a policy, 1 one is not, 2 one cannot be read.",
    "",
  ].join("\n");
}

/** Inputs that say nothing here: the command line asks nothing of GitHub's API. */
const OF_THE_ACTION = ["comment", "suggest", "github-token"];

const plain = (text: string): string => text.replace(/`/g, "");
