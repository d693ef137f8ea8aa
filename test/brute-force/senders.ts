// What a sender holds and does when it delivers: the table of sender classes, line by line.
import type { Body, Mx } from "./world.ts";

/**
 * S1 is RFC 8461 to the letter; S2 extends its entry on an unchanged id; S3 does not look at ids; S4 polls the body.
 * S1f and S2f are S1 and S2 whose lookups and fetches may fail.
 */
export const SENDERS = ["S1", "S2", "S3", "S4", "S1f", "S2f"] as const;
export type Sender = (typeof SENDERS)[number];

/** What the worlds are run with: S4 and S1f refuse when S3 does and only then, since one that held nothing may fetch at any hour. */
export const SWEPT = ["S1", "S2", "S3", "S2f"] as const satisfies readonly Sender[];

const KINDS = { S1: "S1", S2: "S2", S3: "S3", S4: "S4", S1f: "S1", S2f: "S2" } as const;
type Kind = (typeof KINDS)[Sender];

/** A cache entry: held in the hours before `until`; in that hour itself the entry may or may not have run out. */
export interface Entry {
  readonly id: number;
  readonly body: Body;
  readonly until: number;
  /** The rest in one text: two entries with one name are one. */
  readonly name: string;
}

/** Every entry there is, once, so that a set of them is a set: by body, then by id and hour. */
const ENTRIES = new Map<Body, Map<number, Entry>>();

function entryOf(id: number, body: Body, hour: number): Entry {
  const until = hour + body.maxAge;
  const place = until * 16 + id;
  const known = ENTRIES.get(body)?.get(place);
  if (known) return known;
  const entry = { id, body, until, name: `${id} ${body.mode} ${body.mx} ${body.maxAge} ${until}` };
  ENTRIES.set(body, (ENTRIES.get(body) ?? new Map<number, Entry>()).set(place, entry));
  return entry;
}

export type Held = Entry | null;

/** What one delivery finds: an id (or no record), and what the policy host would serve (or nothing). */
export interface Seen {
  readonly hour: number;
  readonly id: number | null;
  readonly body: Body | null;
}

/** What the sender holds after the delivery, and the policy that it applied to it. */
export interface Delivered {
  readonly held: Held;
  readonly applied: Body | null;
}

/** Every way in which the delivery may go. */
export function deliver(sender: Sender, held: Held, seen: Seen): readonly Delivered[] {
  const kind = KINDS[sender];
  const ways = delivered(kind, held, seen);
  if (kind === sender) return ways;
  return [...ways, ...delivered(kind, held, { ...seen, id: null }), ...delivered(kind, held, { ...seen, body: null })];
}

function delivered(kind: Kind, held: Held, seen: Seen): readonly Delivered[] {
  if (held === null) return [fetched(seen)];
  if (seen.hour < held.until) return whileHeld(kind, held, seen);
  if (seen.hour > held.until) return [whenExpired(kind, held, seen)];
  return [...whileHeld(kind, held, seen), whenExpired(kind, held, seen)];
}

const WITHOUT: Delivered = { held: null, applied: null };

/** Without a record, or without a policy that can be fetched, mail goes as if there were no MTA-STS. */
function fetched({ hour, id, body }: Seen): Delivered {
  if (id === null || body === null) return WITHOUT;
  return { held: entryOf(id, body, hour), applied: body };
}

function whileHeld(kind: Kind, held: Entry, seen: Seen): readonly Delivered[] {
  const kept: Delivered = { held, applied: held.body };
  if (seen.id === null) return [kept];
  if (kind === "S3") return [kept];
  if (kind === "S4") return seen.body === null ? [kept] : [kept, fetched(seen)];
  if (seen.id !== held.id) return [seen.body === null ? kept : fetched(seen)];
  return [kind === "S2" ? extended(held, seen) : kept];
}

function whenExpired(kind: Kind, held: Entry, seen: Seen): Delivered {
  if (kind !== "S2") return fetched(seen);
  if (seen.id === held.id) return extended(held, seen);
  // The entry is of no use now, and stays where it is: the same id, seen again, would renew it.
  return seen.id === null || seen.body === null ? { held, applied: null } : fetched(seen);
}

function extended({ id, body }: Entry, { hour }: Seen): Delivered {
  return { held: entryOf(id, body, hour), applied: body };
}

/** A set of refused hosts, and whether none is left: bits. */
export const REFUSED = { a: 1, b: 2, all: 4 } as const;

/** All certificates are good, so only names count. */
export function refusedBy(applied: Body | null, mx: Mx): number {
  if (applied?.mode !== "enforce") return 0;
  const refused = [...mx].filter((host) => !applied.mx.includes(host)) as ("a" | "b")[];
  const bits = refused.reduce((sum, host) => sum | REFUSED[host], 0);
  return refused.length === mx.length ? bits | REFUSED.all : bits;
}
