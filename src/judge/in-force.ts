import type { Octets } from "../protocol/octets.ts";
import { sameBody } from "./enforce-readings.ts";
import { type FastClock, type HeldGround, type HeldPolicy, heldReadings } from "./held-policy.ts";
import { servesPolicy } from "./policy-view.ts";
import { announces, idIn } from "./record-view.ts";
import { knownTtl } from "./time-to-live.ts";

/** A body that senders may fetch until the change arrives, and the id that names it. */
interface Fetched {
  readonly body: Octets;
  readonly id: string | undefined;
}

// Milliseconds.
const MINUTES = 120_000;
const HOUR = 3_600_000;

/** The enforce policies in force until the change arrives: what base says, and what each address serves. */
export function policiesInForce(ground: HeldGround): readonly HeldPolicy[] {
  const all = [...baseBody(ground), ...servedBodies(ground)];
  const distinct = all.filter(
    ({ body, id }, index) => all.findIndex((other) => other.id === id && sameBody(other.body, body)) === index,
  );
  const since = Date.parse(ground.proposal.history.states[0]?.at ?? "");
  // What is seen now was there a moment ago.
  const from = Math.min(Number.isNaN(since) ? ground.now - HOUR : since, ground.now - MINUTES);
  const ttl = knownTtl(ground);
  return distinct.flatMap(({ body, id }) => {
    const replaced = isReplaced(ground, body);
    const lastServed = ground.now + ground.terms.lag;
    const times = { id, ttl, from, lastServed, forgotten: lastServed + ttl * 1000, current: true };
    const held = heldReadings(body, { ...times, fast: fastClock(ground, { id, ttl, replaced }) });
    return replaced ? held : held.map((one) => ({ ...one, lastServed: null }));
  });
}

/** Told of it by a record that was there: a fault that hides one of them now does not take it from those that hold it. */
function baseBody({ proposal: { base }, record }: HeldGround): readonly Fetched[] {
  const { deployed, base: said = deployed } = record;
  if (announces(said) === false && announces(deployed) === false) return [];
  const file = base.policyFile.kind === "said" ? base.policyFile.value : null;
  return file ? [{ body: file.octets, id: idIn(said) ?? idIn(deployed) }] : [];
}

function servedBodies({ evidence: { policyFetch }, record: { deployed } }: HeldGround): readonly Fetched[] {
  if (announces(deployed) === false || policyFetch.kind === "unobserved") return [];
  return policyFetch.value.filter(servesPolicy).map(({ response }) => ({ body: response.body, id: idIn(deployed) }));
}

function isReplaced({ proposal: { proposed } }: HeldGround, body: Octets): boolean {
  if (proposed.policyFile.kind === "unsaid") return false;
  return proposed.policyFile.value === null || !sameBody(proposed.policyFile.value.octets, body);
}

interface Named {
  readonly id: string | undefined;
  /** Seconds. */
  readonly ttl: number;
  readonly replaced: boolean;
}

function fastClock({ proposal, record, now, terms }: HeldGround, { id, ttl, replaced }: Named): FastClock {
  const after = idIn(record.proposed);
  // Where the repository does not say the record, its id changes with the policy, or not at all.
  const renamed = proposal.proposed.stsRecords.kind === "said" ? after !== id : replaced;
  if (!renamed) return null;
  return after === undefined ? "max-age" : now + terms.lag + ttl * 1000;
}
