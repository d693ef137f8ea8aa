import type { Config } from "../config.ts";
import { domainName } from "../protocol/domain-name.ts";
import { entryOf } from "./domain-records.ts";
import type { RecordFiles, RecordPaths, RecordSource } from "./record-files.ts";
import { matching } from "./record-paths.ts";
import type { Sides } from "./side.ts";
import { relatedTo, zoneOfPath } from "./zone-of-path.ts";

/** Chooses among the record files by their names. */
export interface Choice {
  /** The zones that some of the files are named for. */
  readonly zonesOf: (paths: readonly string[]) => readonly string[];
  /** Files that are named for a zone above or below one of the names, or for one of them. */
  readonly related: (names: Iterable<string>) => readonly string[];
  /** Files whose names tell no zone. */
  readonly nameless: () => readonly string[];
  /** Files that the config gives to one of the domains alone. */
  readonly ownFilesOf: (names: Iterable<string>) => readonly string[];
}

export function choiceAmong(
  paths: readonly string[],
  { config, baseConfig }: { readonly config: Config; readonly baseConfig: Config },
): Choice {
  let known: readonly (string | undefined)[] | undefined;
  const zones = () => (known ??= paths.map(zoneOfPath));
  return {
    zonesOf: (some) => some.flatMap((path) => zoneOfPath(path) ?? []),
    related: (names) => {
      const isRelated = relatedTo(names);
      return paths.filter((_, index) => {
        const zone = zones()[index];
        return zone !== undefined && isRelated(zone);
      });
    },
    nameless: () => paths.filter((_, index) => zones()[index] === undefined),
    ownFilesOf: (names) => {
      const entries = [...names].flatMap((name) => {
        const domain = domainName(name);
        return domain ? [config, baseConfig].flatMap((from) => entryOf(from, domain)?.records ?? []) : [];
      });
      return entries.length === 0 ? [] : matching(new Set(paths), entries);
    },
  };
}

interface Edit {
  readonly edited: readonly string[];
  readonly paths: RecordPaths;
  readonly read: RecordFiles;
}

/** Whether each edited file is the zone's that it is named for, and no part of what other files say. */
export async function standAlone(sides: Sides, { edited, paths, read }: Edit): Promise<boolean> {
  for (const name of ["proposed", "base"] as const) {
    const mine = new Set(paths[name]);
    for (const path of edited) {
      if (!mine.has(path)) continue;
      const text = (await sides[name].text(path)) ?? "";
      if (text.trim() !== "" && !isItsOwn({ path, text }, read[name])) return false;
    }
  }
  return true;
}

function isItsOwn(file: { readonly path: string; readonly text: string }, sources: readonly RecordSource[]): boolean {
  const zone = zoneOfPath(file.path);
  const source = sources.find(({ path }) => path === file.path);
  if (source) return !source.format.joins?.(file) && isRightlyNamed(zone, source);
  const speaker = sources.find(({ reading }) => reading.included.includes(file.path));
  return speaker !== undefined && zone !== undefined && zoneOfPath(speaker.path) === zone;
}

/** A name that its file belies says that names tell nothing here. */
const isRightlyNamed = (zone: string | undefined, { format, reading: { zones } }: RecordSource): boolean =>
  zone === undefined || (zones.length === 0 && !format.complete) || zones.some(({ name }) => name === zone);
