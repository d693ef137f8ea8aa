/**
 * A strict reader of DNS messages (RFC 1035 §4). dns-packet writes our questions, but its reader is too kind to
 * hostile octets: it takes a TXT record that is cut short, ignores the RDLENGTH of an address, and a label that holds
 * a dot becomes two.
 */
export interface DnsMessage {
  readonly id: number;
  readonly response: boolean;
  /** AA: the server speaks for the zone (RFC 1035 §4.1.1). */
  readonly authoritative: boolean;
  /** AD: the resolver claims to have validated all of it by DNSSEC (RFC 4035 §3.2.3). */
  readonly authenticated: boolean;
  readonly truncated: boolean;
  /** With the eight high bits of EDNS (RFC 6891 §6.1.3). */
  readonly rcode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

export interface DnsRecord extends DnsQuestion {
  /** Seconds. */
  readonly ttl: number;
  /** Where the RDATA lies in the message; names inside it may point anywhere before it. */
  readonly start: number;
  readonly end: number;
}

/** Thrown by the readers here, and caught at the one door in dns-wire.ts. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** Records one section may hold. 65,535 are possible; nobody needs more than this to say where mail goes. */
const MOST_RECORDS = 512;
/** A compressed name needs one pointer. Chains of them only cost time. */
const MOST_POINTERS = 16;
const OPT = 41;

export function readHeader(bytes: Uint8Array): { readonly id: number; readonly response: boolean } | undefined {
  if (bytes.length < 12) return undefined;
  return { id: uint16(bytes, 0), response: (bytes[2] ?? 0) >= 0x80 };
}

/** Reads a whole message; throws a {@link WireError} for one that is none. */
export function readMessage(bytes: Uint8Array): DnsMessage {
  const flags = uint16(bytes, 2);
  // OPCODE is QUERY in every answer to a question of ours.
  if ((flags & 0x7800) !== 0) throw new WireError("the answer is to another kind of request");
  const truncated = (flags & 0x0200) !== 0;
  const [questions, afterQuestions] = readSection(bytes, { offset: 12, count: uint16(bytes, 4) }, readQuestion);
  const head = {
    id: uint16(bytes, 0),
    response: (flags & 0x8000) !== 0,
    authoritative: (flags & 0x0400) !== 0,
    authenticated: (flags & 0x0020) !== 0,
    truncated,
    questions,
  };
  // What a truncated answer holds is never used, so it is not read (RFC 2181 §9).
  if (truncated) return { ...head, rcode: flags & 15, answers: [], authorities: [] };
  const [answers, afterAnswers] = readSection(bytes, { offset: afterQuestions, count: uint16(bytes, 6) }, readRecord);
  const [authorities, afterAll] = readSection(bytes, { offset: afterAnswers, count: uint16(bytes, 8) }, readRecord);
  const [additionals] = readSection(bytes, { offset: afterAll, count: uint16(bytes, 10) }, readRecord);
  const options = additionals.filter(({ type }) => type === OPT);
  // RFC 6891 §6.1.1 allows one. Two could disagree on the response code.
  if (options.length > 1) throw new WireError("the answer has more than one OPT record");
  return { ...head, rcode: (flags & 15) | (((options[0]?.ttl ?? 0) >>> 24) << 4), answers, authorities };
}

type Read<T> = readonly [value: T, next: number];

function readSection<T>(
  bytes: Uint8Array,
  { offset, count }: { readonly offset: number; readonly count: number },
  read: (bytes: Uint8Array, offset: number) => Read<T>,
): Read<readonly T[]> {
  if (count > MOST_RECORDS) throw new WireError(`the answer has more than ${MOST_RECORDS} records`);
  const values: T[] = [];
  let next = offset;
  for (let index = 0; index < count; index += 1) {
    const [value, after] = read(bytes, next);
    values.push(value);
    next = after;
  }
  return [values, next];
}

function readQuestion(bytes: Uint8Array, offset: number): Read<DnsQuestion> {
  const [name, next] = readName(bytes, offset);
  return [{ name, type: uint16(bytes, next), class: uint16(bytes, next + 2) }, next + 4];
}

function readRecord(bytes: Uint8Array, offset: number): Read<DnsRecord> {
  const [question, next] = readQuestion(bytes, offset);
  const start = next + 6;
  const end = start + uint16(bytes, next + 4);
  if (end > bytes.length) throw new WireError("a record runs past the end of the answer");
  return [{ ...question, ttl: uint16(bytes, next) * 0x10000 + uint16(bytes, next + 2), start, end }, end];
}

/**
 * A name in lower case without the final dot; the root is empty. Octets that no host name has come as `\ddd` (RFC 1035
 * §5.1), so that two names are the same exactly if their texts are, and a dot within a label stays within it.
 */
export function readName(bytes: Uint8Array, offset: number): Read<string> {
  const labels: string[] = [];
  let at = offset;
  let next: number | undefined;
  let octets = 1;
  for (let pointers = 0; ; ) {
    const length = uint8(bytes, at);
    if (length === 0) return [labels.join("."), next ?? at + 1];
    if (length < 64) {
      octets += length + 1;
      if (octets > 255) throw new WireError("a name is longer than 255 octets");
      labels.push(labelText(bytes, at + 1, length));
      at += length + 1;
      continue;
    }
    const target = uint16(bytes, at) - 0xc000;
    pointers += 1;
    // RFC 1035 §4.1.4: a pointer is to a prior occurrence. Labels can lead back to it: the two counts end that.
    if (target < 0 || target >= at || pointers > MOST_POINTERS) throw new WireError("a name points nowhere");
    next ??= at + 2;
    at = target;
  }
}

function labelText(bytes: Uint8Array, start: number, length: number): string {
  uint8(bytes, start + length - 1); // throws when the label runs past the end
  return latin1(bytes, start, start + length)
    .replace(/[^A-Za-z0-9_-]/g, (char) => `\\${String(char.charCodeAt(0)).padStart(3, "0")}`)
    .toLowerCase();
}

/** ISO 8859-1: one UTF-16 unit an octet, so nothing is lost. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

export function uint8(bytes: Uint8Array, offset: number): number {
  const value = bytes[offset];
  if (value === undefined) throw new WireError("the answer is cut short");
  return value;
}

export function uint16(bytes: Uint8Array, offset: number): number {
  return uint8(bytes, offset) * 256 + uint8(bytes, offset + 1);
}
