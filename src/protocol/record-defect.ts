import type { Span } from "./span.ts";

/** Why a TXT record is none by RFC 8461 §3.1 or RFC 8460 §3. */
export type RecordDefectCode =
  | "version" // does not begin with it
  | "discarded" // among several records, `v=STSv1 ;` counts as another kind of record
  | "empty-field"
  | "trailing-space"
  | "no-equals"
  | "field-name"
  | "field-value"
  | "id-value"
  | "id-missing"
  | "rua-value"
  | "rua-missing";

/** What keeps a text from being the record, and where in the joined text: one line, columns in UTF-16 units. */
export interface RecordDefect {
  readonly code: RecordDefectCode;
  readonly span: Span;
  /** One sentence. May contain text from outside. */
  readonly message: string;
}
