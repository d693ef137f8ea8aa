import type { PastState, Proposal } from "../proposal.ts";
import { bytesOf } from "../protocol/octets.ts";
import { type Policy, parsePolicy, samePolicy } from "../protocol/policy.ts";

/** An enforce policy of the base branch's past that some sender may still hold (RFC 8461 §5.1). */
export interface HeldPolicy {
  readonly policy: Policy;
  /** The id that the record had then; undefined where it is not known. */
  readonly id: string | null | undefined;
  /** ISO 8601: until here a sender can have fetched it. The commit that replaced it, and the time a deploy may take. */
  readonly lastServed: string;
  /** ISO 8601: after this nobody holds it that keeps to max_age. */
  readonly until: string;
}

/** Milliseconds between a merge and the last sender that can have been served the old policy (SPEC §5, `deploy-lag`). */
const DEPLOY_LAG = 24 * 3_600_000;

/**
 * The enforce policies that were replaced and whose max_age is not over, the longest held first. What base says now is not among them:
 * that is what is deployed, or is about to be.
 */
export function heldPolicies({ history }: Pick<Proposal, "history">, asOf: string): readonly HeldPolicy[] {
  const held = history.states.flatMap((state, index) => {
    const replaced = history.states[index - 1];
    const one = replaced && heldFrom(state, replaced);
    return one && Date.parse(one.until) > Date.parse(asOf) ? [one] : [];
  });
  const now = policyOf(history.states[0]);
  const distinct = held
    .toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until))
    .filter((one, index, all) => all.findIndex((other) => samePolicy(other.policy, one.policy)) === index);
  return distinct.filter(({ policy }) => !now || !samePolicy(now, policy));
}

function heldFrom(state: PastState, replaced: PastState): HeldPolicy | undefined {
  const policy = policyOf(state);
  if (policy?.mode !== "enforce") return undefined;
  const lastServed = Date.parse(replaced.at) + DEPLOY_LAG;
  const until = new Date(lastServed + policy.maxAge * 1000).toISOString();
  return { policy, id: state.id, lastServed: new Date(lastServed).toISOString(), until };
}

function policyOf(state: PastState | undefined): Policy | undefined {
  const parse = state?.policy ? parsePolicy(bytesOf(state.policy)) : undefined;
  return parse?.kind === "valid" ? parse.policy : undefined;
}

/** ISO 8601: when the last of them is over; `null` where nobody holds any. */
export function lastHeld(held: readonly HeldPolicy[]): string | null {
  return held[0]?.until ?? null;
}
