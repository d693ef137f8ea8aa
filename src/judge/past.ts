import type { PastState } from "../proposal.ts";
import { bytesOf, type Octets } from "../protocol/octets.ts";
import { type Policy, parsePolicy, samePolicy } from "../protocol/policy.ts";
import { instant } from "./held-policy.ts";
import type { Inspection } from "./inspection.ts";
import { policyIn } from "./policy-view.ts";
import { idIn } from "./record-view.ts";
import type { Sightings } from "./sightings.ts";

/** A policy that an id named, once. */
export interface PastPair {
  readonly id: string;
  readonly policy: Policy;
  /** ISO 8601: from when on the base branch said so, or when an earlier run saw both. */
  readonly at: string;
  /** It was live: an earlier run saw it. */
  readonly seen: boolean;
}

type Told = Pick<Inspection, "proposal" | "sightings">;

/** Every pair that the history and earlier runs tell, newest first. */
export function pastPairs({ proposal, sightings }: Told): readonly PastPair[] {
  return [...saidPairs(proposal), ...seenPairs(sightings)].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function saidPairs({ history }: Inspection["proposal"]): readonly PastPair[] {
  return history.states.flatMap((state) => {
    const policy = policyAt(state);
    return typeof state.id === "string" && policy ? [{ id: state.id, policy, at: state.at, seen: false }] : [];
  });
}

// Milliseconds: what one run looked at is dated within minutes, and the addresses of one host within seconds.
const ONE_RUN = 600_000;
const ONE_LOOK = 60_000;

/** An id, and the one policy that every address served when it was seen; where they differ none is the id's. */
function seenPairs({ ids, bodies }: Sightings): readonly PastPair[] {
  return ids.flatMap(({ at, seen: id }) => {
    const away = (body: { readonly at: number }): number => Math.abs(body.at - at);
    const nearest = Math.min(...bodies.map(away));
    if (id === undefined || nearest > ONE_RUN) return [];
    const policies = bodies.filter((body) => away(body) <= nearest + ONE_LOOK).map(({ seen }) => readPolicy(seen));
    const [policy] = policies;
    const agreed = policy && policies.every((other) => other && samePolicy(other, policy));
    return agreed ? [{ id, policy, at: instant(at), seen: true }] : [];
  });
}

function policyAt({ policy }: PastState): Policy | undefined {
  return policy ? readPolicy(policy) : undefined;
}

function readPolicy(octets: Octets): Policy | undefined {
  const parse = parsePolicy(bytesOf(octets));
  return parse.kind === "valid" ? parse.policy : undefined;
}

/** Ids that the history and earlier runs tell, whatever they named. */
export function pastIds({ proposal: { history }, sightings }: Told): ReadonlySet<string> {
  const said = history.states.flatMap(({ id }) => id ?? []);
  return new Set([...said, ...sightings.ids.flatMap(({ seen }) => seen ?? [])]);
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
  const left = lastOther(inspection, id);
  const others = pastPairs(inspection).filter((pair) => pair.id === id && !samePolicy(pair.policy, policy));
  const isKept = ({ at, seen }: PastPair): boolean =>
    idIn(inspection.record.base) === id && Date.parse(at) > (seen ? left.seen : left.said);
  return { kept: others.filter(isKept), reused: others.filter((pair) => !isKept(pair)) };
}

interface LastOther {
  readonly said: number;
  readonly seen: number;
}

/**
 * Since when (milliseconds since 1970) the base branch said another id last, and when one was last seen. That it was still seen after
 * the base branch had left it takes nothing from what the base branch said.
 */
function lastOther({ proposal: { history }, sightings }: Told, id: string): LastOther {
  const other = history.states.find((state) => typeof state.id === "string" && state.id !== id);
  const said = other ? Date.parse(other.at) : Number.NEGATIVE_INFINITY;
  const live = sightings.ids.findLast(({ seen }) => seen !== undefined && seen !== id);
  return { said, seen: Math.max(said, live?.at ?? said) };
}
