import type { White } from "./white.ts";

/**
 * How a sender reads a policy file, as data: a closed vocabulary, each word a behaviour that some sender was seen to have.
 * RFC 8461 §3.2 itself is: `lf`, `wsp`, nothing skipped, names and values by its grammar, `first`.
 */
export interface PolicyDialect {
  /** Octets that are not UTF-8 end the reading, or become U+FFFD. */
  readonly notUtf8: "fatal" | "replaced";
  /**
   * `lf`: at LF, with the CR before it; `lf-final-cr`: a CR at the very end goes too; `unicode`: at whatever Unicode calls a line
   * end; `up-to-colon`: a name is everything up to the next colon, and its value the rest of that line.
   */
  readonly lines: "lf" | "lf-final-cr" | "unicode" | "up-to-colon";
  /** What is taken off both ends of a value. */
  readonly white: White;
  /** A line with nothing in it at all. */
  readonly emptyLine: "as-any" | "skipped";
  readonly noColon: "fatal" | "skipped" | "name-alone";
  readonly secondColon: "in-value" | "fatal";
  readonly names: "as-written" | "trimmed" | "trimmed-any-case";
  /** What a name must be that is none of the four: `extension` as in RFC 8461 §3.2, `or-punctuated` may begin with `-` or `.`. */
  readonly unknownNames: "any" | "extension" | "or-punctuated";
  /** What its value must be: `printable` as in RFC 8461 §3.2, `no-c1` also without U+0080 to U+009F. */
  readonly unknownValues: "any" | "printable" | "no-c1";
  /** Which of two `version`, `mode` or `max_age` fields counts. */
  readonly duplicates: "first" | "last" | "fatal";
  /** Whether a field that does not count must have a good value too. */
  readonly validates: "every" | "kept";
  readonly version: { readonly case: "exact" | "any"; readonly missing: "fatal" | "STSv1" };
  readonly mode: { readonly case: "exact" | "any"; readonly missing: "fatal" | "none" };
  readonly maxAge: MaxAgeDialect;
  /**
   * Values: `any`; `not-empty`, which skips the others; `domain` and `dns-name`, where one bad value ends the reading
   * ({@link isMxIn}).
   */
  readonly mx: {
    readonly values: "any" | "not-empty" | "domain" | "dns-name";
    readonly requiredFor: "every-mode" | "enforce-and-testing";
    readonly repeated: "kept" | "once";
  };
}

export interface MaxAgeDialect {
  /** What a number looks like: 1 to 10 digits as in RFC 8461 §3.2, or what the sender's language reads. */
  readonly syntax: "ten-digits" | "go" | "rust" | "python" | "javascript";
  /** Seconds. */
  readonly least: number;
  /** Seconds; `null`: whatever the number's type holds. */
  readonly most: number | null;
  readonly aboveMost: "fatal" | "capped";
  /** A value that is no number. */
  readonly faulty: "fatal" | "ignored";
  /** Seconds where there is none. */
  readonly missing: "fatal" | number;
}
