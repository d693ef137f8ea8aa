import { within } from "../zonefile/name.ts";
import { hostName } from "../../record-data.ts";
import type { RecordShape } from "./shapes.ts";

/** A record whose zone is known by no more than an id or a reference. */
export interface Named {
  /** As the file writes it. */
  readonly name: string;
  readonly shape: RecordShape;
  /** The zone's id or reference. */
  readonly key: string;
  /** The zone's name, where something says it. */
  readonly zone: string | null;
}

/** What the names of one zone's records tell of it. */
export interface ZoneGuess {
  readonly zone: string | null;
  /** Names with a dot inside are full names. */
  readonly full: boolean;
}

/** Full names of records that share a zone end alike. Where the shared end has two labels it is the zone: above it is only a TLD. */
export function zonesByKey(records: readonly Named[]): ReadonlyMap<string, ZoneGuess> {
  const groups = new Map<string, { zone: string | null; end: readonly string[] | null }>();
  for (const { name, shape, key, zone } of records) {
    const group = groups.get(key) ?? { zone: null, end: null };
    groups.set(key, group);
    group.zone ??= zone;
    if (shape.names === "relative") continue;
    const labels = hostLabels(name);
    if (labels.length >= 2) group.end = group.end ? sharedEnd(group.end, labels) : labels;
  }
  const guess = ({ zone, end }: { zone: string | null; end: readonly string[] | null }): ZoneGuess => {
    const full = end !== null && end.length >= 2;
    return { zone: zone ?? (full && end.length === 2 ? end.join(".") : null), full };
  };
  return new Map([...groups].map(([key, group]) => [key, guess(group)]));
}

/** The labels below which mail lives: without a wildcard and those that begin with an underscore. */
const hostLabels = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^(?:(?:\*|_[^.]*)(?:\.|$))+/, "")
    .split(".")
    .filter((label) => label !== "");

function sharedEnd(a: readonly string[], b: readonly string[]): readonly string[] {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count += 1;
  return count === 0 ? [] : a.slice(-count);
}

/** The record's owner; undefined where the name is relative and nothing says to what, null where it is no name. */
export function ownerIn({ name, shape }: Pick<Named, "name" | "shape">, guess: ZoneGuess): string | undefined | null {
  const absolute = hostName(name.endsWith(".") ? name : `${name}.`, { escapes: shape.escapes, origin: null });
  if (name.endsWith(".") || shape.names === "absolute") return absolute ?? null;
  const { zone, full } = guess;
  if (zone !== null && (name === "" || name === "@")) return zone;
  if (name === "" || name === "@") return undefined;
  if (absolute === undefined) return null;
  if (zone === null) return shape.names === "either" && full && hostLabels(name).length >= 2 ? absolute : undefined;
  if (shape.names === "either" && within(absolute, zone)) return absolute;
  return `${absolute}.${zone}`;
}
