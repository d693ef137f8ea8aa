import { OptionError } from "../errors.ts";
import { parseOptions } from "../options.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { inertLog, log } from "../report/inert.ts";
import { caText } from "../run/ca-file.ts";
import { gatherNamed } from "../run/gathering.ts";
import type { Arguments } from "./arguments.ts";

interface Outlet {
  readonly print: (text: string) => void;
  /** The working folder, which paths are relative to. */
  readonly folder: string;
}

/**
 * Asks what the gate would ask about each domain, and writes the answers to `--evidence-file`. Needs no repository, judges nothing.
 * @throws OptionError for what is no domain, and for options that lead nowhere
 */
export async function observeCommand(given: Arguments, { print, folder }: Outlet): Promise<0> {
  if (given.format !== undefined && given.format !== "text")
    throw new OptionError("--format", "has no such value", { allowed: ["text"] });
  const options = parseOptions({ ...given.options, mode: "observe" });
  const domains = [...new Set(given.operands.map(domainOf))];
  const found = await gatherNamed({ options, caText: caText(options, folder), workspace: folder, domains });
  const { port25, resolver } = found.vantage;
  const counts = log`${inertLog(String(found.domains))} domains, ${inertLog(String(found.observations))} observations`;
  const notes = found.notes.map((note) => log`${inertLog(note)}\n`);
  print(`${notes.join("")}${log`${counts}; port 25: ${inertLog(port25)}, resolver: ${inertLog(resolver)}`}\n`);
  return 0;
}

function domainOf(text: string): DomainName {
  const name = domainName(text);
  if (name?.includes(".")) return name;
  throw new OptionError("observe", `${text} is no domain`, { allowed: ["example.com"] });
}
