import type { Markdown } from "./inert.ts";

/** A whole piece of a report, made only if there is room for it. Empty: there is nothing to say. */
export type Piece = () => Markdown;

/** Room for a list of whole pieces. Measured in UTF-8 octets, which GitHub's limits in characters never exceed. */
export interface Budget {
  readonly octets: number;
  readonly separator: string;
  /** What to say about pieces that were left out. */
  readonly rest: (left: number) => Markdown;
  /** Pieces that the caller did not even keep. */
  readonly unseen?: number;
}

const ENCODER = new TextEncoder();
// Room for the sentence of `rest`.
const REST = 300;

export const octetsIn = (text: string): number => ENCODER.encode(text).length;

/** As many pieces as fit, each whole, in order; then one that says how many are missing. */
export function fitted(pieces: readonly Piece[], { octets, separator, rest, unseen = 0 }: Budget): Markdown {
  const kept: Markdown[] = [];
  let left = pieces.length + unseen;
  let used = REST;
  for (const piece of pieces) {
    const made = piece();
    used += octetsIn(made) + separator.length;
    if (used > octets) break;
    left -= 1;
    if (made !== "") kept.push(made);
  }
  return [...kept, ...(left > 0 ? [rest(left)] : [])].join(separator) as Markdown;
}
