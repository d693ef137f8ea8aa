import type { RankedResult } from "./sarif-result.ts";

/** A result and how many domains it was said of. */
export interface Counted {
  readonly ranked: RankedResult;
  readonly count: number;
}

/** Keeps the worst results of a stream, in an order in which the order of arrival does not show. */
export interface SarifRanking {
  readonly add: (ranked: RankedResult) => void;
  /** Worst first; at most the capacity. */
  readonly worst: () => readonly Counted[];
  /** How many results, one for each domain, are not among them. */
  readonly left: () => number;
}

export function sarifRanking(capacity: number): SarifRanking {
  let kept: Counted[] = [];
  let seen = 0;
  /** The last that is kept, once as many are: what comes behind it will not be kept. */
  let bar: Counted | undefined;
  const trim = (): void => {
    kept = merged(kept.toSorted(compared)).slice(0, capacity);
    bar = kept[capacity - 1];
  };
  return {
    add: (ranked) => {
      seen += 1;
      const one = { ranked, count: 1 };
      if (bar && compared(one, bar) > 0 && !isSame(ranked, bar.ranked)) return;
      kept.push(one);
      if (kept.length >= 2 * capacity) trim();
    },
    worst: () => {
      trim();
      return kept;
    },
    left: () => {
      trim();
      return seen - kept.reduce((sum, { count }) => sum + count, 0);
    },
  };
}

/** One file that serves many domains says the same once. */
function merged(sorted: readonly Counted[]): Counted[] {
  const found: Counted[] = [];
  for (const one of sorted) {
    const last = found.at(-1);
    if (last && isSame(last.ranked, one.ranked)) found[found.length - 1] = { ...last, count: last.count + one.count };
    else found.push(one);
  }
  return found;
}

const isSame = (a: RankedResult, b: RankedResult): boolean => keyOf(a).every((part, at) => part === keyOf(b)[at]);

function compared({ ranked: a }: Counted, { ranked: b }: Counted): number {
  const [ofA, ofB] = [keyOf(a), keyOf(b)];
  for (const [at, part] of ofA.entries()) {
    const other = ofB[at] ?? part;
    if (part !== other) return part < other ? -1 : 1;
  }
  const [first, second] = [a.result.properties["policyDomain"] ?? "", b.result.properties["policyDomain"] ?? ""];
  return first < second ? -1 : Number(first > second);
}

function keyOf({ weight, fingerprint, result }: RankedResult): readonly (string | number)[] {
  const { artifactLocation, region } = result.locations[0].physicalLocation;
  const { startLine, startColumn, endLine, endColumn } = region;
  const place = [artifactLocation.uri, startLine, startColumn, endLine, endColumn];
  return [weight, result.ruleId, ...place, result.message.text, fingerprint];
}
