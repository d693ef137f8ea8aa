import type { DomainVerdict, Finding, Level, Missing, RuleOutcome, VerdictKind } from "../verdict.ts";

/** A finding with the rule that made it. */
export interface RuledFinding {
  readonly rule: string;
  readonly finding: Finding;
}

/** One piece of needed evidence that was not there, once, with every rule that waits for it. */
export interface NeededUnknown {
  readonly rules: readonly string[];
  readonly missing: Missing;
}

const LEVELS: Readonly<Record<Level, number>> = { error: 0, warning: 2, notice: 4 };
const VERDICTS: Readonly<Record<VerdictKind, number>> = { blocked: 0, unknown: 1, ready: 2 };

const weight = (finding: Finding): number => LEVELS[finding.level] + (finding.alreadySo ? 1 : 0);

/** Findings that count, worst first, and at one level those of this change before what was already so. */
export function findingsOf(domain: DomainVerdict): readonly RuledFinding[] {
  const found = domain.rules.flatMap((outcome) =>
    outcome.kind === "failed" || outcome.kind === "unknown"
      ? (outcome.findings ?? []).map((finding) => ({ rule: outcome.rule, finding }))
      : [],
  );
  return found.toSorted((a, b) => weight(a.finding) - weight(b.finding));
}

/** Needed evidence that was not there. Several rules may wait for the same one; it is told once. */
export function neededUnknowns(domain: DomainVerdict): readonly NeededUnknown[] {
  const found = new Map<string, NeededUnknown>();
  for (const outcome of domain.rules) {
    if (outcome.kind !== "unknown" || !outcome.needed) continue;
    for (const missing of outcome.missing.length > 0 ? outcome.missing : [unnamed(outcome, domain)]) {
      const rules = found.get(missing.message)?.rules ?? [];
      found.set(missing.message, { rules: [...rules, outcome.rule], missing });
    }
  }
  return [...found.values()];
}

// An unknown that names no evidence must still be seen.
const unnamed = ({ rule }: RuleOutcome, { policyDomain }: DomainVerdict): Missing => ({
  what: "value",
  subject: policyDomain,
  message: `The rule ${rule} could not be decided.`,
});

export interface DomainRanking {
  readonly add: (domain: DomainVerdict) => void;
  /** The worst domains seen, worst first; at most the capacity. */
  readonly worst: () => readonly DomainVerdict[];
}

interface Ranked {
  readonly domain: DomainVerdict;
  /** Lower is worse, the first difference decides. */
  readonly weights: readonly [number, number, number];
}

/** Keeps the `capacity` worst domains of a stream. Equals are ordered by name, so that the order of arrival does not show. */
export function domainRanking(capacity: number): DomainRanking {
  const kept: Ranked[] = [];
  return {
    add: (domain) => {
      const ranked = { domain, weights: weightsOf(domain) };
      const last = kept.at(-1);
      if (last && kept.length >= capacity && compared(last, ranked) <= 0) return;
      const at = kept.findIndex((other) => compared(ranked, other) < 0);
      kept.splice(at < 0 ? kept.length : at, 0, ranked);
      if (kept.length > capacity) kept.pop();
    },
    worst: () => kept.map(({ domain }) => domain),
  };
}

const weightsOf = (domain: DomainVerdict): Ranked["weights"] => [
  VERDICTS[domain.verdict],
  -countOf(domain, "error"),
  -countOf(domain, "warning"),
];

function compared(a: Ranked, b: Ranked): number {
  const [ofA, ofB] = [a.domain.policyDomain, b.domain.policyDomain];
  const [verdict, errors, warnings] = a.weights.map((weight, at) => weight - (b.weights[at] ?? 0));
  return verdict || errors || warnings || (ofA < ofB ? -1 : Number(ofA > ofB));
}

/** How many findings of one level count against a domain. */
export function countOf(domain: DomainVerdict, level: Level): number {
  return findingsOf(domain).filter(({ finding }) => finding.level === level).length;
}
