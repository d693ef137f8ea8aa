import type { DomainName } from "../protocol/domain-name.ts";
import { CLOCK_SKEW, type Noted } from "../world/replay.ts";

/**
 * Observations of any age of the record, the policy and the MX of each domain: which body an id named, and when (SPEC §4). `T` is
 * what the caller finds one by.
 */
export interface EvidencePast<T> {
  readonly add: (noted: Noted, kept: T) => void;
  /** Oldest first. */
  readonly of: (domain: DomainName) => readonly T[];
}

/** Observations of one domain that are kept, the newest of them; a policy host has several addresses, and each is one. */
const MOST: Readonly<Record<string, number>> = { txt: 64, mx: 64, policy: 256 };

const QUESTION = /^(?:(txt) _mta-sts[.]|(mx) |(policy) mta-sts[.])(\S+)/;

interface Dated<T> {
  readonly date: number;
  readonly kept: T;
}

/** By question and date: files that were joined, or copied, say the same twice. */
type Bucket<T> = Map<string, Dated<T>>;

/** `now` is ISO 8601. What is dated in the future was not seen before. */
export function openPast<T>(now: string): EvidencePast<T> {
  const buckets = new Map<string, Bucket<T>>();
  const latest = Date.parse(now) + CLOCK_SKEW;
  return {
    add: ({ question, at, seen }, kept) => {
      const [, txt, mx, policy, domain] = QUESTION.exec(question) ?? [];
      const kind = txt ?? mx ?? policy;
      const date = Date.parse(at);
      if (!seen || kind === undefined || !(date <= latest)) return;
      const name = `${kind} ${domain}`;
      const bucket = buckets.get(name) ?? new Map<string, Dated<T>>();
      bucket.set(`${date} ${question}`, { date, kept });
      const most = MOST[kind] ?? 0;
      // Twice as many before the oldest are dropped, so that many observations cost no sorting each.
      buckets.set(name, bucket.size > 2 * most ? new Map(newest(bucket, most)) : bucket);
    },
    of: (domain) => {
      const found = Object.entries(MOST).flatMap(([kind, most]) => {
        const bucket = buckets.get(`${kind} ${domain}`);
        return bucket ? newest(bucket, most).map(([, dated]) => dated) : [];
      });
      return found.toSorted((a, b) => a.date - b.date).map(({ kept }) => kept);
    },
  };
}

const newest = <T>(bucket: Bucket<T>, most: number): readonly (readonly [string, Dated<T>])[] =>
  [...bucket].toSorted(([, a], [, b]) => b.date - a.date).slice(0, most);
