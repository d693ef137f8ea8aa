import { sameBody } from "./enforce-readings.ts";
import { type FastClock, type HeldGround, type HeldPolicy, heldReadings } from "./held-policy.ts";
import { idIn } from "./record-view.ts";
import { knownTtl } from "./time-to-live.ts";

/** Milliseconds in which a run asks for both the record and the policy of a domain. */
export const ONE_RUN = 600_000;

/** Bodies that earlier runs saw: the memory of what was served, whatever the repository tells (SPEC §5). */
export function rememberedPolicies(ground: HeldGround): readonly HeldPolicy[] {
  const { bodies, ids } = ground.sightings;
  return bodies.flatMap(({ at, seen: body }) => {
    const lastServed = bodies.find((later) => later.at > at && !sameBody(later.seen, body))?.at ?? ground.now;
    const record = ids.findLast((sighting) => Math.abs(sighting.at - at) <= ONE_RUN);
    // Without a record nobody is told of a policy (RFC 8461 §3.1).
    if (record && record.seen === undefined) return [];
    const id = record?.seen;
    const ttl = knownTtl(ground);
    const fast = fastClock(ground, { id, ttl });
    const forgotten = typeof fast === "number" ? fast : lastServed + ttl * 1000;
    return heldReadings(body, { id, ttl, from: at, lastServed, forgotten, fast, current: false });
  });
}

interface Remembered {
  readonly id: string | undefined;
  /** Seconds. */
  readonly ttl: number;
}

function fastClock({ record, now, terms, sightings, deployed }: HeldGround, body: Remembered): FastClock {
  const { id, ttl } = body;
  if (id !== undefined && id === idIn(record.proposed)) return null;
  if (id !== undefined && [record.deployed, record.base].some((view) => view && idIn(view) === id))
    return now + terms.lag + ttl * 1000;
  if (deployed.kind === "absent" || deployed.kind === "invalid") return "max-age";
  // It may have been the one that is live now.
  if (id === undefined) return "max-age";
  const last = sightings.ids.findLast(({ seen }) => seen === id)?.at ?? now;
  const other = sightings.ids.find(({ at, seen }) => at > last && seen !== undefined && seen !== id)?.at;
  return (other ?? now) + ttl * 1000;
}
