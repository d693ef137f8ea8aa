import { OptionError } from "../errors.ts";
import type { Intent } from "../plan.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";

/** The intents of `plan`, as they are written. */
export const INTENTS: readonly string[] = [
  "testing",
  "enforce",
  "add-mx HOST",
  "remove-mx HOST",
  "rename-mx OLD NEW",
  "replace-provider HOST,...",
  "max-age SECONDS",
  "move-policy-host HOST",
  "retire",
  "emergency",
];

const LONGEST_MAX_AGE = 31_557_600; // seconds (RFC 8461 §3.2)

/** @throws OptionError that names the intents, or what one of them lacks. */
export function readIntent([word = "", ...rest]: readonly string[]): Intent {
  switch (word) {
    case "testing":
    case "enforce":
    case "retire":
    case "emergency":
      counted(word, rest, 0);
      return { kind: word };
    case "add-mx":
    case "remove-mx":
    case "move-policy-host":
      return { kind: word, host: hostIn(word, counted(word, rest, 1)[0]) };
    case "rename-mx":
      return renaming(counted(word, rest, 2));
    case "replace-provider":
      return { kind: word, hosts: hostsIn(word, counted(word, rest, 1)[0] ?? "") };
    case "max-age":
      return { kind: word, seconds: secondsIn(counted(word, rest, 1)[0] ?? "") };
    default:
      throw new OptionError("INTENT", word === "" ? "is missing" : "is none that is known", { allowed: INTENTS });
  }
}

function counted(word: string, rest: readonly string[], count: number): readonly string[] {
  const [how] = INTENTS.filter((intent) => intent.split(" ")[0] === word);
  if (rest.length !== count) throw new OptionError(word, "is followed by other words", { allowed: [how ?? word] });
  return rest;
}

function hostIn(word: string, text = ""): DomainName {
  const host = domainName(text);
  if (!host?.includes(".")) throw new OptionError(word, `${JSON.stringify(text)} is no host name`);
  return host;
}

function hostsIn(word: string, text: string): readonly DomainName[] {
  return [...new Set(text.split(",").map((one) => hostIn(word, one)))];
}

function renaming([from, to]: readonly string[]): Intent {
  const names = { from: hostIn("rename-mx", from), to: hostIn("rename-mx", to) };
  if (names.from === names.to) throw new OptionError("rename-mx", "the new name is the old one");
  return { kind: "rename-mx", ...names };
}

function secondsIn(text: string): number {
  const seconds = Number(text);
  if (!/^[0-9]{1,8}$/.test(text) || seconds > LONGEST_MAX_AGE)
    throw new OptionError("max-age", `is a number of seconds, at most ${LONGEST_MAX_AGE}`);
  return seconds;
}
