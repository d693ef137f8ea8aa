import { CollectError } from "../errors.ts";
import type { RecordFile } from "./format.ts";
import { timeToLiveLeft } from "./formats/zonefile/own-origin.ts";
import { zoneEntries } from "./formats/zonefile/token.ts";
import { partFinder } from "./part-path.ts";
import { folderOf, joined, nameOf } from "./repository-path.ts";
import type { Sides } from "./side.ts";
import { yamlOf } from "./yaml-file.ts";

/** More names are not sought one by one. */
const MOST_NAMES = 32;

/** Files that include each other deeper than this are refused where they are read. */
const MOST_STEPS = 8;

const ANY_INCLUSION = String.raw`\$include|!include`;

/** YAML that can name `!include`, or a file behind it, by other letters than its own. */
const DISGUISED = String.raw`!<|%TAG|!include\s+"[^"]{0,4096}\\`;

export interface Unread {
  readonly edited: readonly string[];
  /** The record files of the proposed side. */
  readonly records: readonly string[];
  /** What is read anyway, with all that it includes. */
  readonly chosen: ReadonlySet<string>;
}

/**
 * Whether a record file that neither differs nor is chosen includes an edited file, itself or through others. The octets of all such
 * files are searched for the names of the edited ones, and those in which one stands are looked at. Not sought is an edited zone file
 * that says the same names wherever it is included: to a zone of another name they are out of zone.
 *
 * Only two notations name other files: zone files (`$INCLUDE`) and octoDNS (`!include`; what its config names has the zone's name, or
 * is told by {@link Format.joins}). A print-ir of DNSControl names its source for the sake of lines alone; DNSControl's own
 * `require`, modules of Terraform, nested stacks of CloudFormation and bases of Kustomize are not followed by any format here.
 */
export async function isIncludedUnread(sides: Sides, { edited, records, chosen }: Unread): Promise<boolean> {
  let fresh = await asyncFilter(edited, async (path) => !(await isTheSameAnywhere(sides, path)));
  if (fresh.length === 0) return false;
  const isRecord = new Set(records);
  const unread = unreadFiles(sides, isRecord).filter((path) => !sides.changed.has(path) && !chosen.has(path));
  const sought = new Set(fresh);
  for (let step = 0; fresh.length > 0; step += 1) {
    const found = step < MOST_STEPS ? await sides.search(unread, mentionOf(fresh)) : undefined;
    if (found === undefined) return true;
    const includers: string[] = [];
    for (const path of found) {
      if (sought.has(path) || !(await mayInclude(sides, path, sought))) continue;
      if (isRecord.has(path)) return true;
      includers.push(path);
    }
    for (const path of includers) sought.add(path);
    fresh = includers;
  }
  return false;
}

async function asyncFilter<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const kept: T[] = [];
  for (const item of items) if (await test(item)) kept.push(item);
  return kept;
}

async function isTheSameAnywhere({ proposed, base }: Sides, path: string): Promise<boolean> {
  // Where it comes or goes, so does all that includes it.
  if (!proposed.paths.has(path) || !base.paths.has(path)) return false;
  const [after, before] = await Promise.all([proposed, base].map((side) => side.text(path)));
  const left = timeToLiveLeft(after ?? "");
  return left !== undefined && left === timeToLiveLeft(before ?? "");
}

/** Record files, and what may be a fragment between one of them and the edited one. */
function unreadFiles({ proposed }: Sides, isRecord: ReadonlySet<string>): readonly string[] {
  const records = [...isRecord];
  if (proposed.paths.size === isRecord.size) return records;
  const isPart = partFinder(records);
  return [...records, ...[...proposed.paths].filter((path) => !isRecord.has(path) && isPart(path))];
}

/** What stands in every file that includes one of these. */
function mentionOf(paths: readonly string[]): RegExp {
  const names = new Set(paths.map((path) => pieceOf(nameOf(path))));
  if (names.size > MOST_NAMES || names.has("")) return new RegExp(`${ANY_INCLUSION}|${DISGUISED}`, "i");
  return new RegExp([...names, DISGUISED].join("|"));
}

/** Quotes are doubled and blanks are folded in YAML; the longest piece without any stands as it is. As a pattern for its octets. */
function pieceOf(name: string): string {
  const [longest = ""] = name.split(/[\s'"\\]+/).toSorted((a, b) => b.length - a.length);
  return Array.from(new TextEncoder().encode(longest), (octet) => `\\x${octet.toString(16).padStart(2, "0")}`).join("");
}

async function mayInclude(sides: Sides, path: string, sought: ReadonlySet<string>): Promise<boolean> {
  try {
    const text = (await sides.proposed.text(path)) ?? "";
    return targetsOf({ path, text }).some((target) => sought.has(target));
  } catch (error) {
    // What it says is not known, so it may say that.
    if (error instanceof CollectError) return true;
    throw error;
  }
}

/** Every path that an inclusion in this file may lead to. */
function targetsOf(file: RecordFile): readonly string[] {
  const folder = folderOf(file.path);
  const inYaml = /\.ya?ml$/i.test(file.path) ? yamlOf(file).includes.map(({ text }) => text) : [];
  const places = [...inYaml, ...includedByZone(file)].flatMap((wanted) =>
    // Seen from the file's folder, else from the root; a name that nothing follows is tried all the same.
    [joined(folder, `./${wanted}`), joined("", `./${wanted}`)],
  );
  return places.filter((path) => path !== undefined);
}

function includedByZone({ text }: RecordFile): readonly string[] {
  if (!/\$include/i.test(text)) return [];
  return [...zoneEntries(text)].flatMap(({ tokens: [directive, file] }) =>
    directive?.raw.toUpperCase() === "$INCLUDE" && file ? [file.raw] : [],
  );
}
