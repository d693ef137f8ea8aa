import type { Span } from "../protocol/span.ts";

/** Offsets into a text: UTF-16 units from 0, the end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Turns offsets of `text` into lines and columns. The lines are found once, when they are first asked for. */
export function spanFinder(text: string): (stretch: Stretch) => Span {
  let starts: readonly number[] | undefined;
  return ({ start, end }) => {
    starts ??= lineStarts(text);
    const [from, to] = [lineOf(starts, start), lineOf(starts, end)];
    return {
      startLine: from + 1,
      startColumn: start - (starts[from] ?? 0) + 1,
      endLine: to + 1,
      endColumn: end - (starts[to] ?? 0) + 1,
    };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line that starts at or before `offset`. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
