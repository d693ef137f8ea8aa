import type { PastState } from "../proposal.ts";
import { bytesOf } from "../protocol/octets.ts";
import { type Policy, parsePolicy, samePolicy } from "../protocol/policy.ts";
import type { Inspection } from "./inspection.ts";
import { policyIn } from "./policy-view.ts";
import { idIn } from "./record-view.ts";

/** A policy that the base branch paired with an id, once. */
export interface PastPair {
  readonly id: string;
  readonly policy: Policy;
  /** ISO 8601: from when on the base branch said so. */
  readonly at: string;
}

/** Every pair that the history tells, newest first. */
export function pastPairs({ proposal: { history } }: Pick<Inspection, "proposal">): readonly PastPair[] {
  return history.states.flatMap((state) => {
    const policy = policyAt(state);
    return typeof state.id === "string" && policy ? [{ id: state.id, policy, at: state.at }] : [];
  });
}

function policyAt({ policy }: PastState): Policy | undefined {
  const parse = policy ? parsePolicy(bytesOf(policy)) : undefined;
  return parse?.kind === "valid" ? parse.policy : undefined;
}

/** Ids that the history tells, whatever they named. */
export function pastIds({ proposal: { history } }: Pick<Inspection, "proposal">): ReadonlySet<string> {
  return new Set(history.states.flatMap(({ id }) => (typeof id === "string" ? [id] : [])));
}

/**
 * The earlier pairs of the proposed id with a policy that means something else: those since base's id became what it is (`kept`),
 * and those from before some other id stood there, or while base's id is another (`reused`).
 */
export function otherMeanings(inspection: Inspection): {
  readonly kept: readonly PastPair[];
  readonly reused: readonly PastPair[];
} {
  const id = idIn(inspection.record.proposed);
  const policy = policyIn(inspection.policy.proposed);
  if (id === undefined || !policy) return { kept: [], reused: [] };
  const { states } = inspection.proposal.history;
  const left = states.findIndex((state) => typeof state.id === "string" && state.id !== id);
  const since = idIn(inspection.record.base) !== id ? "" : left < 0 ? undefined : (states[left]?.at ?? "");
  const others = pastPairs(inspection).filter((pair) => pair.id === id && !samePolicy(pair.policy, policy));
  const isKept = ({ at }: PastPair): boolean =>
    since === undefined || (since !== "" && Date.parse(at) > Date.parse(since));
  return { kept: others.filter(isKept), reused: others.filter((pair) => !isKept(pair)) };
}
