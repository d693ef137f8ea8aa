import { recordLine, seconds } from "./entry.ts";
import { generateRange, stepsOf, substitute } from "./generate.ts";
import { PLACEHOLDER, zoneName } from "./name.ts";
import { isDataType, recordData } from "./rdata.ts";
import { addRecord, spanOf } from "./record.ts";
import { type Entry, type Token, tokensOf } from "./token.ts";
import { defect, inFile, isOurs, undetermined, type Zone } from "./zone.ts";

/** `$ORIGIN` (RFC 1035 §5.1). Where nothing else says the zone's name, a name with a dot inside is taken as absolute. */
export function readOrigin(zone: Zone, path: string, { tokens }: Entry): void {
  const [, argument] = tokens;
  const span = spanOf(tokens);
  const name = zoneName(argument?.raw ?? "", zone.origin);
  if (name.kind === "name") zone.origin = name.name;
  else if (name.kind === "unknown" && argument?.raw.includes(".")) {
    zone.origin = argument.raw.toLowerCase();
    zone.notes.add(`${path}:${span.startLine}: $ORIGIN has no final dot and is read as ${zone.origin}.`);
  } else if (name.kind === "malformed")
    defect(zone, inFile(path, span), { message: "$ORIGIN without a domain name", concerns: true });
  else {
    zone.origin = null;
    return undetermined(zone, path, {
      line: span.startLine,
      why: "the origin is only determined when the zone is rendered",
    });
  }
  zone.firstOrigin ??= zone.origin;
}

/** `$TTL` (RFC 2308 §4). */
export function readTtl(zone: Zone, path: string, { tokens }: Entry): void {
  const text = tokens[1]?.raw ?? "";
  zone.defaultTtl = seconds(text);
  if (zone.defaultTtl === null && !PLACEHOLDER.test(text))
    defect(zone, inFile(path, spanOf(tokens)), { message: "$TTL without a time", concerns: true });
}

/** Characters of owner and data together; more are seldom written a second time. */
const USUAL_TEXT = 256;

/** BIND's `$GENERATE range owner [ttl] [class] type data`. */
export function readGenerate(zone: Zone, path: string, { tokens, fault }: Entry): void {
  const [, rangeToken, lhs] = tokens;
  const line = recordLine({ blankOwner: false, tokens: tokens.slice(2), fault });
  if (line && (!isDataType(line.type) || line.class !== "IN")) return;
  const range = generateRange(rangeToken?.raw ?? "");
  const [rhs, ...rest] = line?.data ?? [];
  if (!line || !range || !lhs || !rhs || rest.length > 0 || !isDataType(line.type)) {
    const message = "$GENERATE is a range, an owner, a type and its data, in quotes where it has blanks";
    return defect(zone, inFile(path, spanOf(tokens)), { message, concerns: true });
  }
  const steps = stepsOf(range);
  // A long text is charged as several steps: 64 KiB of it, written out a thousand times, took nine seconds.
  const cost = (steps?.length ?? 0) * Math.ceil((lhs.raw.length + rhs.raw.length) / USUAL_TEXT);
  const written = steps !== undefined && zone.left.generated >= cost;
  zone.left.generated -= cost;
  for (const step of written ? steps : [range.start]) {
    zone.owner = zoneName(substitute(lhs.raw, step) ?? "", zone.origin);
    const data = written ? generated(rhs, step) : undefined;
    if (data) addRecord(zone, path, { type: line.type, line: { ...line, data } });
    else notWritten(zone, path, { type: line.type, rhs });
  }
}

// BIND reads the text again after it has put the number in, so quotes inside are written `\"`.
function generated(rhs: Token, step: number): readonly Token[] | undefined {
  const text = substitute(rhs.raw.replaceAll('\\"', '"'), step);
  const { tokens, fault } = tokensOf(text ?? "", rhs.span);
  return fault ? undefined : tokens;
}

function notWritten(zone: Zone, path: string, { type, rhs }: { type: "TXT" | "MX" | "CNAME"; rhs: Token }): void {
  const why = "$GENERATE writes more than this version writes out, or with a notation of its own";
  if (zone.owner.kind === "name" && (type === "MX" || isOurs(zone.owner)))
    zone.records.push({ owner: zone.owner.name, type, data: null, ttl: null, why, location: inFile(path, rhs.span) });
  undetermined(zone, path, { line: rhs.span.startLine, why });
}

// Types whose names are also words of prose.
const WORDS = new Set(["KEY", "NULL", "LOC", "SINK", "CERT", "RP"]);

/** Whether text reads as the data of `type`: what tells a zone file from prose. */
export function readsAsData(type: string, tokens: readonly Token[]): boolean {
  const at = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  if (isDataType(type)) return recordData(type, tokens, { origin: "", at }).kind !== "fault";
  if (type === "A") return tokens.length === 1 && /^([0-9.]+|.*[{$%@].*)$/.test(tokens[0]?.raw ?? "");
  return tokens.length > 0 && !WORDS.has(type);
}
