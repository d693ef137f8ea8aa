import type { ProposedRecord } from "../proposal.ts";
import type { Span } from "../protocol/span.ts";
import type { Reading, RecordDefect } from "./format.ts";
import type { RecordData } from "./record-data.ts";

/** What is known while one file is read. Changed in place; {@link finished} makes the reading of it. */
export interface ReadingDraft {
  readonly path: string;
  /** Zone apex → whether every line of it was read. */
  readonly zones: Map<string, boolean>;
  readonly delegated: Set<string>;
  readonly records: ProposedRecord[];
  readonly defects: RecordDefect[];
  readonly notes: Set<string>;
  readonly included: Set<string>;
}

export function newDraft(path: string): ReadingDraft {
  return {
    path,
    zones: new Map(),
    delegated: new Set(),
    records: [],
    defects: [],
    notes: new Set(),
    included: new Set(),
  };
}

export function finished({ zones, delegated, records, defects, notes, included }: ReadingDraft): Reading {
  return {
    zones: [...zones].map(([name, whole]) => ({ name, whole })),
    delegated: [...delegated],
    records,
    defects,
    notes: [...notes],
    included: [...included],
  };
}

export function addDefect(
  draft: ReadingDraft,
  span: Span,
  { message, concerns }: Omit<RecordDefect, "location">,
): undefined {
  draft.defects.push({ location: { kind: "file", path: draft.path, span }, message, concerns });
}

/** Something that the file does not determine: no fault. */
export function addNote({ notes, path }: ReadingDraft, { startLine }: Span, why: string): undefined {
  notes.add(`${path}:${startLine}: ${why}`);
}

/** A name that senders of mail look up for its TXT record (RFC 8461 §3.1, RFC 8460 §3), also as a part of one. */
export const isOurs = (owner: string): boolean => /(^|[^a-z0-9-])(_mta-sts|_smtp\._tls)(\.|$)/i.test(owner);

/** A fault about one of these must stop the run. */
export const concernsMail = ({ owner, type }: { owner: string; type: string }): boolean =>
  type === "MX" || isOurs(owner);

export type RecordHead = Omit<ProposedRecord, "data" | "why">;

/** Adds one record, or the defect that its data is, in a place where nothing says more about it. */
export function addRecord(draft: ReadingDraft, head: RecordHead, found: RecordData): void {
  const record = asRecord(head, found);
  if (record) draft.records.push(record);
  else if (found.kind === "fault")
    draft.defects.push({ location: head.location, message: found.message, concerns: concernsMail(head) });
}

/** Undefined: the data is a fault. */
export function asRecord(head: RecordHead, found: RecordData): ProposedRecord | undefined {
  if (found.kind === "fault") return undefined;
  return found.kind === "data" ? { ...head, data: found.data } : { ...head, data: null, why: found.why };
}
