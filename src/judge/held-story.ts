import type { DomainName } from "../protocol/domain-name.ts";
import type { Story, StoryEvent } from "../story.ts";
import { type HeldPolicy, instant, isHeldFast } from "./held-policy.ts";
import type { Inspection } from "./inspection.ts";
import { hostsIn } from "./mx-view.ts";
import { policyIn } from "./policy-view.ts";
import { announces, idIn } from "./record-view.ts";
import { validateMxHost } from "./sender.ts";
import { EXTENDING, ID_BLIND, ID_CHECKING, shortestStory, storyPolicy } from "./story.ts";

interface Holding {
  readonly held: HeldPolicy;
  /** Refused by those who hold it. */
  readonly host: DomainName;
  /** ISO 8601; `null`: without end. */
  readonly until: string | null;
}

const MINUTE = 60_000; // milliseconds

/** A sender fetches the policy while it can, the change arrives, and its next message is refused. */
export function heldStory(inspection: Inspection, { held, host, until }: Holding): { readonly story?: Story } {
  const now = Date.parse(inspection.asOf);
  const { fast, lastServed, current, from } = held;
  const gap = Math.min(MINUTE, Math.max(1_000, (held.ttl * 1000) / 4));
  const end = current ? now : Math.min(lastServed ?? now, now);
  const events: readonly StoryEvent[] = [
    servedEvent(held, current ? (lastServed === null ? null : now) : (lastServed ?? now)),
    { kind: "fetch", at: instant(Math.max(from, end - gap)) },
    // Senders that extend what they hold look in between, and see the id that they have.
    ...(current ? [] : servedSince(inspection, held, { now, gap })),
    { kind: "fetch", at: instant(now - gap) },
    mergeEvent(inspection, fast === null ? held.id : undefined),
    { kind: "delivery", at: instant(now + gap) },
  ];
  const cast = fast === null && !current ? EXTENDING : isHeldFast(held, now) ? ID_CHECKING : ID_BLIND;
  return shortestStory({ events, host, refuses: refusesBy(inspection), until, cast });
}

interface Around {
  readonly now: number;
  readonly gap: number;
}

/** What is served in the place of a policy of the past. */
function servedSince({ policy, record }: Inspection, held: HeldPolicy, { now, gap }: Around): readonly StoryEvent[] {
  const body = policyIn(policy.deployed) ?? policyIn(policy.base);
  const ids = [record.deployed, record.base].flatMap((view) => idIn(view) ?? []);
  // As long as a resolver may name its id, that is what such a sender sees.
  const id = isHeldFast(held, now) ? (held.id ?? ids[0]) : ids[0];
  if (!body || id === undefined) return [];
  const at = instant(Math.max(held.from, Math.min(held.lastServed ?? now, now - 2 * gap)));
  return [{ kind: "served", at, until: null, policy: storyPolicy(body), id, ttl: held.ttl }];
}

/** The same, and what is refused is an MX host that comes later: nothing can tell the sender of it. */
export function laterStory(inspection: Inspection, { held, host, until }: Holding): { readonly story?: Story } {
  const now = Date.parse(inspection.asOf);
  const later = Math.max(now, Math.min(now + 86_400_000, held.slow - 2 * MINUTE));
  const events: readonly StoryEvent[] = [
    servedEvent(held, Math.min(held.lastServed ?? now, now)),
    { kind: "fetch", at: instant(Math.max(held.from, Math.min(held.lastServed ?? now, now) - MINUTE)) },
    mergeEvent(inspection),
    { kind: "later-mx", at: instant(later), mx: [host] },
    { kind: "delivery", at: instant(later + MINUTE) },
  ];
  return shortestStory({ events, host, refuses: refusesBy(inspection), until, cast: [...ID_CHECKING, ...ID_BLIND] });
}

export function servedEvent({ policy, id, ttl, from }: HeldPolicy, until: number | null): StoryEvent {
  const end = until === null ? null : instant(until);
  return { kind: "served", at: instant(from), until: end, policy: storyPolicy(policy), id: id ?? null, ttl };
}

/** What arrives with the change; `id`: the one that stays. */
export function mergeEvent({ policy, record, mx, asOf }: Inspection, id?: string): StoryEvent {
  const after = policyIn(policy.proposed);
  const gone = announces(record.proposed) === false || policy.proposed.kind === "absent";
  const named = idIn(record.proposed) ?? id;
  return {
    kind: "merge",
    at: instant(Date.parse(asOf)),
    ...(policy.said && after && { policy: storyPolicy(after) }),
    ...(gone && { policy: null, id: null }),
    ...(!gone && (record.said || policy.said || id !== undefined) && named !== undefined && { id: named }),
    ...(mx.said && { mx: hostsIn(mx.proposed) }),
  };
}

export const refusesBy =
  ({ evidence }: Inspection) =>
  (policy: HeldPolicy["policy"], host: DomainName): boolean =>
    validateMxHost(policy, host, evidence).verdict === "refused";
