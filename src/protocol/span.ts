/** A stretch of text. 1-based, columns in UTF-16 units with an exclusive end: what GitHub annotations and SARIF regions use. */
export interface Span {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The very start of a file: where a finding points when the line that would carry it does not exist. */
export const TOP: Span = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

/** The UTF-16 units `start` to `end` (exclusive, from 0) of line `number` (from 1). */
export function spanOf(number: number, start: number, end: number): Span {
  return { startLine: number, startColumn: start + 1, endLine: number, endColumn: end + 1 };
}
