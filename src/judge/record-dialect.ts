import type { White } from "./white.ts";

/** How a sender reads the TXT records at `_mta-sts`, as data; RFC 8461 §3.1. */
export interface RecordDialect {
  /** Which texts count: `delimited` means `v=STSv1`, white space or not, and a semicolon. */
  readonly begins: "v=STSv1;" | "v=STSv1" | "delimited" | "any-case" | "anything";
  /** What more than one of them comes to; `enough`: one suffices, and nothing after its beginning is read. */
  readonly several: "no-policy" | "joined" | "first-readable" | "enough";
  readonly fields: RecordFieldDialect;
}

export interface RecordFieldDialect {
  readonly white: White;
  /** Where a field may be empty: `blank` counts white space as nothing, `exactly` does not. */
  readonly empty: "last-only" | "blank" | "exactly";
  /** White space at the end of the last field, where no semicolon follows. */
  readonly end: "trimmed" | "in-value";
  /** Around and in name and value: left, taken off both, taken out everywhere, or the end of the reading. */
  readonly inside: "kept" | "trimmed" | "squeezed" | "fatal";
  /** A field without `=`: its name alone; or it also spoils the name of the field after it. */
  readonly noEquals: "fatal" | "name-alone" | "spoils-next";
  readonly secondEquals: "in-value" | "fatal";
  /** `mail-header`: what stands before a colon goes, parentheses are comments, and quotes hide semicolons. */
  readonly text: "plain" | "mail-header";
  readonly names: "exact" | "any-case";
  /** Where the version must be right. */
  readonly version: { readonly where: "first-field" | "every" | "last"; readonly case: "exact" | "any" };
  /** As {@link PolicyDialect.unknownNames}, with their values. */
  readonly extensions: "any" | "extension" | "or-punctuated";
  readonly id: "alphanumeric-32" | "not-empty" | "any";
  readonly duplicateId: "first" | "last" | "must-be-empty";
}
