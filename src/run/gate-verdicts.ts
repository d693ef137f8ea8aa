import type { DomainVerdict, RuleOutcome } from "../verdict.ts";
import { bothVerdicts } from "./both-verdicts.ts";

/** What the gate said of a push, until verify has looked after it. */
export interface GateVerdicts {
  readonly keep: (domain: DomainVerdict) => void;
  readonly has: (policyDomain: string) => boolean;
  /** What both say of the domain. */
  readonly joined: (verify: DomainVerdict) => DomainVerdict;
  /** Domains of which verify said nothing. */
  readonly left: () => IterableIterator<DomainVerdict>;
}

export function openGateVerdicts(): GateVerdicts {
  const kept = new Map<string, DomainVerdict>();
  // Most rules pass for most domains: one object for all of them, as there may be 100,000 domains.
  const quiet = new Map<string, RuleOutcome>();
  const shared = (outcome: RuleOutcome): RuleOutcome => {
    if (outcome.kind !== "passed" && outcome.kind !== "not-applicable") return outcome;
    const key = `${outcome.kind} ${outcome.rule}`;
    const known = quiet.get(key) ?? outcome;
    quiet.set(key, known);
    return known;
  };
  return {
    keep: (domain) => void kept.set(domain.policyDomain, { ...domain, rules: domain.rules.map(shared) }),
    has: (policyDomain) => kept.has(policyDomain),
    joined: (verify) => {
      const gate = kept.get(verify.policyDomain);
      kept.delete(verify.policyDomain);
      return gate ? bothVerdicts(gate, verify) : verify;
    },
    left: () => kept.values(),
  };
}
