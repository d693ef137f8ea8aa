import type { DomainVerdict, Fix } from "../verdict.ts";

/** A fix that a finding proposes, with what to say about it. */
export interface WantedFix {
  readonly rule: string;
  /** The finding's sentence; may contain text from outside. */
  readonly message: string;
  readonly fix: Fix;
  /** The text is a time of this run: another run's time is no other fix. */
  readonly dated: boolean;
}

/** Fixes while verdicts stream by: memory stays bounded however many domains there are. */
export interface FixCollection {
  readonly add: (domain: DomainVerdict) => void;
  readonly fixes: () => readonly WantedFix[];
}

/** More than are ever suggested: which of them lie on lines of the diff is known only later. */
const CANDIDATES = 200;
/** An id as the gate makes one from the time. */
const DATED_ID = /^[0-9]{8}T[0-9]{6}Z[0-9]*$/;

export function openFixCollection(): FixCollection {
  const found = new Map<string, WantedFix>();
  return {
    add: ({ rules, suggestedId }) => {
      for (const outcome of rules) {
        // A waived finding proposes nothing.
        if (outcome.kind !== "failed" && outcome.kind !== "unknown") continue;
        for (const { fix, message } of outcome.findings ?? []) {
          if (!fix || found.size >= CANDIDATES) continue;
          const key = JSON.stringify([fix.path, fix.span, fix.text]);
          const dated = fix.text === suggestedId && DATED_ID.test(fix.text);
          if (!found.has(key)) found.set(key, { rule: outcome.rule, message, fix, dated });
        }
      }
    },
    fixes: () => [...found.values()],
  };
}
