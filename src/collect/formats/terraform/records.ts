import type { ProposedRecord } from "../../../proposal.ts";
import type { Span } from "../../../protocol/span.ts";
import { asRecord, concernsMail, isOurs } from "../../reading-draft.ts";
import { type RecordData, recordData } from "../../record-data.ts";
import type { Stretch } from "../../text-span.ts";
import type { DataType } from "../zonefile/rdata.ts";
import { entriesOf, type Entry, typeOf } from "./entries.ts";
import type { RecordShape } from "./shapes.ts";
import { type Resource, textOf } from "./value.ts";
import { type Named, ownerIn, type ZoneGuess, zonesByKey } from "./zone-names.ts";

/** A record resource and what is known of its zone. */
export interface Located {
  readonly resource: Resource;
  readonly shape: RecordShape;
  readonly key: string;
  readonly zone: string | null;
  /** Why all of it is not determined, such as `count`. */
  readonly unsure?: string;
}

export interface Found {
  readonly records: readonly ProposedRecord[];
  /** What may be a record of mail and could not be read. */
  readonly lost: readonly Lost[];
}

export interface Lost {
  readonly at: Stretch;
  readonly why: string;
  /** It is about MX, `_mta-sts` or `_smtp._tls`, as far as one can tell. */
  readonly ours: boolean;
  readonly fault: boolean;
}

export interface Place {
  readonly path: string;
  readonly spanOf: (stretch: Stretch) => Span;
}

/** Zones of the resources whose names are written out, by zone key. */
export function guessesOf(located: readonly Located[]): ReadonlyMap<string, ZoneGuess> {
  const named = located.flatMap(({ resource, shape, key, zone }): readonly Named[] => {
    const name = textOf(resource.attributes.get(shape.name));
    return name === undefined ? [] : [{ name, shape, key, zone }];
  });
  return zonesByKey(named);
}

/** The records of one resource. */
export function recordsOf(place: Place, located: Located, guesses: ReadonlyMap<string, ZoneGuess>): Found {
  const { resource, shape, key, zone } = located;
  const type = typeOf(resource, shape);
  if (type === undefined) return NOTHING;
  const name = resource.attributes.get(shape.name);
  if (typeof type !== "string") {
    const around = textOf(name) ?? (name?.kind === "unknown" ? (name.around ?? "") : "");
    return lost({ at: type.at, why: `the record's type: ${type.why}`, ours: isOurs(around), fault: false });
  }
  if (name?.kind === "unknown") {
    const ours = concernsMail({ owner: name.around ?? "", type });
    return lost({ at: name.at, why: `the name of this ${type} record: ${name.why}`, ours, fault: false });
  }
  const text = textOf(name) ?? "";
  const owner = ownerIn({ name: text, shape }, zone === null ? (guesses.get(key) ?? NO_GUESS) : { zone, full: true });
  const ours = concernsMail({ owner: text, type });
  const at = name?.at ?? resource.at;
  if (owner === undefined)
    return lost({ at, why: `the zone of this ${type} record is known only by its id`, ours, fault: false });
  if (owner === null) return lost({ at, why: "the name is no domain name", ours, fault: true });
  return written(place, located, { owner, type, zone: zone ?? guesses.get(key)?.zone ?? null });
}

const NOTHING: Found = { records: [], lost: [] };
const NO_GUESS: ZoneGuess = { zone: null, full: false };

const lost = (one: Lost): Found => ({ records: [], lost: [one] });

interface Head {
  readonly owner: string;
  readonly type: DataType;
  readonly zone: string | null;
}

function written(place: Place, { resource, shape, unsure }: Located, { owner, type, zone }: Head): Found {
  const entries = entriesOf(resource, shape, type);
  const records: ProposedRecord[] = [];
  const faults: Lost[] = [];
  const ttl = ttlOf(textOf(resource.attributes.get("ttl")));
  for (const entry of entries) {
    const data = unsure === undefined ? dataOf(entry, { type, shape, zone }) : undetermined(unsure);
    const location = { kind: "file", path: place.path, span: place.spanOf(entry.at) } as const;
    const record = asRecord({ owner, type, ttl, location }, data);
    if (record) records.push(record);
    else if (data.kind === "fault")
      faults.push({ at: entry.at, why: data.message, ours: concernsMail({ owner, type }), fault: true });
  }
  return { records, lost: faults };
}

const undetermined = (why: string): RecordData => ({ kind: "undetermined", why });

function dataOf(
  entry: Entry,
  { type, shape, zone }: { type: DataType; shape: RecordShape; zone: string | null },
): RecordData {
  if (entry.kind === "unknown") return undetermined(entry.why);
  if (entry.kind === "fault") return entry;
  const { targets, escapes } = shape;
  const host = entry.text.trim().split(/\s+/).at(-1) ?? "";
  if (type !== "TXT" && targets === "relative" && zone === null && !host.endsWith("."))
    return undetermined("the target is relative to a zone that is known only by its id");
  return recordData(type, entry.text, { quotes: "optional", escapes, origin: targets === "relative" ? zone : null });
}

function ttlOf(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]{1,10}$/.test(text) && Number(text) <= 2 ** 31 - 1 ? Number(text) : null;
}
