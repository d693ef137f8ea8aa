import type { Span } from "../../../protocol/span.ts";
import { type DataType, isDataType, recordData } from "./rdata.ts";
import { knownType, laterType, type RecordLine, recordLine, seconds } from "./entry.ts";
import { PLACEHOLDER, type ZoneName, zoneName } from "./name.ts";
import type { Entry, Token } from "./token.ts";
import { defect, inFile, isOurs, noteDoubled, undetermined, type Zone } from "./zone.ts";

/** Reads one record into the zone; a record that is neither ours nor broken leaves no trace. */
export function readRecord(zone: Zone, path: string, entry: Entry): void {
  const [first] = entry.tokens;
  if (!first) return;
  if (!entry.blankOwner) zone.owner = ownerName(zone, entry, first);
  const line = recordLine(entry);
  if (!line) return readUntyped(zone, path, entry);
  if (line.class !== "IN") return;
  if (typeof line.ttl === "number") zone.lastTtl = line.ttl;
  if (isDataType(line.type)) addRecord(zone, path, { type: line.type, line });
  else if (line.type === "SOA") readSoa(zone, line);
  else if (line.type === "NS") {
    if (zone.owner.kind === "name") zone.nameServers.add(zone.owner.name);
  } else if (!knownType(line.type)) readUnknownType(zone, path, line);
}

/**
 * Exports write the SOA's owner without its final dot. Where that name is the zone's own, or nothing else says the zone's
 * name, it is taken as absolute.
 */
function ownerName(zone: Zone, entry: Entry, { raw }: Token): ZoneName {
  const name = zoneName(raw, zone.origin);
  if (name.kind === "placeholder" || name.kind === "malformed" || recordLine(entry)?.type !== "SOA") return name;
  const absolute = zoneName(`${raw}.`, null);
  const lenient = name.kind === "unknown" ? raw.includes(".") : raw.toLowerCase() === zone.origin;
  return lenient ? absolute : name;
}

function readSoa(zone: Zone, { data }: RecordLine): void {
  // RFC 2308 §4: the last number was once the default TTL, and BIND still takes it when `$TTL` is missing.
  zone.soaMinimum ??= seconds(data[6]?.raw ?? "");
  if (zone.owner.kind !== "name") return;
  zone.origin ??= zone.owner.name;
  if (!zone.apexes.includes(zone.owner.name)) zone.apexes.push(zone.owner.name);
}

function readUntyped(zone: Zone, path: string, entry: Entry): void {
  const span = spanOf(entry.tokens);
  if (entry.tokens.some(({ raw }) => PLACEHOLDER.test(raw)))
    return undetermined(zone, path, {
      line: span.startLine,
      why: "this line is only determined when the zone is rendered",
    });
  const message = entry.blankOwner
    ? "the line begins with a blank, so its first word is read as a record type, and it is none"
    : "the line has an owner and no record type";
  const foreign = !entry.blankOwner && zone.owner.kind === "name" && !isOurs(zone.owner);
  defect(zone, inFile(path, span), { message, concerns: !foreign });
}

/** One type that this reader does not know must not lose the zone: only where the line may be ours is it a defect. */
function readUnknownType(zone: Zone, path: string, { owner, typeToken, type, data }: RecordLine): void {
  const later = owner === undefined ? laterType(data) : undefined;
  const location = inFile(path, typeToken.span);
  if (later)
    defect(zone, location, {
      message: "the line begins with a blank, so its first word is read as a record type, and it is none",
      concerns: isDataType(later),
    });
  else if (isOurs(zone.owner))
    defect(zone, location, { message: `${type.slice(0, 64)} is no record type`, concerns: true });
}

/** Adds a TXT, MX or CNAME record for the current owner. */
export function addRecord(zone: Zone, path: string, { type, line }: { type: DataType; line: RecordLine }): void {
  const { owner } = zone;
  const at = line.typeToken.span;
  const concerns = type === "MX" || isOurs(owner) || /^(_mta-sts|_smtp\._tls)(\.|$)/i.test(line.owner?.raw ?? "");
  if (owner.kind === "placeholder")
    return undetermined(zone, path, {
      line: at.startLine,
      why: "the owner is only determined when the zone is rendered",
    });
  if (owner.kind !== "name") {
    const message =
      owner.kind === "malformed"
        ? "the owner is no domain name"
        : "the owner is relative, and nothing says the zone's name: add $ORIGIN, or name the file after the zone";
    return defect(zone, inFile(path, line.owner?.span ?? at), { message, concerns });
  }
  const found = recordData(type, line.data, { origin: zone.origin, at });
  if (found.kind === "fault") return defect(zone, inFile(path, found.span), { message: found.message, concerns });
  const shown = { owner: owner.name, type, ttl: ttlOf(zone, line), location: inFile(path, found.span) } as const;
  if (found.kind === "undetermined") zone.records.push({ ...shown, data: null, why: found.why });
  else zone.records.push({ ...shown, data: found.data });
  const place = { path, line: found.span.startLine };
  if (found.kind === "data" && found.note && isOurs(owner)) zone.notes.add(`${path}:${place.line}: ${found.note}`);
  if (found.kind === "data" && type !== "TXT") noteDoubled(zone, found.data.replace(/^[0-9]+ /, ""), place);
  noteDoubled(zone, owner.name, place);
}

function ttlOf(zone: Zone, { ttl }: RecordLine): number | null {
  return ttl === "placeholder" ? null : (ttl ?? zone.defaultTtl ?? zone.lastTtl ?? zone.soaMinimum);
}

/** From the first item to the last; tokens are never empty here. */
export function spanOf(tokens: readonly Token[]): Span {
  const first = tokens[0]?.span ?? { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const last = tokens.at(-1)?.span ?? first;
  return { ...first, endLine: last.endLine, endColumn: last.endColumn };
}
