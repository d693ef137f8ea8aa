import type { ReadContext } from "../../format.ts";
import { folderOf, joined, upwards } from "../../repository-path.ts";
import { textWithIncludes } from "./include.ts";
import { configRoot, type OctodnsConfig, readOctodnsConfig } from "./config.ts";

// Folders beside the zones in which configs are kept, and how the usual ones are named, in the order in which they count.
const PLACES = ["", "octodns", "config", "configs"];
const USUAL = ["octodns", "config", "production", "config.production"];
const NAMES = USUAL.flatMap((name) => [`${name}.yaml`, `${name}.yml`]);

// A folder with more files than this holds zones; only the usual names are looked for in it.
const MOST_CANDIDATES = 64;

/** The configs that may speak of the files in a folder: those in it and in the folders above, the nearest first. */
export async function configsAbove(context: ReadContext, folder: string): Promise<readonly OctodnsConfig[]> {
  const { commit } = context;
  if (!commit) {
    // Told for an earlier version of a file: it would have to be read as it was then.
    await context.include("octodns.yaml");
    return [];
  }
  return commit.once(`octodns configs above ${folder}`, async (inner) => {
    const configs: OctodnsConfig[] = [];
    for (const path of upwards(folder).flatMap((above) => candidatesIn(inner, above, above === folder))) {
      const config = await configAt(inner, path);
      if (config) configs.push(config);
    }
    return configs;
  });
}

/** The zones' own folder is not listed: every new zone in it would mean that all of them are read again. */
function candidatesIn({ commit }: ReadContext, folder: string, own: boolean): readonly string[] {
  return PLACES.flatMap((place) => {
    const below = [folder, place].filter((part) => part !== "").join("/");
    const listed = own && place === "" ? [] : (commit?.list(below) ?? []).filter((name) => /\.ya?ml$/.test(name));
    const names = listed.length > MOST_CANDIDATES ? NAMES : [...NAMES, ...listed];
    return [...new Set(names)].map((name) => (below === "" ? name : `${below}/${name}`));
  });
}

/** Undefined: no file, or no config. */
function configAt(context: ReadContext, path: string): Promise<OctodnsConfig | undefined> {
  const read = async (inner: ReadContext): Promise<OctodnsConfig | undefined> => {
    const text = await inner.include(path);
    if (text === undefined || !mayBeConfig(text)) return undefined;
    return configOf(inner, { path, text });
  };
  return context.commit?.once(`octodns config ${path}`, read) ?? Promise.resolve(undefined);
}

const mayBeConfig = (text: string): boolean =>
  /^["']?providers["']?\s*:/m.test(text) && /^["']?zones["']?\s*:/m.test(text);

export async function configOf(
  context: ReadContext,
  file: { path: string; text: string },
): Promise<OctodnsConfig | undefined> {
  const { file: yaml } = await textWithIncludes(context, file);
  const root = configRoot(yaml.documents[0]);
  return root && readOctodnsConfig(file.path, root, directoryFinder(context, file.path));
}

/**
 * octoDNS takes a directory as seen from where it is run: most often the root, or the folder of the config. The first in which there
 * are files counts.
 */
function directoryFinder({ commit }: ReadContext, path: string): (text: string) => string | undefined {
  const starts = upwards(folderOf(path));
  return (text) =>
    starts
      .map((start) => joined(start, text))
      .find((directory) => directory !== undefined && (commit?.list(directory).length ?? 0) > 0);
}
