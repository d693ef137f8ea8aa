import type { Evidence } from "../evidence.ts";
import type { Proposal } from "../proposal.ts";
import type { Inspection, Sides } from "./inspection.ts";
import { enforces, type PolicyView, policyDeployed } from "./policy-view.ts";
import { announces, type RecordView } from "./record-view.ts";

// What senders go by if the change is not merged, and whether the merge turns enforcement on.

/** Whether the newest commit of base is younger than a deploy may take. */
export function isArriving({ history }: Proposal, since: number): boolean {
  const [newest] = history.states;
  return newest !== undefined && Date.parse(newest.at) > since;
}

/** Without a view of the record what is served counts as held, and nothing rests on that: the deployed policy is unknown. */
export function appliedBefore(
  policy: Sides<PolicyView>,
  record: Sides<RecordView>,
  evidence: Evidence,
): PolicyView | undefined {
  const seen = policyDeployed(evidence, announces(record.deployed) ?? true);
  return seen.kind === "unknown" ? policy.base : seen;
}

export function turning(
  { proposed, base, deployed, said }: Sides<PolicyView>,
  record: Sides<RecordView>,
): Inspection["turnsOn"] {
  if (!enforces(proposed) || enforces(deployed)) return "no";
  if (deployed.kind !== "unknown") return "yes";
  // Base enforces, and whether it ever arrived was not seen: then this merge may be what turns it on (SPEC §8).
  if (base !== undefined) return enforces(base) ? "unknown" : "yes";
  return said || record.said ? "unknown" : "no";
}

/** Whether senders enforce after the merge that would not without it: what base says, and may be on its way, counts as well as what is live. */
export function enforcesAnew({ policy, turnsOn }: Pick<Inspection, "policy" | "turnsOn">): boolean {
  const weakerBase = policy.base !== undefined && !enforces(policy.base);
  return turnsOn !== "no" || (enforces(policy.proposed) && weakerBase);
}
