import { resolve } from "node:path";
import { OptionError } from "../errors.ts";
import type { Options } from "../options.ts";
import { readBounded } from "./bounded-file.ts";

const LIMIT = 4 * 1024 * 1024; // octets

/** The text of the file that `ca-file` names, relative to `workspace`. @throws OptionError where it cannot be read. */
export function caText({ caFile }: Pick<Options, "caFile">, workspace: string): string | undefined {
  if (caFile === undefined) return undefined;
  try {
    return readBounded(resolve(workspace, caFile), LIMIT);
  } catch {
    throw new OptionError("ca-file", `${caFile} is no readable file of at most 4 MiB`, { allowed: ["a PEM file"] });
  }
}
