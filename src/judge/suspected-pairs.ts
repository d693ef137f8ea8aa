import { sameBody } from "./enforce-readings.ts";
import { type HeldPolicy, heldReadings } from "./held-policy.ts";
import type { Inspection } from "./inspection.ts";
import { idIn } from "./record-view.ts";
import { knownTtl } from "./time-to-live.ts";

/**
 * Enforce policies that some sender may hold under the id of the one after them: base changed policy and id in one commit, and nothing
 * says that the policy was live first (ROLLOUT: same merge is not same time). It matters while that id stays: senders that extend what
 * they hold then never fetch again.
 */
export function suspectedPairs({ proposal, evidence, record, terms, mode }: Inspection): readonly HeldPolicy[] {
  const after = idIn(record.proposed);
  if (terms.policyFirst || mode === "verify" || after === undefined) return [];
  const { states } = proposal.history;
  return states.flatMap((state, index) => {
    const before = states[index + 1];
    if (state.id !== after || !state.policy || !before?.policy || typeof before.id !== "string") return [];
    if (before.id === after || sameBody(before.policy, state.policy)) return [];
    const from = Date.parse(state.at);
    const ttl = state.recordTtl ?? knownTtl({ proposal, evidence });
    const lastServed = from + terms.lag;
    const times = { id: after, ttl, from, lastServed, forgotten: lastServed, fast: null, current: false };
    return heldReadings(before.policy, times);
  });
}
