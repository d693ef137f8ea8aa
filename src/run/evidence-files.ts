import { constants, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { OptionError } from "../errors.ts";
import { type Asked, type EvidenceLine, type ObservationLine, questionOf } from "../evidence-line.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Vantage } from "../verdict.ts";
import { createMemory, type Memory } from "../world/replay.ts";
import { openPast } from "./evidence-past.ts";
import { type EvidenceGround, type EvidencePath, evidencePaths } from "./evidence-paths.ts";
import { type Accepts, type Located, readLine, type Segment, segmentsOf } from "./evidence-reading.ts";

/** Evidence that other jobs gathered. Only places are kept in memory; a line is read again when its question is asked. */
export interface EvidenceFiles {
  readonly find: (question: string) => Asked | undefined;
  /** What they say of a domain's record, policy and MX at any time, oldest first; the newest of very many. */
  readonly memoryOf: (domain: DomainName) => readonly ObservationLine[];
  /** The best that any of the files had; undefined where none has an observation that counts as live. */
  readonly vantage: Vantage | undefined;
  /** Policy domains that the files are about. */
  readonly domains: ReadonlySet<string>;
  readonly files: number;
  /** Questions that they answer, observations that are too old to, and such that are dated in the future. */
  readonly size: number;
  readonly stale: number;
  readonly future: number;
  /** ISO 8601 of the first and the last observation that counts as live. */
  readonly span: readonly [string, string] | undefined;
  /** What went wrong with an answer since: a network never throws, so the run asks when it ends. */
  readonly fault: () => OptionError | undefined;
  readonly close: () => Promise<void>;
}

export interface EvidenceInput extends EvidenceGround {
  readonly globs: readonly string[];
  /** ISO 8601. */
  readonly now: string;
  /** Milliseconds. */
  readonly maxAge: number;
  /** Aborts when the time of the run is up. */
  readonly signal: AbortSignal;
}

/** Octets of all files together. */
const LARGEST = 1_073_741_824;

/** @throws OptionError, with file and line, for whatever is not wholly evidence. */
export async function openEvidenceFiles(input: EvidenceInput): Promise<EvidenceFiles> {
  const paths = await evidencePaths(input.globs, input);
  // Loaded here: most runs are given no evidence.
  const { isEvidenceLine } = await import(/* webpackIgnore: true */ "./later/evidence-schema.ts");
  const accepts: Accepts = Object.assign((value: unknown): value is EvidenceLine => isEvidenceLine(value), {
    fault: () => isEvidenceLine.errors?.at(-1)?.instancePath || "its start",
  });
  const handles: FileHandle[] = [];
  const close = async (): Promise<void> => void (await Promise.all(handles.map((handle) => handle.close())));
  try {
    const shelf = openShelf(input, accepts);
    let octets = 0;
    for (const path of paths) {
      const handle = await opened(path);
      handles.push(handle);
      octets += (await handle.stat()).size;
      if (octets > LARGEST) throw refused(`${path.name} makes it more than ${LARGEST} octets`);
      for await (const segment of segmentsOf({ ...path, handle, accepts, signal: input.signal }))
        shelf.put(segment, { name: path.name, file: handle.fd });
    }
    return { ...shelf.sum(), files: paths.length, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const refused = (why: string): OptionError => new OptionError("evidence", why);

async function opened({ path, name }: EvidencePath): Promise<FileHandle> {
  // O_NONBLOCK: opening a FIFO must not wait for its writer.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    throw refused(`${name} cannot be read (${error.code ?? "unknown"})`);
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw refused(`${name} is no regular file`);
}

interface Place extends Pick<Located, "question" | "at" | "offset" | "length"> {
  readonly name: string;
  readonly file: number;
}

interface Shelf {
  readonly put: (segment: Segment, from: Pick<Place, "name" | "file">) => void;
  readonly sum: () => Omit<EvidenceFiles, "files" | "close">;
}

function openShelf({ now, maxAge }: EvidenceInput, accepts: Accepts): Shelf {
  const memory: Memory<Place> = createMemory({ now, maxAge });
  const past = openPast<Place>(now);
  const domains = new Set<string>();
  let vantage: Vantage | undefined;
  let span: readonly [string, string] | undefined;
  let fault: OptionError | undefined;
  const read = (place: Place): ObservationLine | undefined => {
    const line = readAt(place, accepts);
    if (!line) fault ??= refused(`${place.name} was changed while this run read it, so nothing was judged by it`);
    return line;
  };
  return {
    put: ({ observations, vantage: from }, { name, file }) => {
      let live = 0;
      for (const { question, at, seen, domain, offset, length } of observations) {
        const place = { question, at, name, file, offset, length };
        past.add({ question, at, seen }, place);
        if (!memory.add({ question, at, seen }, place)) continue;
        live += 1;
        if (domain !== undefined) domains.add(domain);
        span = [span && span[0] < at ? span[0] : at, span && span[1] > at ? span[1] : at];
      }
      if (live > 0) vantage = better(from, vantage);
    },
    sum: () => ({
      find: (question) => {
        const place = memory.find(question);
        return place && read(place);
      },
      memoryOf: (domain) => past.of(domain).flatMap((place) => read(place) ?? []),
      fault: () => fault,
      vantage,
      domains,
      size: memory.size(),
      stale: memory.stale(),
      future: memory.future(),
      span,
    }),
  };
}

const REACH: readonly Vantage["port25"][] = ["open", "proxied", "blocked", "not-asked"];

/** Of two vantages the one that saw more of port 25; of equals the later. */
const better = (next: Vantage, best: Vantage | undefined): Vantage =>
  best && REACH.indexOf(best.port25) < REACH.indexOf(next.port25) ? best : next;

/** The line was read before; that it is still the same must not be taken on trust. */
function readAt({ file, question, at: date, offset, length }: Place, accepts: Accepts): ObservationLine | undefined {
  const octets = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const more = readSync(file, octets, at, length - at, offset + at);
    if (more === 0) break;
    at += more;
  }
  const line = readLine(octets, accepts);
  if (typeof line === "string" || line.kind === "header" || line.kind === "end") return undefined;
  return questionOf(line) === question && line.at === date ? line : undefined;
}
