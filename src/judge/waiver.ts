import type { Waiver } from "../config.ts";
import type { RuleOutcome, WaivedBy } from "../verdict.ts";
import type { JudgeSettings } from "./inspection.ts";

/** A waiver holds through the whole day `until`, UTC. */
export function isExpired({ until }: Waiver, asOf: string): boolean {
  return asOf.slice(0, 10) > until;
}

interface WaiverScope {
  readonly policyDomain: string;
  readonly asOf: string;
  readonly settings: JudgeSettings;
}

/** Takes back what the configuration suppresses. What the rule would have said stays in the outcome, for the report to show. */
export function waive(outcome: RuleOutcome, { policyDomain, asOf, settings }: WaiverScope): RuleOutcome {
  if (outcome.kind !== "failed" && outcome.kind !== "unknown") return outcome;
  const { rule } = outcome;
  const waiver = settings.waivers.find(
    (one) => one.domain === policyDomain && one.rule === rule && !isExpired(one, asOf),
  );
  const by: WaivedBy | undefined = settings.off.includes(rule)
    ? { kind: "off" }
    : waiver && { kind: "waiver", reason: waiver.reason, until: waiver.until };
  return by ? { kind: "waived", rule, by, findings: outcome.findings ?? [] } : outcome;
}
