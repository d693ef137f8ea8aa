import { type Config, NO_CONFIG } from "../config.ts";
import { CollectError, OptionError } from "../errors.ts";
import type { Options } from "../options.ts";
import { readConfig } from "./config.ts";
import type { Sides } from "./side.ts";

export interface ConfigFiles {
  readonly config: Config;
  readonly baseConfig: Config;
  readonly notes: readonly string[];
}

/** The config file of both sides. @throws CollectError for a broken one on the proposed side, OptionError for a path without a file. */
export async function readConfigs(sides: Sides, options: Options, knownRules: readonly string[]): Promise<ConfigFiles> {
  const { proposed, base, changed } = sides;
  const path = (options.config ?? NO_CONFIG.path).replace(/^(\.\/)+/, "");
  if (options.config !== undefined && !proposed.paths.has(path) && !base.paths.has(path))
    throw new OptionError("config", "names a file that git does not track, and only tracked files are read");
  const config = readConfig(path, await textAt(proposed, path), knownRules);
  const notes: string[] = [];
  const twin = path.replace(/\.yml$/, ".yaml");
  if (!proposed.paths.has(path) && twin !== path && proposed.paths.has(twin))
    notes.push(`The config file is looked for at ${path}; the file ${twin} is not read.`);
  if (!changed.has(path)) return { config, baseConfig: config, notes };
  return { config, ...(await baseConfigOf(sides, path, knownRules)), notes };
}

/** A change that repairs the config is not stopped by what it repairs. */
async function baseConfigOf(
  { base }: Sides,
  path: string,
  knownRules: readonly string[],
): Promise<{ readonly baseConfig: Config }> {
  try {
    return { baseConfig: readConfig(path, await textAt(base, path), knownRules) };
  } catch (error) {
    if (error instanceof CollectError) return { baseConfig: { ...NO_CONFIG, path } };
    throw error;
  }
}

const textAt = ({ paths, text }: Sides["base"], path: string): Promise<string | undefined> =>
  paths.has(path) ? text(path) : Promise.resolve(undefined);
