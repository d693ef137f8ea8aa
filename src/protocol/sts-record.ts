import { didYouMean, quoted } from "./policy-defect.ts";
import { extensionDefect, type RecordField, readRecord, recordDefect, STS } from "./record-field.ts";
import { type RecordParse, type RecordSelection, selectRecord } from "./record-selection.ts";
import { spanOf } from "./span.ts";

/** The record that says a policy exists, and which. RFC 8461 §3.1. */
export interface StsRecord {
  /** Compared octet for octet: ids have no order, and their case counts. */
  readonly id: string;
  /** Every field after the version, in the order of the text. */
  readonly fields: readonly RecordField[];
}

export type StsRecordParse = RecordParse<StsRecord>;
export type StsSelection = RecordSelection<StsRecord>;

const ID = /^[A-Za-z0-9]{1,32}$/;

/** Reads the joined text of one TXT record; every defect, in the order of the text. RFC 8461 §3.1. */
export function parseStsRecord(text: string): StsRecordParse {
  const { fields: written, defects } = readRecord(text, STS);
  const first = written.find(({ name }) => name === "id");
  const fields = written.map((field): RecordField => {
    // RFC 8461 §3.2, last paragraph: the first of two counts. The others must still be well formed.
    const use = field === first ? "applied" : field.name === "id" || field.name === "v" ? "duplicate" : "unknown";
    const defect = use === "applied" ? idDefect(field.value, field.span) : extensionDefect(field, STS);
    if (defect) defects.push(defect);
    return { ...field, use };
  });
  if (!first && defects[0]?.code !== "version") defects.push(missingId(text, fields));
  defects.sort((a, b) => a.span.startColumn - b.span.startColumn);
  return defects.length > 0 || !first
    ? { kind: "invalid", defects }
    : { kind: "valid", record: { id: first.value, fields } };
}

/** RFC 8461 §3.1: drops what is no MTA-STS record, and is left with none, one or too many. */
export function selectStsRecord(texts: readonly string[]): StsSelection {
  return selectRecord(texts, STS, parseStsRecord);
}

export function printStsRecord({ id }: Pick<StsRecord, "id">): string {
  return `v=STSv1; id=${id};`;
}

/** Whether a text can be the id of a record: 1 to 32 ASCII letters and digits. */
export function isRecordId(text: string): boolean {
  return ID.test(text);
}

function idDefect(value: string, span: RecordField["span"]) {
  if (ID.test(value)) return undefined;
  const bare = value
    .slice(0, 100)
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 32);
  const guess = didYouMean(bare === "" ? undefined : `id=${bare}`);
  return recordDefect("id-value", span, `The id ${quoted(value)} is not 1 to 32 ASCII letters and digits${guess}`, STS);
}

function missingId(text: string, fields: readonly RecordField[]) {
  const slip = fields.find(({ name }) => name.toLowerCase() === "id");
  const guess = didYouMean(slip && `id=${slip.value}`);
  return recordDefect("id-missing", slip?.span ?? spanOf(1, 0, text.length), `The record has no id field${guess}`, STS);
}
