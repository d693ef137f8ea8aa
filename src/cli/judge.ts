import { OptionError } from "../errors.ts";
import { ROOMS } from "../run/rooms.ts";
import { nowhere } from "../world/nowhere.ts";
import type { Arguments } from "./arguments.ts";
import { gateCommand, type Terminal } from "./gate.ts";

/** Judges as `gate` does, by evidence alone: no network is there to ask. */
export async function judgeCommand(given: Arguments, terminal: Terminal): Promise<0 | 1 | 3> {
  if (!given.options["evidence"]?.trim())
    throw new OptionError("--evidence", "names the files to judge by; nothing else is looked at");
  return gateCommand(given, terminal, { ...ROOMS, createNetwork: () => nowhere(() => new Date().toISOString()) });
}
