import { didYouMean, quoted } from "./policy-defect.ts";
import {
  extensionDefect,
  type RecordField,
  readRecord,
  recordDefect,
  TLSRPT,
  type WrittenField,
} from "./record-field.ts";
import { type RecordParse, type RecordSelection, selectRecord } from "./record-selection.ts";
import { isReportUri, isUsableReportUri } from "./report-uri.ts";
import { spanOf } from "./span.ts";
import { blanksEnd, blanksStart } from "./white-space.ts";

/** The record that asks for TLS reports. RFC 8460 §3. */
export interface TlsrptRecord {
  /** Every URI as written, of every rua field: RFC 8460 §3 allows more than one and has no first-wins rule. */
  readonly rua: readonly string[];
  /** Those a reporter could use: mailto with an address, https with a host. */
  readonly usable: readonly string[];
  readonly fields: readonly RecordField[];
}

export type TlsrptRecordParse = RecordParse<TlsrptRecord>;
export type TlsrptSelection = RecordSelection<TlsrptRecord>;

/** Reads the joined text of one TXT record; every defect, in the order of the text. RFC 8460 §3. */
export function parseTlsrptRecord(text: string): TlsrptRecordParse {
  const { fields: written, defects } = readRecord(text, TLSRPT);
  const rua: string[] = [];
  const fields = written.map((field): RecordField => {
    const uris = field.name === "rua" ? uriList(field.value) : [];
    const wrong = uris.find((uri) => !isReportUri(uri));
    if (wrong !== undefined) defects.push(ruaDefect(wrong, field));
    else rua.push(...uris);
    const defect = field.name === "rua" ? undefined : extensionDefect(field, TLSRPT);
    if (defect) defects.push(defect);
    return { ...field, use: field.name === "rua" ? "applied" : field.name === "v" ? "duplicate" : "unknown" };
  });
  const missing = !written.some(({ name }) => name === "rua");
  if (missing && defects[0]?.code !== "version") defects.push(missingRua(text, fields));
  defects.sort((a, b) => a.span.startColumn - b.span.startColumn);
  if (defects.length > 0) return { kind: "invalid", defects };
  return { kind: "valid", record: { rua, usable: rua.filter(isUsableReportUri), fields } };
}

/** RFC 8460 §3: drops what is no TLSRPT record, and is left with none, one or too many. */
export function selectTlsrptRecord(texts: readonly string[]): TlsrptSelection {
  return selectRecord(texts, TLSRPT, parseTlsrptRecord);
}

/** RFC 8460 §3: `tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)`, so no white space before the first or after the last. */
function uriList(value: string): readonly string[] {
  const parts = value.split(",");
  return parts.map((part, index) => {
    const end = index === parts.length - 1 ? part.length : blanksStart(part, part.length);
    return part.slice(index === 0 ? 0 : blanksEnd(part, 0), end);
  });
}

function ruaDefect(uri: string, { span }: WrittenField) {
  if (uri === "")
    return recordDefect("rua-value", span, "The rua field has an empty place in its list of URIs", TLSRPT);
  const bare = /^[^@\s:]{1,64}@[^@\s:]{1,253}$/.test(uri) ? `rua=mailto:${uri}` : undefined;
  const what = `${quoted(uri)} is no URI with \`,\`, \`!\` and \`;\` percent-encoded`;
  return recordDefect("rua-value", span, `${what}${didYouMean(bare)}`, TLSRPT);
}

function missingRua(text: string, fields: readonly RecordField[]) {
  const slip = fields.find(({ name }) => name.toLowerCase() === "rua");
  const guess = didYouMean(slip && `rua=${slip.value}`);
  return recordDefect(
    "rua-missing",
    slip?.span ?? spanOf(1, 0, text.length),
    `The record has no rua field${guess}`,
    TLSRPT,
  );
}
