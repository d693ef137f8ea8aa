import { countOf, neededUnknowns } from "../report/ranking.ts";
import type { DomainVerdict, RunFacts, VerdictKind } from "../verdict.ts";

/** What a run sums up while verdicts stream by. */
export interface Tally {
  readonly add: (domain: DomainVerdict) => void;
  readonly sum: () => TallySum;
}

export interface TallySum extends Pick<RunFacts, "verdict" | "validUntil" | "counts"> {
  /** Whether a change touches mail, or mail is at stake without one. */
  readonly touchesMail: boolean;
  /** The one id that is suggested; `null` where there is none, or more than one. */
  readonly suggestedId: string | null;
}

const WORST: readonly VerdictKind[] = ["blocked", "unknown", "ready"];

/** Folds domain verdicts: the worst domain wins (SPEC §1), the first expiry ends the validity of all. */
export function openTally(): Tally {
  let [verdict, validUntil, touchesMail]: [VerdictKind, string | null, boolean] = ["ready", null, false];
  const counts = { domains: 0, errors: 0, warnings: 0, unknowns: 0 };
  const suggested = new Set<string>();
  return {
    add: (domain) => {
      verdict = WORST[Math.min(WORST.indexOf(verdict), WORST.indexOf(domain.verdict))] ?? "unknown";
      validUntil = earlier(validUntil, domain.validUntil);
      touchesMail ||= domain.touched.length > 0 || domain.verdict !== "ready";
      counts.domains += 1;
      counts.errors += countOf(domain, "error");
      counts.warnings += countOf(domain, "warning");
      counts.unknowns += Math.max(neededUnknowns(domain).length, Number(domain.verdict === "unknown"));
      if (domain.suggestedId !== null && suggested.size < 2)
        suggested.add(`${domain.policyDomain} ${domain.suggestedId}`);
    },
    sum: () => ({ verdict, validUntil, counts: { ...counts }, touchesMail, suggestedId: onlyId(suggested) }),
  };
}

const earlier = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : Date.parse(b) < Date.parse(a) ? b : a;

function onlyId(suggested: ReadonlySet<string>): string | null {
  const [only, second] = suggested;
  return only === undefined || second !== undefined ? null : (only.split(" ")[1] ?? null);
}
