import type { FileHandle } from "node:fs/promises";
import { OptionError } from "../errors.ts";
import {
  EVIDENCE_VERSION,
  type EvidenceEnd,
  type EvidenceHeader,
  type EvidenceLine,
  isSilent,
  type ObservationLine,
  questionOf,
  wasSeen,
} from "../evidence-line.ts";
import type { Vantage } from "../verdict.ts";
import { CLOCK_SKEW, type Noted } from "../world/replay.ts";
import { type LineSpan, linesOf } from "./line-stream.ts";

/** An observation, and where its line lies. */
export interface Located extends Noted, LineSpan {
  /** The domain whose MX it says; a file tells by these which domains it is about. */
  readonly domain: string | undefined;
}

/** What one run saw: a header, its observations, and their end. */
export interface Segment {
  readonly vantage: Vantage;
  readonly observations: readonly Located[];
}

export interface Accepts {
  (value: unknown): value is EvidenceLine;
  /** JSON pointer to what was wrong with the last one. */
  readonly fault: () => string;
}

/** Reads a line, or says why it is none. */
export type ReadLine = (octets: Uint8Array, accepts: Accepts) => EvidenceLine | string;

interface Open {
  readonly header: EvidenceHeader;
  readonly found: Map<string, Located & { readonly silent: boolean }>;
  answered: boolean;
}

export interface EvidenceSource {
  readonly name: string;
  readonly handle: FileHandle;
  readonly accepts: Accepts;
  /** Aborts when the time of the run is up. */
  readonly signal: AbortSignal;
}

/**
 * The segments of a file, one after the other: files may be joined. Memory: places, not texts.
 * @throws OptionError, with the line, for whatever is not wholly evidence of this version.
 */
export async function* segmentsOf({ name, handle, accepts, signal }: EvidenceSource): AsyncGenerator<Segment> {
  let [number, open]: [number, Open | undefined] = [0, undefined];
  const refused = (why: string): OptionError =>
    new OptionError("evidence", `${name}, line ${number}, ${why}, so nothing was judged by it`);
  for await (const line of linesOf(handle)) {
    number += 1;
    if (signal.aborted) throw refused("was not reached within the time of this run");
    if (line.kind === "broken") throw refused(line.why);
    const read = readLine(line.octets, accepts);
    if (typeof read === "string") throw refused(read);
    const why = misplaced(read, open);
    if (why !== undefined) throw refused(why);
    if (read.kind === "header") open = { header: read, found: new Map(), answered: false };
    else if (open && read.kind === "end") {
      yield segmentOf(open, read);
      open = undefined;
    } else if (open && read.kind !== "end") note(open, read, line);
  }
  if (open) throw refused("is the last one and no end: the file was cut");
  if (number === 0) throw refused("is not there: the file is empty");
}

const STRICT = new TextDecoder("utf-8", { fatal: true });

/** The line that these octets are, or why they are none. */
export const readLine: ReadLine = (octets, accepts) => {
  const value = parsed(octets);
  if (value === undefined) return "is no JSON";
  const { version } = (value ?? {}) as { readonly version?: unknown };
  if (typeof version === "number" && version > EVIDENCE_VERSION)
    return `is of version ${version} of the format; this version of the gate reads ${EVIDENCE_VERSION}`;
  if (!accepts(value)) return `does not have the shape of evidence (schema/evidence-v1.json, at ${accepts.fault()})`;
  if (Number.isNaN(Date.parse(value.at))) return "has a time that is none";
  const named = value.kind === "probe" || value.kind === "policy" ? value.seen.address : undefined;
  return named === undefined || ("address" in value && value.address === named)
    ? value
    : "names two addresses for one observation";
};

function parsed(octets: Uint8Array): unknown {
  try {
    return JSON.parse(STRICT.decode(octets));
  } catch {
    return undefined;
  }
}

/** Why a line cannot stand where it does. */
function misplaced(line: EvidenceLine, open: Open | undefined): string | undefined {
  if (line.kind === "header") return open && "is a second header, before the end of the first one's observations";
  if (!open) return "stands before any header";
  const early = Date.parse(open.header.at) - CLOCK_SKEW > Date.parse(line.at);
  if (early) return "is older than its header";
  if (line.kind !== "end") return open.found.has(questionOf(line)) ? "answers a question a second time" : undefined;
  if (line.observations !== open.found.size)
    return `counts ${line.observations} observations where there are ${open.found.size}`;
  const late = [...open.found.values()].some(({ at }) => Date.parse(at) > Date.parse(line.at) + CLOCK_SKEW);
  return late ? "is older than an observation before it" : undefined;
}

function note(open: Open, line: ObservationLine, { offset, length }: LineSpan): void {
  const question = questionOf(line);
  const silent = isSilent(line);
  open.answered ||= line.kind === "probe" && !silent;
  const domain = line.kind === "mx" ? line.owner : undefined;
  open.found.set(question, { question, at: line.at, seen: wasSeen(line), silent, domain, offset, length });
}

/** SPEC §4: where no address at all was accepted on port 25, the silence is that machine's, and says nothing of the hosts. */
function segmentOf({ found, answered }: Open, { vantage }: EvidenceEnd): Segment {
  const reached = answered || vantage.port25 === "open";
  return {
    vantage,
    observations: [...found.values()].map((one) => ({ ...one, seen: one.seen && (reached || !one.silent) })),
  };
}
