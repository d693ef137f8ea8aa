import { zonePathOf } from "./formats/octodns/name.ts";
import { originOfPath } from "./formats/zonefile/name.ts";

/**
 * The zone that a record file is named for: `example.com.zone`, `db.example.com`, `example.com.yaml`, `example.com./mx.yaml`.
 * Undefined: its name tells no zone, so it may hold any.
 */
export function zoneOfPath(path: string): string | undefined {
  if (path.endsWith(".yaml") || path.endsWith(".yml")) return zonePathOf(path)?.zone;
  return originOfPath(path.endsWith(".json") ? path.slice(0, -".json".length) : path) ?? undefined;
}

/** The name itself and every name above it. */
export function namesAbove(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

/** Whether a zone may answer for one of some names, or for a name below one of them. */
export function relatedTo(names: Iterable<string>): (zone: string) => boolean {
  const exact = new Set(names);
  const above = new Set([...exact].flatMap(namesAbove));
  // Nearly all of many zones differ in their last two labels already.
  const tails = new Set([...exact].map(tailOf));
  const mayBe = [...exact].some((name) => !name.includes(".")) ? () => true : (zone: string) => tails.has(tailOf(zone));
  return (zone) => mayBe(zone) && (above.has(zone) || namesAbove(zone).some((parent) => exact.has(parent)));
}

const tailOf = (name: string): string => name.slice(name.lastIndexOf(".", name.lastIndexOf(".") - 1) + 1);
