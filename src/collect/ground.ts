import type { Config, ConfiguredDomain } from "../config.ts";
import { CollectError } from "../errors.ts";
import type { Options } from "../options.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { entryOf } from "./domain-records.ts";
import type { BothClaims } from "./policy-sides.ts";
import { type RecordFiles, type RecordPaths, readRecordFiles } from "./record-files.ts";
import { globsFor, matching, matchingOnBoth, refuseIdleGlobs } from "./record-paths.ts";
import { type RecordSet, recordSet } from "./record-set.ts";
import type { Sides } from "./side.ts";
import { isWorkflow } from "./touched.ts";
import { readTouched } from "./touched-records.ts";
import { withUntracked } from "./untracked.ts";

/** Everything that was read, before it is parted by domain. */
export interface Ground extends Settings {
  readonly sides: Sides;
  readonly records: RecordFiles;
  readonly recordPaths: RecordPaths;
  /** Not every record file was read: only those that can bear on a domain which the change touches. */
  readonly partial: boolean;
  /** A workflow that publishes a site differs between the sides. */
  readonly publisherChanged: boolean;
  readonly notes: readonly string[];
  readonly sets: Map<string, { readonly proposed: RecordSet; readonly base: RecordSet }>;
}

export interface Settings {
  readonly options: Options;
  readonly config: Config;
  readonly baseConfig: Config;
  readonly claims: BothClaims;
}

/** Reads the record files that the change can bear on, or all of them, and whether what publishes the site changed. */
export async function openGround(tracked: Sides, settings: Settings): Promise<Ground> {
  const { options, config, baseConfig } = settings;
  const wanted = everyGlob({ options, config });
  const sides = await withUntracked(tracked, options);
  refuseIdleGlobs(sides, wanted, { options, config });
  const earlier = everyGlob({ options, config: baseConfig });
  const recordPaths = matchingOnBoth(sides, { proposed: wanted, base: earlier });
  const ground = { ...settings, sides, recordPaths, publisherChanged: await publishes(sides) };
  const some = options.all ? undefined : await readTouched(ground, recordPaths);
  return withRecords(ground, some ?? (await readRecordFiles(sides, recordPaths)), some !== undefined);
}

/** The same with every record file. */
export async function wholeGround(ground: Ground): Promise<Ground> {
  return withRecords(ground, await readRecordFiles(ground.sides, ground.recordPaths), false);
}

/** Whether any record file of the whole config holds a zone; those that were read first, then one after the other. */
export async function holdsZone(ground: Ground): Promise<boolean> {
  const { sides, recordPaths } = ground;
  if (someZone(ground)) return true;
  for (const path of recordPaths.proposed) {
    try {
      const records = await readRecordFiles(sides, recordPaths, new Set([path]));
      if (someZone(withRecords(ground, records, true))) return true;
    } catch (error) {
      // It may be a part of another file; where nothing else holds a zone, reading everything says what is wrong.
      if (!(error instanceof CollectError)) throw error;
    }
  }
  return false;
}

function someZone(ground: Ground): boolean {
  const { proposed, base } = setsFor(ground, undefined);
  return proposed.zones.size > 0 || base.zones.size > 0;
}

function withRecords(
  ground: Omit<Ground, "records" | "partial" | "notes" | "sets">,
  records: RecordFiles,
  partial: boolean,
): Ground {
  return { ...ground, records, partial, notes: records.notes.slice(0, 50), sets: new Map() };
}

function everyGlob(ask: { options: Options; config: Config }): readonly string[] {
  return [...new Set([...globsFor(ask), ...ask.config.domains.flatMap((entry) => globsFor(ask, entry))])];
}

/** The record sets that count for a domain: its own globs, else those of the whole config. */
export function setsFor(
  ground: Ground,
  domain: DomainName | undefined,
): { readonly proposed: RecordSet; readonly base: RecordSet } {
  const { options, config, baseConfig, records } = ground;
  const entry = (from: Config): ConfiguredDomain | undefined =>
    domain === undefined ? undefined : entryOf(from, domain);
  const after = globsFor({ options, config }, entry(config));
  // A base whose config names no record file is read by the proposed config's globs.
  const own = globsFor({ options, config: baseConfig }, entry(baseConfig));
  const before = own.length > 0 ? own : after;
  const key = JSON.stringify([after, before]);
  const found = ground.sets.get(key) ?? {
    proposed: setOf(records.proposed, after),
    base: setOf(records.base, before),
  };
  ground.sets.set(key, found);
  return found;
}

function setOf(sources: RecordFiles["base"], globs: readonly string[]): RecordSet {
  const chosen = new Set(matching(new Set(sources.map(({ path }) => path)), globs));
  return recordSet(sources.filter(({ path }) => chosen.has(path)));
}

const PUBLISHER =
  /upload-pages-artifact|deploy-pages|gh-pages|static-web-apps|wrangler|pages-action|netlify|vercel|firebase|s3 sync|mta-sts/i;

async function publishes({ proposed, base, changed }: Sides): Promise<boolean> {
  const texts = [...changed].filter(isWorkflow).flatMap((path) => [proposed, base].map((side) => side.text(path)));
  return (await Promise.all(texts)).some((text) => text !== undefined && PUBLISHER.test(text));
}
