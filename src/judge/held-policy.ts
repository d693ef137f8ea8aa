import type { Evidence } from "../evidence.ts";
import type { Proposal } from "../proposal.ts";
import type { Octets } from "../protocol/octets.ts";
import { type Policy, samePolicy } from "../protocol/policy.ts";
import { enforceReadings } from "./enforce-readings.ts";
import type { PolicyView } from "./policy-view.ts";
import type { RecordView } from "./record-view.ts";
import type { RolloutTerms } from "./rollout-terms.ts";
import type { Sightings } from "./sightings.ts";

/** An enforce policy that some sender may hold (RFC 8461 §5.1), and what ends that. Times in milliseconds since 1970. */
export interface HeldPolicy {
  readonly policy: Policy;
  /** The id that it was fetched under; undefined: not known. */
  readonly id: string | undefined;
  /** Seconds that resolvers keep that record. */
  readonly ttl: number;
  /** From when on a sender can have fetched it. */
  readonly from: number;
  /** Until when; `null`: it is served, and this change does not replace it. */
  readonly lastServed: number | null;
  /**
   * The fast clock: from here on a sender that compares ids, and whose lookups succeed, has fetched a newer one. `null`: the id does
   * not change, so senders that extend what they hold keep it for ever.
   */
  readonly fast: number | null;
  /** The slow clock: from here on nobody holds it that keeps to max_age, even by lookups that fail. */
  readonly slow: number;
  /** It is what base says or what is served now, and no policy of the past. */
  readonly current: boolean;
}

/** What the clocks are read from. */
export interface HeldGround {
  readonly proposal: Proposal;
  readonly evidence: Evidence;
  readonly sightings: Sightings;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly terms: RolloutTerms;
  readonly deployed: PolicyView;
  readonly record: {
    readonly proposed: RecordView;
    readonly base: RecordView | undefined;
    readonly deployed: RecordView;
  };
}

/** When the fast clock ends; `max-age`: it does not run, because senders find no newer id or cannot fetch what it names. */
export type FastClock = number | null | "max-age";

export interface HeldTimes extends Omit<HeldPolicy, "policy" | "slow" | "fast" | "lastServed"> {
  readonly fast: FastClock;
  readonly lastServed: number;
  /** When the last resolver has forgotten the id: as long as it is seen, some senders extend what they hold. */
  readonly forgotten: number;
}

/** Every enforce policy that senders take from a body, with its clocks. */
export function heldReadings(octets: Octets, { forgotten, ...times }: HeldTimes): readonly HeldPolicy[] {
  return enforceReadings(octets).map((policy) => {
    const slow = Math.max(times.lastServed, forgotten) + policy.maxAge * 1000;
    return { ...times, policy, slow, fast: times.fast === "max-age" ? slow : times.fast };
  });
}

/** Whether a sender that compares ids, and whose lookups succeed, may still hold it. */
export function isHeldFast({ fast, current }: HeldPolicy, now: number): boolean {
  return current || fast === null || fast > now;
}

/** Each policy once, in the place of the one that is held longest. */
export function distinctPolicies(held: readonly HeldPolicy[]): readonly HeldPolicy[] {
  return held.filter(({ policy }, index) => held.findIndex((other) => samePolicy(other.policy, policy)) === index);
}

/** ISO 8601, to the second. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[.][0-9]+Z$/, "Z");
}
