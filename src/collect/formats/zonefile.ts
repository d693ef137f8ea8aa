import type { Format, ReadContext, Reading, RecordFile } from "../format.ts";
import { readGenerate, readOrigin, readsAsData, readTtl } from "./zonefile/directive.ts";
import { knownType, recordLine } from "./zonefile/entry.ts";
import { originOfPath, PLACEHOLDER, within, zoneName } from "./zonefile/name.ts";
import { readRecord, spanOf } from "./zonefile/record.ts";
import { type Entry, zoneEntries } from "./zonefile/token.ts";
import { defect, inFile, newZone, undetermined, type Zone } from "./zonefile/zone.ts";

/** Zone files of BIND and its kin: RFC 1035 §5, `$TTL` of RFC 2308 §4, and BIND's `$GENERATE`. */
export const zonefile: Format = {
  id: "zonefile",
  title: "BIND zone files",
  bestEffort: false,
  complete: true,
  recognises,
  // What `$INCLUDE` names is a fragment; a file with a SOA, or named for a zone, is that zone's.
  joins: ({ path, text }) => originOfPath(path) === null && !/\sSOA\s/i.test(text),
  read,
};

// Prose has lines that look like a record; a zone file has little else.
function recognises({ text }: RecordFile): boolean {
  if (/^\s*([{[<]|---)/.test(text)) return /^\s*\{[{%#]/.test(text) && /\sIN\s+[A-Z]+\s/.test(text);
  let [seen, fitting] = [0, 0];
  for (const entry of zoneEntries(text)) {
    if (seen === 200) break;
    seen += 1;
    if (isDirective(entry)) fitting += /^\$(ORIGIN|TTL|INCLUDE|GENERATE)$/i.test(entry.tokens[0]?.raw ?? "") ? 1 : 0;
    else {
      const line = recordLine(entry);
      if (line && knownType(line.type) && (entry.fault || readsAsData(line.type, line.data))) fitting += 1;
    }
  }
  // A zone file may be nothing but comments.
  return seen === 0 ? /^\s*;/.test(text) : fitting > 0 && fitting * 2 >= seen;
}

async function read(file: RecordFile, context: ReadContext): Promise<Reading> {
  const fromPath = originOfPath(file.path);
  const zone = newZone(context, fromPath);
  await readEntries(zone, file, 0);
  const named =
    zone.apexes.length > 0 ? zone.apexes : [fromPath ?? zone.firstOrigin ?? ""].filter((name) => name !== "");
  return {
    // A file without SOA is a part of a zone, whatever it is named.
    zones: named.map((name) => ({ name, whole: zone.whole && zone.apexes.length > 0 })),
    delegated: [...zone.nameServers].filter(
      (owner) => !named.includes(owner) && named.some((name) => within(owner, name)),
    ),
    records: zone.records,
    defects: zone.defects,
    notes: [...zone.notes],
    included: [...zone.included],
  };
}

async function readEntries(zone: Zone, { path, text }: RecordFile, depth: number): Promise<void> {
  for (const entry of zoneEntries(text)) {
    const [first] = entry.tokens;
    if (entry.fault) defect(zone, inFile(path, entry.fault.span), { message: entry.fault.message, concerns: true });
    else if (first && isDirective(entry)) await readDirective(zone, path, { entry, depth });
    else if (first && isTemplateLine(entry))
      undetermined(zone, path, { line: first.span.startLine, why: "a template decides what stands here" });
    else readRecord(zone, path, entry);
  }
}

const isDirective = ({ tokens, blankOwner }: Entry): boolean =>
  !blankOwner && tokens[0] !== undefined && !tokens[0].quoted && /^\$[A-Za-z]/.test(tokens[0].raw);

function isTemplateLine({ tokens }: Entry): boolean {
  const raw = tokens[0]?.raw ?? "";
  return /^(\{%|\{#|<%)/.test(raw) || (tokens.length === 1 && PLACEHOLDER.test(raw));
}

interface DirectiveLine {
  readonly entry: Entry;
  readonly depth: number;
}

async function readDirective(zone: Zone, path: string, { entry, depth }: DirectiveLine): Promise<void> {
  const name = (entry.tokens[0]?.raw ?? "").toUpperCase();
  if (name === "$ORIGIN") readOrigin(zone, path, entry);
  else if (name === "$TTL") readTtl(zone, path, entry);
  else if (name === "$GENERATE") readGenerate(zone, path, entry);
  else if (name === "$INCLUDE") await readInclude(zone, path, { entry, depth });
  else
    undetermined(zone, path, {
      line: spanOf(entry.tokens).startLine,
      why: "a directive that this version does not know",
    });
}

const DEEPEST = 8;

/** `$INCLUDE file [origin]`: origin and owner are as before afterwards (RFC 1035 §5.1). Only tracked files are ever read. */
async function readInclude(zone: Zone, path: string, { entry, depth }: DirectiveLine): Promise<void> {
  const [, fileToken, originToken] = entry.tokens;
  const span = spanOf(entry.tokens);
  const fail = (message: string) => defect(zone, inFile(path, span), { message, concerns: true });
  const wanted = fileToken?.raw ?? "";
  if (wanted === "") return fail("$INCLUDE without a file");
  if (PLACEHOLDER.test(wanted) || isOutside(wanted, path))
    return undetermined(zone, path, { line: span.startLine, why: "the included file is not in the repository" });
  const file = await findIncluded(zone, path, wanted);
  // Keys that a signer writes beside the zone hold no record of ours.
  if (!file && /(^|\/)K[^/]*\.key$/.test(wanted)) return;
  if (!file) return fail("the included file is not tracked by git at this commit");
  zone.left.files -= 1;
  zone.left.characters -= file.text.length;
  if (depth >= DEEPEST || zone.left.files < 0 || zone.left.characters < 0)
    return fail(`more than ${DEEPEST} levels, 256 files or 16 MiB of included files`);
  const { origin, owner } = zone;
  if (originToken) {
    const name = zoneName(originToken.raw, origin);
    zone.origin = name.kind === "name" ? name.name : null;
  }
  await readEntries(zone, file, depth + 1);
  // An included SOA may have been the first to say the zone's name.
  zone.origin = origin ?? zone.apexes[0] ?? null;
  zone.owner = owner;
}

/** Relative to the including file's folder, as repositories have it, else to the repository's root. */
async function findIncluded(zone: Zone, path: string, wanted: string): Promise<RecordFile | undefined> {
  for (const candidate of [joined(folderOf(path), wanted), joined("", wanted)]) {
    const text = candidate === undefined ? undefined : await zone.context.include(candidate);
    if (candidate === undefined || text === undefined) continue;
    zone.included.add(candidate);
    return { path: candidate, text };
  }
  return undefined;
}

const isOutside = (wanted: string, path: string): boolean => joined(folderOf(path), wanted) === undefined;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Undefined: absolute, or above the root. */
function joined(folder: string, wanted: string): string | undefined {
  if (wanted.startsWith("/") || wanted.includes("\\")) return undefined;
  const parts: string[] = folder === "" ? [] : folder.split("/");
  for (const part of wanted.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
