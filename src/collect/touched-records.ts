import { CollectError } from "../errors.ts";
import { answersFor, type Change, claimedDomains, concernedByClaims, openAliases, openTargets } from "./concerned.ts";
import { isIncludedUnread } from "./inclusion.ts";
import { partFinder } from "./part-path.ts";
import { choiceAmong, standAlone } from "./record-choice.ts";
import { differencesIn } from "./record-differences.ts";
import { type RecordFiles, type RecordPaths, readRecordFiles } from "./record-files.ts";
import { commonSettingsTouched, isWorkflow } from "./touched.ts";

/** So few files are read whole: choosing among them costs as much. */
const FEW = 32;

/** A domain that an alias leads to may have an alias of its own. */
const MOST_STEPS = 8;

/**
 * Reads of the record files those that can bear on a domain which the change touches: the files that differ, then of what they and the
 * rest of the change concern, the files that are named for such a zone, one above or one below it, and all whose name tells no zone.
 *
 * Not looked at are unchanged files that are named for some other zone. What they hold of a touched domain is outside of the zone that
 * they are named for, which a name server ignores (BIND: "ignoring out-of-zone data"). So the same zone in two files is found where
 * both are named for it or one has no name. Three things can make such a file matter all the same:
 * - it includes an edited file: such files are searched for ({@link isIncludedUnread}), and where there is one, everything is read;
 * - its name is wrong: everything is read where an edited file's is, or where no file answers for a domain that the rest of the change
 *   touches;
 * - its record is an alias to an edited one: everything is read, unless that one is a judged domain's own, where what is wrong with it
 *   is said. Then the domains with the alias are not listed as touched.
 * @returns undefined where only reading everything tells
 */
export async function readTouched(change: Change, paths: RecordPaths): Promise<RecordFiles | undefined> {
  const all = union(paths);
  if (all.length <= FEW || bearsOnAll(change, all)) return undefined;
  try {
    return await readInSteps(change, { paths, all });
  } catch (error) {
    // An unchanged fragment by itself may make no sense; reading everything tells whether it belongs to a file.
    if (error instanceof CollectError) return undefined;
    throw error;
  }
}

/** Of two sorted lists that are nearly the same. */
function union({ proposed, base }: RecordPaths): readonly string[] {
  if (proposed === base) return proposed;
  const all: string[] = [];
  for (let [after, before] = [0, 0]; after < proposed.length || before < base.length; ) {
    const [mine, other] = [proposed[after], base[before]];
    const next = mine === undefined || (other !== undefined && other < mine) ? (other as string) : mine;
    all.push(next);
    if (mine === next) after += 1;
    if (other === next) before += 1;
  }
  return all;
}

function bearsOnAll({ sides, options, ...configs }: Change, all: readonly string[]): boolean {
  if (commonSettingsTouched(configs)) return true;
  if (options.recordId !== undefined && [...sides.changed].some(isWorkflow)) return true;
  const known = new Set(all.filter((path) => sides.changed.has(path)));
  const others = [...sides.changed].filter((path) => !known.has(path) && path !== configs.config.path);
  return others.some(partFinder(all));
}

interface Files {
  readonly paths: RecordPaths;
  readonly all: readonly string[];
}

async function readInSteps(change: Change, { paths, all }: Files): Promise<RecordFiles | undefined> {
  const edited = all.filter((path) => change.sides.changed.has(path));
  const choice = choiceAmong(all, change);
  // A zone in several files may be read from the one that did not change.
  let chosen = new Set([...edited, ...choice.related(choice.zonesOf(edited))]);
  const [first, included] = await Promise.all([
    readRecordFiles(change.sides, paths, chosen),
    isIncludedUnread(change.sides, { edited, records: paths.proposed, chosen }),
  ]);
  let read = first;
  if (included || !(await standAlone(change.sides, { edited, paths, read }))) return undefined;
  const byClaims = concernedByClaims(change);
  const names = namesConcerned(change, byClaims, read);
  if (names === undefined) return undefined;
  for (let step = 0, open = [...names]; open.length > 0; step += 1) {
    if (step === MOST_STEPS) return undefined;
    for (const name of open) names.add(name);
    const more = new Set([...chosen, ...choice.nameless(), ...choice.related(names), ...choice.ownFilesOf(names)]);
    if (more.size > chosen.size) read = await readRecordFiles(change.sides, paths, more);
    chosen = more;
    open = openAliases(names, read).filter((name) => !names.has(name));
  }
  return [...byClaims].every((domain) => answersFor(domain, read)) ? read : undefined;
}

/** Undefined: a record differs that any file may lead to by an alias. */
function namesConcerned(change: Change, byClaims: Iterable<string>, read: RecordFiles): Set<string> | undefined {
  const differences = differencesIn(read);
  const names = new Set([...differences.names, ...byClaims]);
  if (openTargets(differences, read, change).length === 0) return names;
  return change.claims.proposed.explicit ? new Set([...names, ...claimedDomains(change.claims)]) : undefined;
}
