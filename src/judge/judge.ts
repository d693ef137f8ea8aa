import type { DomainVerdict, Level, RuleOutcome, VerdictKind } from "../verdict.ts";
import { consequenceOf } from "./consequence.ts";
import { type Case, inspect } from "./inspection.ts";
import { nextStep } from "./plan/step.ts";
import { publication } from "./publication.ts";
import { rules } from "./rules.ts";
import { validUntil } from "./validity.ts";
import { waive } from "./waiver.ts";

/** Pure: the same proposal, evidence, settings and instant give the same verdict. */
export function judge(given: Case): DomainVerdict {
  const inspection = inspect(given);
  const { policyDomain, asOf, settings } = inspection;
  const outcomes = rules.map((rule) => waive(rule.judge(inspection), { policyDomain, asOf, settings }));
  const verdict = verdictOf(outcomes);
  const { suggestedId, record } = publication(inspection);
  const next = nextStep(inspection);
  return {
    policyDomain,
    verdict,
    touched: given.proposal.touched,
    deliveries: inspection.deliveries,
    rules: outcomes,
    consequence: consequenceOf(inspection, verdict, outcomes),
    suggestedId,
    recordToPublish: record,
    safeAfter: safeAfter(outcomes),
    ...(next && { nextStep: next }),
    validUntil: validUntil(inspection, outcomes),
    notChecked: notChecked(outcomes),
    notes: given.proposal.notes,
  };
}

/** SPEC §1: an error is proven > evidence that ready needs is missing > ready. */
export function verdictOf(outcomes: readonly RuleOutcome[]): VerdictKind {
  const proven = outcomes.some(
    (outcome) => outcome.kind === "failed" && outcome.findings.some(({ level }) => level === "error"),
  );
  if (proven) return "blocked";
  const open = outcomes.some((outcome) => outcome.kind === "unknown" && outcome.needed);
  // `ready` is what is left of a complete set of outcomes, never what an empty one means.
  return open || outcomes.length === 0 ? "unknown" : "ready";
}

/** ISO 8601: from when on no error stands that waiting ends; without an error, no warning. `null` where there is none of these. */
function safeAfter(outcomes: readonly RuleOutcome[]): string | null {
  const findings = outcomes.flatMap((outcome) => (outcome.kind === "failed" ? outcome.findings : []));
  const dates = (level: Level): string[] =>
    findings
      .filter((finding) => finding.level === level)
      .flatMap(({ facts: { until } }) => (typeof until === "string" && until.includes("T") ? [until] : []));
  const last = (some: readonly string[]): string | undefined =>
    some.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
  return last(dates("error")) ?? last(dates("warning")) ?? null;
}

function notChecked(outcomes: readonly RuleOutcome[]): readonly string[] {
  const messages = outcomes.flatMap((outcome) =>
    outcome.kind === "unknown" ? outcome.missing.map(({ message }) => message) : [],
  );
  return [...new Set(messages)];
}
