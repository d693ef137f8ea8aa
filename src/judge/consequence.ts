import type { Finding, RuleOutcome, VerdictKind } from "../verdict.ts";
import type { Inspection } from "./inspection.ts";
import { policyIn } from "./policy-view.ts";

/** One sentence: what happens to this domain's mail if the change merges. The first thing anyone reads. */
export function consequenceOf(inspection: Inspection, verdict: VerdictKind, outcomes: readonly RuleOutcome[]): string {
  switch (verdict) {
    case "blocked":
      return worst(outcomes)?.message ?? "An error is proven.";
    case "unknown": {
      const open = outcomes.flatMap((outcome) => (outcome.kind === "unknown" && outcome.needed ? outcome.missing : []));
      const [first] = open;
      return first ? `Nothing is proven wrong, but this is not known: ${first.message}` : "Nothing could be judged.";
    }
    case "ready":
      return whatSendersDo(inspection);
  }
}

/** The error that loses most mail comes first: an MX that is refused, then an update that nobody learns of, then the rest. */
function worst(outcomes: readonly RuleOutcome[]): Finding | undefined {
  const errors = outcomes.flatMap((outcome) =>
    outcome.kind === "failed"
      ? outcome.findings.filter(({ level }) => level === "error").map((finding) => ({ rule: outcome.rule, finding }))
      : [],
  );
  const first = ["mx-", "rollout-", "record-"].map((subject) => errors.find(({ rule }) => rule.startsWith(subject)));
  return (first.find((found) => found !== undefined) ?? errors[0])?.finding;
}

function whatSendersDo({ policy, deliveries, hosts, policyDomain, mode: work }: Inspection): string {
  const mode = policyIn(policy.proposed)?.mode;
  if (mode === undefined) return `Senders deliver to ${policyDomain} without a policy.`;
  if (mode !== "enforce")
    return `Senders deliver to ${policyDomain} whatever its MX hosts show, because the policy says ${mode}.`;
  const after = deliveries.find(({ policy, mx }) => policy === "proposed" && mx === "proposed");
  const total = hosts.filter(({ proposed }) => proposed).length;
  if (after?.outcome === "delivers")
    return `Senders that enforce deliver to ${total === 1 ? "the MX host" : `all ${total} MX hosts`} of ${policyDomain}.`;
  if (work === "verify")
    return `What is deployed for ${policyDomain} is what the repository says; whether senders accept every MX host was not seen.`;
  return `Nothing in this change makes senders refuse an MX host of ${policyDomain} that they accept today.`;
}
