// Every state that a sender can be in, hour by hour, and what it then refuses.
import { deliver, type Held, refusedBy, type Sender } from "./senders.ts";
import { type Body, LAST_HOUR, served, type Timeline, visible } from "./world.ts";

/** What senders of one class may hold. */
export type States = ReadonlySet<Held>;

const NOTHING_HELD: States = new Set([null]);

export interface Hour {
  readonly after: States;
  /** The policies by which some delivery of this hour goes. */
  readonly applied: ReadonlySet<Body>;
}

/** Each sender either does nothing in this hour or delivers once, with any record that it may see. */
export function hourOf(sender: Sender, before: States, line: Timeline, hour: number): Hour {
  const after = new Set(before);
  const used = new Set<Body>();
  const { body } = served(line, hour);
  const ids = visible(line, hour, ({ id }) => id);
  for (const held of before)
    for (const id of ids)
      for (const { held: next, applied } of deliver(sender, held, { hour, id, body })) {
        after.add(next);
        if (applied) used.add(applied);
      }
  return { after, applied: used };
}

/** What senders hold when hour `end` begins. */
export function statesBefore(sender: Sender, line: Timeline, end: number): States {
  let states = NOTHING_HELD;
  for (let hour = line.from; hour < end; hour += 1) states = hourOf(sender, states, line, hour).after;
  return states;
}

/** The policies applied in hours 0 to LAST_HOUR. They do not depend on the MX. */
export function appliedFrom(sender: Sender, atMerge: States, line: Timeline): readonly ReadonlySet<Body>[] {
  let states = atMerge;
  return Array.from({ length: LAST_HOUR + 1 }, (_, hour) => {
    const { after, applied } = hourOf(sender, states, line, hour);
    states = after;
    return applied;
  });
}

/** Bits of REFUSED in hours 0 to LAST_HOUR: whether some applied policy refuses some host, or every host, of some visible MX set. */
export function refusals(applied: readonly ReadonlySet<Body>[], line: Timeline): readonly number[] {
  return applied.map((bodies, hour) => {
    const sets = visible(line, hour, ({ mx }) => mx);
    let refused = 0;
    for (const body of bodies) for (const mx of sets) refused |= refusedBy(body, mx);
    return refused;
  });
}

/**
 * New: a host (or, bit `all`, every host) is refused in this hour if the change is merged, and neither in this hour nor in
 * any later one if it is not. So a refusal that lasts longer is new too, and one that only comes earlier is not.
 */
export function newRefusals(merged: readonly number[], unmerged: readonly number[]): readonly number[] {
  return merged.map((refused, hour) => refused & ~unmerged.slice(hour).reduce((all, bits) => all | bits, 0));
}
