import type { DomainName } from "../protocol/domain-name.ts";
import { printMxPattern } from "../protocol/mx-pattern.ts";
import type { Policy } from "../protocol/policy.ts";
import type { Story, StoryEvent, StoryPolicy } from "../story.ts";
import type { CacheProfile } from "./sender-profile.ts";
import { senders } from "./senders.ts";
import { type Refuses, refusesAtLast } from "./simulation.ts";

/** What happens, and to whom; more than is needed. */
export interface Plot {
  readonly events: readonly StoryEvent[];
  readonly host: DomainName;
  readonly refuses: Refuses;
  /** ISO 8601; `null`: without end. */
  readonly until: string | null;
  /** Which senders it may happen to: the first for which it does is named. */
  readonly cast: readonly Actor[];
}

export interface Actor {
  readonly name: string;
  readonly cache: CacheProfile;
}

/**
 * The shortest course of events in which a sender refuses the host: replayed it ends in a refusal, and without any one of its events it
 * does not. Nothing where the plot does not lead there.
 */
export function shortestStory({ events, host, refuses, until, cast }: Plot): { readonly story?: Story } {
  for (const { name, cache } of cast) {
    const leads = (some: readonly StoryEvent[]): boolean => refusesAtLast(some, cache, { host, refuses });
    const shortest = subsets(events).find(leads);
    if (shortest) return { story: { sender: name, host, events: shortest, until } };
  }
  return {};
}

/** Every selection of the events, the smallest first, each in order of time. */
function subsets(events: readonly StoryEvent[]): readonly (readonly StoryEvent[])[] {
  const order = events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const all = Array.from({ length: 2 ** order.length }, (_, mask) => order.filter((__, bit) => mask & (1 << bit)));
  return all.toSorted((a, b) => a.length - b.length);
}

export function storyPolicy({ mode, maxAge, mx }: Policy): StoryPolicy {
  return { mode, maxAge, mx: mx.map(printMxPattern) };
}

const ofClass = (...classes: readonly CacheProfile["class"][]): readonly Actor[] =>
  classes.flatMap((kind) => senders.filter(({ cache }) => cache.class === kind));

/** Compares ids, and extends what it holds while the id stays. */
export const EXTENDING: readonly Actor[] = senders.filter(({ cache }) => cache.extendsOnSameId);

/** Compares ids at every delivery. */
export const ID_CHECKING: readonly Actor[] = [...EXTENDING, ...ofClass("S1")];

const strict = ofClass("S1")[0];

/** Goes by max_age alone; the last stands for any sender whose lookups fail. */
export const ID_BLIND: readonly Actor[] = [
  ...ofClass("S3"),
  ...(strict
    ? [{ name: "a sender whose DNS lookups fail", cache: { ...strict.cache, checksId: "existence" as const } }]
    : []),
];
