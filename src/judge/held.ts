import type { PastState } from "../proposal.ts";
import { bytesOf, type Octets } from "../protocol/octets.ts";
import { parsePolicy } from "../protocol/policy.ts";
import { sameBody } from "./enforce-readings.ts";
import { type FastClock, type HeldGround, type HeldPolicy, heldReadings } from "./held-policy.ts";
import { policiesInForce } from "./in-force.ts";
import { idIn } from "./record-view.ts";
import { rememberedPolicies } from "./remembered.ts";
import { knownTtl } from "./time-to-live.ts";

/** Every enforce policy that a sender may hold when the change arrives, the one that is held longest first. */
export function heldPolicies(ground: HeldGround): readonly HeldPolicy[] {
  const all = [...policiesInForce(ground), ...pastPolicies(ground), ...rememberedPolicies(ground)];
  return all
    .filter(({ fast, slow, current }) => current || fast === null || Math.max(fast, slow) > ground.now)
    .toSorted((a, b) => endOf(b) - endOf(a));
}

const endOf = ({ fast, slow }: HeldPolicy): number => (fast === null ? Number.MAX_SAFE_INTEGER : Math.max(fast, slow));

/** What the base branch said before: bodies that it has given another meaning since. */
function pastPolicies(ground: HeldGround): readonly HeldPolicy[] {
  const { states } = ground.proposal.history;
  return states.flatMap((state, index) => {
    if (!state.policy) return [];
    const replaced = replacedAt(states, index, state.policy);
    if (replaced === undefined) return [];
    const lastServed = lastServedAt(ground, state.policy, replaced);
    return idsAt(states, index).flatMap(({ id, ttl = knownTtl(ground) }) => {
      const clock = { ground, id, ttl, index, replaced };
      const times = { id, ttl, from: Date.parse(state.at), lastServed, current: false };
      return heldReadings(state.policy as Octets, { ...times, fast: fastClock(clock), forgotten: forgottenAt(clock) });
    });
  });
}

interface NamedBy {
  readonly id: string | undefined;
  /** Seconds. */
  readonly ttl?: number;
}

/**
 * The ids under which a sender may have stored the body of a state: its own, and the one before, which a resolver may still have given
 * when the body was there. Without a record nobody is told of a policy (RFC 8461 §3.1).
 */
function idsAt(states: readonly PastState[], index: number): readonly NamedBy[] {
  const [own, before] = [states[index], states[index + 1]];
  return [own, before].flatMap((state, at): NamedBy[] => {
    if (!state || state.id === null || (at === 1 && (state.id === undefined || state.id === own?.id))) return [];
    return [{ id: state.id, ...(state.recordTtl !== undefined && { ttl: state.recordTtl }) }];
  });
}

/** When the base branch gave the body another meaning; undefined: it never did. */
function replacedAt(states: readonly PastState[], index: number, body: Octets): number | undefined {
  const newer = states
    .slice(0, index)
    .findLast(({ policy }) => policy !== undefined && (!policy || !sameBody(policy, body)));
  return newer && Date.parse(newer.at);
}

/** A deploy takes until `lag` after the merge, unless an earlier run saw that it was over, or that it took longer. */
function lastServedAt({ sightings, terms, now }: HeldGround, body: Octets, replaced: number): number {
  const after = sightings.bodies.filter(({ at }) => at >= replaced);
  const late = after.findLast(({ seen }) => sameBody(seen, body))?.at;
  const over = after.find(({ at, seen }) => at > (late ?? 0) && !sameBody(seen, body))?.at;
  const assumed = Math.min(replaced + terms.lag, over ?? Number.POSITIVE_INFINITY);
  return late === undefined ? assumed : Math.max(assumed, over ?? now);
}

interface Clock {
  readonly ground: HeldGround;
  readonly id: string | undefined;
  /** Seconds. */
  readonly ttl: number;
  readonly index: number;
  /** When the body was replaced. */
  readonly replaced: number;
}

/** When whoever looks finds another id, and a policy to fetch under it. */
function fastClock(clock: Clock): FastClock {
  const { ground, id, ttl, index, replaced } = clock;
  const { record, now, terms, proposal, sightings, deployed } = ground;
  if (id !== undefined && id === idIn(record.proposed)) return null;
  const keep = terms.lag + ttl * 1000;
  if (isLive(ground, id)) return now + keep;
  // Nothing to fetch now: whether there ever was is not known, so only max_age ends it.
  if (deployed.kind === "absent" || deployed.kind === "invalid") return "max-age";
  if (id === undefined) return replaced + keep;
  const { states } = proposal.history;
  const last = lastNamed(states, id, index);
  const next = states.slice(0, last).findLast((state) => typeof state.id === "string" && isFetchable(state));
  if (!next) return states.slice(0, last).some((state) => state.id === undefined) ? replaced + keep : "max-age";
  const other = sightings.ids.find(
    ({ at, seen }) => at >= Date.parse(next.at) && seen !== undefined && seen !== id,
  )?.at;
  return Math.min(Date.parse(next.at) + terms.lag, other ?? Number.POSITIVE_INFINITY) + ttl * 1000;
}

/** When the last resolver has forgotten the id. */
function forgottenAt({ ground, id, ttl, index, replaced }: Clock): number {
  const { now, terms, proposal, sightings } = ground;
  const keep = terms.lag + ttl * 1000;
  if (isLive(ground, id)) return now + keep;
  const { states } = proposal.history;
  const next =
    id === undefined
      ? undefined
      : states.slice(0, lastNamed(states, id, index)).findLast((state) => state.id !== undefined);
  const gone = next ? Date.parse(next.at) : replaced;
  const other = sightings.ids.find(({ at, seen }) => at >= gone && seen !== id)?.at;
  return Math.min(gone + terms.lag, other ?? Number.POSITIVE_INFINITY) + ttl * 1000;
}

const isLive = ({ record }: HeldGround, id: string | undefined): boolean =>
  id !== undefined && [record.deployed, record.base].some((view) => view && idIn(view) === id);

/** The newest state that has the id: it may have come back. */
function lastNamed(states: readonly PastState[], id: string, index: number): number {
  const newest = states.findIndex((state) => state.id === id);
  return newest < 0 ? index : newest;
}

function isFetchable({ policy }: PastState): boolean {
  return policy === undefined || (policy !== null && parsePolicy(bytesOf(policy)).kind === "valid");
}
