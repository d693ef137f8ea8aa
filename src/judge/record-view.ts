import type { Evidence, Unobserved } from "../evidence.ts";
import type { Location } from "../location.ts";
import type { ProposedRecord, Revision } from "../proposal.ts";
import type { RecordDefect } from "../protocol/record-defect.ts";
import { selectStsRecord } from "../protocol/sts-record.ts";

/** The `_mta-sts` record as one side says it, after the discard rule of RFC 8461 §3.1. */
export type RecordView =
  | { readonly kind: "valid"; readonly id: string; readonly place: Location }
  | {
      readonly kind: "invalid";
      readonly defects: readonly RecordDefect[];
      readonly text: string;
      readonly place: Location;
    }
  | { readonly kind: "multiple"; readonly places: readonly Location[] }
  | { readonly kind: "absent" }
  /** A CNAME: the record is kept elsewhere. */
  | { readonly kind: "alias"; readonly target: string; readonly place: Location }
  /** The file does not determine the text. */
  | { readonly kind: "undetermined"; readonly why: string; readonly place: Location }
  | { readonly kind: "unknown"; readonly because: Unobserved };

/** What the repository says, or `undefined` where it does not speak of the record. */
export function recordSaid({ stsRecords }: Revision): RecordView | undefined {
  return stsRecords.kind === "unsaid" ? undefined : viewOf(stsRecords.value);
}

function viewOf(records: readonly ProposedRecord[]): RecordView {
  const alias = records.find(({ type, data }) => type === "CNAME" && data !== null);
  const resolved = records.some(({ type, data }) => type === "TXT" && data !== null);
  // Where the alias ends in the same files, its TXT stands beside it and is what senders see.
  if (alias && !resolved) return { kind: "alias", target: alias.data ?? "", place: alias.location };
  const open = records.find(({ data }) => data === null);
  if (open) return { kind: "undetermined", why: open.why ?? "the file does not say", place: open.location };
  const texts = records.filter(({ type }) => type === "TXT");
  return select(
    texts.map(({ data }) => data ?? ""),
    (index) => texts[index]?.location ?? { kind: "input", name: "records" },
  );
}

/** What senders see now. */
export function recordDeployed({ stsRecord }: Evidence, owner: string): RecordView {
  return recordOf(stsRecord, owner);
}

/** The record in one answer to the question for `owner`, now or earlier. */
export function recordOf(stsRecord: Evidence["stsRecord"], owner: string): RecordView {
  if (stsRecord.kind === "unobserved") return { kind: "unknown", because: stsRecord.because };
  if (stsRecord.value.kind !== "records") return { kind: "absent" };
  return select(stsRecord.value.records, () => ({ kind: "dns", owner, type: "TXT" }));
}

function select(texts: readonly string[], place: (index: number) => Location): RecordView {
  const selection = selectStsRecord(texts);
  switch (selection.kind) {
    case "none":
      return { kind: "absent" };
    case "multiple":
      return { kind: "multiple", places: selection.indexes.map(place) };
    case "one": {
      const at = place(selection.index);
      if (selection.parse.kind === "valid") return { kind: "valid", id: selection.parse.record.id, place: at };
      return { kind: "invalid", defects: selection.parse.defects, text: selection.text, place: at };
    }
  }
}

/** The id of a usable record, or nothing. */
export function idIn(view: RecordView | undefined): string | undefined {
  return view?.kind === "valid" ? view.id : undefined;
}

/** Whether senders find a policy announced here; `undefined` where that was not seen. RFC 8461 §3.1: not exactly one is none. */
export function announces(view: RecordView): boolean | undefined {
  if (view.kind === "unknown" || view.kind === "alias" || view.kind === "undetermined") return undefined;
  return view.kind === "valid";
}
