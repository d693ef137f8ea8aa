import type { Span } from "./span.ts";

/** Why a text is no policy by RFC 8461 §3.2. Stable: they appear in `lint --format json`. */
export type PolicyDefectCode =
  | "empty"
  | "utf-16"
  | "utf-8"
  | "byte-order-mark"
  | "line-ending" // a CR that no LF follows
  | "blank-line" // nothing but SP and HTAB; a run of them is one defect
  | "white-space" // before a name, or between name and colon
  | "no-colon"
  | "field-name"
  | "empty-value"
  | "field-value"
  | "version-value"
  | "mode-value"
  | "max-age-value"
  | "max-age-range"
  | "mx-value"
  | "version-missing"
  | "mode-missing"
  | "max-age-missing"
  | "mx-missing";

export interface PolicyDefect {
  readonly code: PolicyDefectCode;
  readonly span: Span;
  /** One sentence. May contain text from outside. */
  readonly message: string;
  /** The whole line that was probably meant, without its end. */
  readonly instead?: string;
}

/** What every defect of a policy file does to mail (RFC 8461 §3.2, §5). */
export const NO_POLICY = "so senders that keep to RFC 8461 find no policy here";

const LONGEST_QUOTE = 60; // UTF-16 units

/** Text from outside in a message: short enough to stay one sentence. */
export function quoted(text: string): string {
  return text.length > LONGEST_QUOTE ? `\`${text.slice(0, LONGEST_QUOTE)}…\`` : `\`${text}\``;
}

/** ` (did you mean …?)`, or nothing where there is no guess. */
export function didYouMean(guess: string | undefined): string {
  return guess === undefined ? "" : ` (did you mean ${quoted(guess)}?)`;
}
