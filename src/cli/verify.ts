import { OptionError } from "../errors.ts";
import { ROOMS } from "../run/rooms.ts";
import type { Arguments } from "./arguments.ts";
import { gateCommand, type Terminal } from "./gate.ts";

/**
 * Compares what is deployed with what HEAD says, for every domain or the one that is named, and prints one report.
 * @returns the exit status of SPEC §6
 */
export async function verifyCommand(given: Arguments, terminal: Terminal, rooms = ROOMS): Promise<0 | 1 | 3> {
  const mode = given.options["mode"]?.trim() || "verify";
  if (!["auto", "verify"].includes(mode))
    throw new OptionError("--mode", "is another command's", { allowed: ["auto", "verify"] });
  return gateCommand({ ...given, options: { ...given.options, mode: "verify" } }, terminal, rooms);
}
