import type { DomainName } from "../protocol/domain-name.ts";
import { parseMxPattern } from "../protocol/mx-pattern.ts";
import type { Policy } from "../protocol/policy.ts";
import type { StoryEvent, StoryPolicy } from "../story.ts";
import type { CacheProfile } from "./sender-profile.ts";

/** What is published at one instant; `policy` is null where nothing can be fetched, `id` where no record is. */
interface Published {
  readonly policy: Policy | null;
  readonly id: string | null;
  /** Seconds. */
  readonly ttl: number;
}

/** A sender's memory of one domain (RFC 8461 §3.3, §5.1): what it holds, and what its resolver still remembers. */
interface SenderState {
  readonly held?: {
    readonly policy: Policy;
    readonly id: string | null;
    readonly fetched: number;
    readonly expires: number;
  };
  readonly record?: { readonly id: string; readonly until: number };
}

/** Whether a sender that holds the policy refuses the host. */
export type Refuses = (policy: Policy, host: DomainName) => boolean;

/**
 * Plays the events to one sender, and tells whether it refuses `host` when it delivers last. Time is data: nothing here waits, and the
 * same events give the same answer.
 */
export function refusesAtLast(
  events: readonly StoryEvent[],
  cache: CacheProfile,
  { host, refuses }: { readonly host: DomainName; readonly refuses: Refuses },
): boolean {
  const order = events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  let state: SenderState = {};
  let refused = false;
  for (const event of order) {
    if (event.kind !== "fetch" && event.kind !== "delivery") continue;
    const at = Date.parse(event.at);
    state = delivering(state, cache, { at, published: publishedAt(order, at) });
    const { held } = state;
    const sees = mxVisibleAt(order, at).some((hosts) => hosts.includes(host));
    refused = event.kind === "delivery" && sees && held?.policy.mode === "enforce" && refuses(held.policy, host);
  }
  return refused;
}

interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly published: Published;
}

/** One delivery: what the sender looks up, whether it fetches, and what it holds then. */
function delivering({ held, record }: SenderState, cache: CacheProfile, { at, published }: Moment): SenderState {
  const remembered = record !== undefined && at < record.until ? record : undefined;
  const id = remembered?.id ?? published.id;
  const fresh = remembered ?? (id === null ? undefined : { id, until: at + published.ttl * 1000 });
  const known = { ...(fresh && { record: fresh }) };
  const alive = held && (at < held.expires || (cache.extendsOnSameId && id === held.id)) ? held : undefined;
  const extended = alive && cache.extendsOnSameId && id === alive.id ? holding(alive.policy, id, { cache, at }) : alive;
  if (!wantsToFetch(extended, cache, { at, id })) return { ...known, ...(extended && { held: extended }) };
  const { policy } = published;
  if (policy && id !== null) return { ...known, held: holding(policy, id, { cache, at }) };
  // RFC 8461 §5.1: a policy that cannot be replaced is kept until its max_age is over.
  return { ...known, ...(extended && cache.keepsOnFetchFailure && { held: extended }) };
}

type Held = NonNullable<SenderState["held"]>;

function wantsToFetch(
  held: Held | undefined,
  { checksId, pollSeconds, class: kind }: CacheProfile,
  { at, id }: { readonly at: number; readonly id: string | null },
): boolean {
  if (!held) return id !== null;
  if (kind === "S4") return at >= held.fetched + (pollSeconds ?? 0) * 1000;
  return checksId !== "existence" && id !== null && id !== held.id;
}

function holding(
  policy: Policy,
  id: string | null,
  { cache, at }: { readonly cache: CacheProfile; readonly at: number },
): Held {
  const { replaces, capSeconds } = cache;
  const unusual = replaces !== undefined && (policy.maxAge < replaces.from || policy.maxAge >= replaces.below);
  const seconds = Math.min(unusual ? replaces.seconds : policy.maxAge, capSeconds ?? Number.POSITIVE_INFINITY);
  return { policy, id, fetched: at, expires: at + seconds * 1000 };
}

const NOTHING: Published = { policy: null, id: null, ttl: 0 };

function publishedAt(events: readonly StoryEvent[], at: number): Published {
  let [published, until] = [NOTHING, Number.POSITIVE_INFINITY];
  for (const event of events) {
    if (Date.parse(event.at) > at) break;
    if (event.kind === "served") {
      published = { policy: policyOf(event.policy), id: event.id ?? "", ttl: event.ttl };
      until = event.until === null ? Number.POSITIVE_INFINITY : Date.parse(event.until);
    }
    if (event.kind === "merge" && (event.policy !== undefined || event.id !== undefined)) {
      const { policy, id } = event;
      // What had ended before the change does not come back with it.
      const before = Date.parse(event.at) < until ? published : NOTHING;
      published = {
        policy: policy === undefined ? before.policy : policy && policyOf(policy),
        id: id === undefined ? before.id : id,
        ttl: before.ttl,
      };
      until = Number.POSITIVE_INFINITY;
    }
  }
  return at < until ? published : NOTHING;
}

/** The MX sets that a resolver may give: the one that is there, and the one before it for as long as it is remembered. */
function mxVisibleAt(events: readonly StoryEvent[], at: number): readonly (readonly DomainName[])[] {
  let [now, before]: (readonly DomainName[])[] = [[], []];
  let [ttl, forgotten] = [0, 0];
  for (const event of events) {
    if (Date.parse(event.at) > at || !("mx" in event || event.kind === "mx")) continue;
    const hosts = event.kind === "mx" ? event.hosts : (event.mx ?? now ?? []);
    [before, now] = [now, hosts];
    forgotten = Date.parse(event.at) + ttl * 1000;
    if (event.kind === "mx") ttl = event.ttl;
  }
  return at < forgotten ? [now ?? [], before ?? []] : [now ?? []];
}

function policyOf({ mode, maxAge, mx }: StoryPolicy): Policy {
  return { mode, maxAge, mx: mx.flatMap((pattern) => parseMxPattern(pattern) ?? []) };
}
