import { CollectError } from "../errors.ts";
import { TOP } from "../protocol/span.ts";
import type { Format, ReadContext, Reading } from "./format.ts";
import { FORMATS } from "./formats.ts";
import { withOwnBefore } from "./own-before.ts";
import { type Asked, contextsOf, sameOnBothSides } from "./read-context.ts";
import type { Side, Sides } from "./side.ts";
import { zoneOfPath } from "./zone-of-path.ts";

/** One record file as it was read. */
export interface RecordSource {
  readonly path: string;
  readonly format: Format;
  readonly reading: Reading;
}

/** The record files of both sides. A file that is the same on both, with all it includes, is read once. */
export interface RecordFiles {
  readonly proposed: readonly RecordSource[];
  readonly base: readonly RecordSource[];
  readonly notes: readonly string[];
}

interface Read {
  /** Undefined: in no known format. */
  readonly source: RecordSource | "empty" | undefined;
  readonly asked: Asked;
  /** A zone begins in it, or in what it includes (RFC 1035 §5.2). */
  readonly hasSoa: boolean;
}

export interface RecordPaths {
  readonly proposed: readonly string[];
  readonly base: readonly string[];
}

/**
 * Reads the record files at `paths` of each side; where some are `chosen`, only those of them.
 * @throws CollectError on the proposed side, for a file in no known format and for a broken line that is or may be about mail.
 */
export async function readRecordFiles(
  sides: Sides,
  paths: RecordPaths,
  chosen?: ReadonlySet<string>,
): Promise<RecordFiles> {
  const { proposed, base, changed } = sides;
  const [contextAfter, contextBefore] = [contextsOf(proposed, paths.proposed), contextsOf(base, paths.base)];
  const some = chosenOf(paths, chosen);
  const after = await readAll(some.proposed, (path) => readFile(proposed, path, contextAfter));
  const holds = sameOnBothSides(sides);
  const before = await readAll(some.base, (path) => {
    const same = after.get(path);
    const kept = same && !changed.has(path) && holds(same.asked);
    return kept ? Promise.resolve(same) : readFile(base, path, contextBefore);
  });
  const notes = new Set<string>();
  const proposedSources = roots(after, (path) => {
    throw unknownFormat(path);
  });
  for (const { reading } of proposedSources) {
    const [broken] = reading.defects.filter(({ concerns }) => concerns);
    if (broken)
      throw new CollectError(`${broken.message}; what this file publishes is not known`, { location: broken.location });
    for (const note of [...reading.notes, ...reading.defects.map(defectNote)]) notes.add(note);
  }
  const baseSources = roots(
    before,
    (path) => void notes.add(`${path} in the base is in no format that this version reads`),
  );
  return { proposed: proposedSources, base: withOwnBefore(baseSources, proposedSources), notes: [...notes] };
}

function chosenOf(paths: RecordPaths, chosen: ReadonlySet<string> | undefined): RecordPaths {
  if (!chosen) return paths;
  const proposed = paths.proposed.filter((path) => chosen.has(path));
  return { proposed, base: paths.base === paths.proposed ? proposed : paths.base.filter((path) => chosen.has(path)) };
}

// An empty file says nothing in any notation, and takes no zone away.
const EMPTY: Read = { source: "empty", asked: new Set(), hasSoa: false };

async function readFile(side: Side, path: string, contextFor: (asked: Asked) => ReadContext): Promise<Read> {
  const text = (await side.text(path)) ?? "";
  const file = { path, text };
  const format = FORMATS.find(({ recognises }) => recognises(file));
  if (text.trim() === "") return EMPTY;
  const asked: Asked = new Set();
  const source = format && { path, format, reading: await format.read(file, contextFor(asked)) };
  const others = source?.reading.included.map(side.text) ?? [];
  const texts = [text, ...(await Promise.all(others))];
  return { source, asked, hasSoa: texts.some((one) => one !== undefined && /\sSOA\s/i.test(one)) };
}

/**
 * A file that another one includes has its owner and origin from there, so it is not read on its own, unless it is the zone as well that
 * it is named for.
 */
function roots(read: ReadonlyMap<string, Read>, unknown: (path: string) => void): readonly RecordSource[] {
  const included = includedByOthers(read);
  const sources: RecordSource[] = [];
  for (const [path, { source }] of read) {
    if (included.has(path)) continue;
    if (isRead(source)) sources.push(source);
    else if (source === undefined) unknown(path);
  }
  return sources;
}

/** Of files that include each other in a ring, and that none outside includes, the first is not among them. */
function includedByOthers(read: ReadonlyMap<string, Read>): ReadonlySet<string> {
  const readingOf = (path: string) => {
    const source = read.get(path)?.source;
    return isRead(source) ? source.reading : undefined;
  };
  const isPart = (path: string, of: string): boolean => {
    const [name, other] = [zoneOfPath(path), zoneOfPath(of)];
    const isZone = read.get(path)?.hasSoa && readingOf(path)?.zones.some((zone) => zone.name === name);
    if (!isZone || other !== undefined) return !isZone || other === name;
    return readingOf(of)?.zones.some((zone) => zone.name === name) ?? false;
  };
  const inclusions = (path: string): readonly string[] =>
    readingOf(path)?.included.filter((other) => other !== path && isPart(other, path)) ?? [];
  const including = [...read.keys()].filter((path) => inclusions(path).length > 0);
  const included = new Set(including.flatMap(inclusions));
  const heard = new Set(including.filter((path) => !included.has(path)).flatMap(inclusions));
  for (const path of including) {
    if (!included.has(path) || heard.has(path)) continue;
    included.delete(path);
    for (const other of inclusions(path)) heard.add(other);
  }
  return included;
}

const AT_ONCE = 64;

async function readAll(
  paths: readonly string[],
  read: (path: string) => Promise<Read>,
): Promise<ReadonlyMap<string, Read>> {
  const found = new Map<string, Read>();
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE);
    const these = await Promise.all(some.map(read));
    for (const [index, path] of some.entries()) found.set(path, these[index] as Read);
  }
  return found;
}

const isRead = (source: Read["source"]): source is RecordSource => source !== undefined && source !== "empty";

function defectNote({ location, message }: Reading["defects"][number]): string {
  return location.kind === "file" ? `${location.path}:${location.span.startLine}: ${message}` : message;
}

function unknownFormat(path: string): CollectError {
  const titles = FORMATS.map(({ title }) => title).join(", ");
  return new CollectError(
    `${path} is in no format of DNS records that this version reads (${titles}); take it out of \`records\``,
    {
      location: { kind: "file", path, span: TOP },
    },
  );
}
