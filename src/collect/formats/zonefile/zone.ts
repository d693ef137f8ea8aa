import type { Location } from "../../../location.ts";
import type { ProposedRecord } from "../../../proposal.ts";
import type { Span } from "../../../protocol/span.ts";
import type { ReadContext, RecordDefect } from "../../format.ts";
import { type ZoneName, within } from "./name.ts";

/** What is known while the lines of one zone go by. Shared by the file and what it includes; changed in place. */
export interface Zone {
  readonly context: ReadContext;
  /** Null: nothing has said it yet. */
  origin: string | null;
  /** What the first `$ORIGIN` said: the zone's name where neither SOA nor file name says it. */
  firstOrigin: string | null;
  owner: ZoneName;
  /** `$TTL` (RFC 2308 §4). */
  defaultTtl: number | null;
  lastTtl: number | null;
  soaMinimum: number | null;
  /** Owners of SOA records. */
  readonly apexes: string[];
  /** False once a line was met whose records are not determined here. */
  whole: boolean;
  readonly records: ProposedRecord[];
  readonly defects: RecordDefect[];
  readonly notes: Set<string>;
  readonly nameServers: Set<string>;
  readonly included: Set<string>;
  /** What `$INCLUDE` and `$GENERATE` may still cost. */
  readonly left: { files: number; characters: number; generated: number };
}

export function newZone(context: ReadContext, origin: string | null): Zone {
  return {
    context,
    origin,
    firstOrigin: null,
    owner: { kind: "unknown" },
    defaultTtl: null,
    lastTtl: null,
    soaMinimum: null,
    apexes: [],
    whole: true,
    records: [],
    defects: [],
    notes: new Set(),
    nameServers: new Set(),
    included: new Set(),
    left: { files: 256, characters: 16 * 1024 * 1024, generated: 16_384 },
  };
}

export function inFile(path: string, span: Span): Location {
  return { kind: "file", path, span };
}

/** A name that senders of mail look up for its TXT record. RFC 8461 §3.1, RFC 8460 §3. */
export function isOurs(owner: ZoneName): boolean {
  return owner.kind === "name" && /^(_mta-sts|_smtp\._tls)(\.|$)/.test(owner.name);
}

export function defect(zone: Zone, location: Location, { message, concerns }: Omit<RecordDefect, "location">): void {
  zone.whole = false;
  zone.defects.push({ location, message, concerns });
}

/** A line whose records only the rendered or included text determines: no fault, but what is absent is then not known. */
export function undetermined(zone: Zone, path: string, { line, why }: { line: number; why: string }): void {
  zone.whole = false;
  zone.notes.add(`${path}:${line}: ${why}`);
}

/** `mx1.example.com` without its final dot in the zone `example.com` is published as `mx1.example.com.example.com`. */
export function noteDoubled(zone: Zone, name: string, { path, line }: { path: string; line: number }): void {
  const { origin } = zone;
  if (origin && within(name, `${origin}.${origin}`))
    zone.notes.add(`${path}:${line}: the name has no final dot, so it is published as ${name}`);
}
