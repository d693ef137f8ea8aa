import type { DnsAnswer, Unobserved } from "../evidence.ts";
import {
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  readHeader,
  readMessage,
  WireError,
} from "./dns-message.ts";
import { askable, type Query, TYPES } from "./dns-query.ts";
import { READERS, type RecordData, type RecordType, wholeName } from "./dns-rdata.ts";

export type Reply<R> =
  | { readonly kind: "answer"; readonly answer: DnsAnswer<R>; readonly authenticated: boolean }
  /** The answer ends in an alias whose target it says nothing about: ask for the last of `cnames`. TTL in seconds. */
  | { readonly kind: "alias"; readonly cnames: readonly string[]; readonly ttl: number }
  /** Ask again over TCP. */
  | { readonly kind: "truncated" }
  /** Not for us: to be ignored, the wait goes on. */
  | { readonly kind: "other-message" }
  | DnsFailure;

/** What a message says, before it is known how far to trust it. */
type Found<R> =
  | { readonly kind: "answer"; readonly answer: DnsAnswer<R> }
  | Extract<Reply<R>, { readonly kind: "alias" | "failure" }>;

export interface DnsFailure {
  readonly kind: "failure";
  readonly because: Unobserved;
  /** Our own words only. */
  readonly detail: string;
  /** RFC 1035 §4.1.1 and RFC 6891 §9, where the server gave one. */
  readonly rcode?: number;
}

/**
 * RFC 1034 §5.2.2 leaves the number to us. Public resolvers give up between 8 and 16, so 8 is what every sender can
 * follow.
 */
export const MOST_ALIASES = 8;
const CNAME = 5;
const SOA = 6;
const IN = 1;
const NXDOMAIN = 3;
const RCODES: Readonly<Record<number, string>> = {
  1: "FORMERR",
  2: "SERVFAIL",
  4: "NOTIMP",
  5: "REFUSED",
  16: "BADVERS",
};

/** Reads what came back for `query`. Never throws, whatever the octets. */
export function decodeReply<T extends RecordType>(bytes: Uint8Array, query: Query<T>): Reply<RecordData[T]> {
  const header = readHeader(bytes);
  if (header === undefined || !header.response || header.id !== query.id) return { kind: "other-message" };
  try {
    return reply(readMessage(bytes), query, bytes);
  } catch (error) {
    if (error instanceof WireError) return { kind: "failure", because: "malformed", detail: error.message };
    throw error;
  }
}

function reply<T extends RecordType>(message: DnsMessage, query: Query<T>, bytes: Uint8Array): Reply<RecordData[T]> {
  const [question, ...more] = message.questions;
  // A server that cannot read the question may leave it out, but only together with an error.
  const named = question === undefined ? message.rcode in RCODES : more.length === 0 && matches(question, query);
  if (!named && question === undefined) throw new WireError("the answer names no question");
  if (!named) return { kind: "other-message" };
  if (message.truncated) return { kind: "truncated" };
  if (message.rcode !== 0 && message.rcode !== NXDOMAIN) return refusal(message.rcode);
  if (query.manner === "authoritative" && !message.authoritative) return LAME;
  const found = follow(message, query, bytes);
  return found.kind === "answer" ? { ...found, authenticated: message.authenticated } : found;
}

const LAME: DnsFailure = {
  kind: "failure",
  because: "server-failure",
  detail: "the server does not speak for the zone, though the zone names it",
};

/** Names are compared case-insensitively (RFC 4343): both are lower case here. */
function matches(question: DnsQuestion, query: Query<RecordType>): boolean {
  return question.name === query.name && question.type === TYPES[query.type] && question.class === IN;
}

function refusal(rcode: number): DnsFailure {
  const name = RCODES[rcode] ?? `response code ${rcode}`;
  return {
    kind: "failure",
    because: "server-failure",
    detail: `the resolver answered ${name}, which does not say that nothing is there`,
    rcode,
  };
}

/**
 * Walks the aliases from the question's name to what the answer says about the last one (RFC 1034 §4.3.2, RFC 6604
 * §2).
 */
function follow<T extends RecordType>(message: DnsMessage, query: Query<T>, bytes: Uint8Array): Found<RecordData[T]> {
  const cnames: string[] = [];
  let ttl = Number.MAX_SAFE_INTEGER;
  for (let name = query.name; ; ) {
    const own = message.answers.filter((record) => record.name === name && record.class === IN);
    const alias = own.find(({ type }) => type === CNAME);
    const records = own.filter(({ type }) => type === TYPES[query.type]);
    ttl = Math.min(ttl, ...(alias ? [alias] : records).map(seconds));
    if (alias === undefined) {
      if (records.length === 0) return absence(message, name, { cnames, ttl });
      const read = READERS[query.type];
      return {
        kind: "answer",
        answer: {
          kind: "records",
          records: records.map((record) => read(bytes, record)),
          cnames,
          ttl,
          ttlFrom: query.manner,
        },
      };
    }
    // RFC 1034 §3.6.2. One sender takes the alias and the next the record, so neither is what "is" there.
    if (records.length > 0) throw new WireError("the answer has an alias and other records at one name");
    const target = wholeName(bytes, alias);
    if (!askable(target)) throw new WireError("the answer has an alias to what is no host name");
    const dead = target === query.name || cnames.includes(target) || cnames.length === MOST_ALIASES;
    cnames.push(target);
    // A circle, or more aliases than senders follow: we saw that it leads to nothing.
    if (dead) return { kind: "answer", answer: { kind: "no-data", cnames } };
    // What a zone's server says about another zone is hearsay: its own servers are asked for it.
    if (query.manner === "authoritative") return { kind: "alias", cnames, ttl };
    name = target;
  }
}

function absence(
  message: DnsMessage,
  name: string,
  { cnames, ttl }: { readonly cnames: readonly string[]; readonly ttl: number },
): Found<never> {
  if (message.rcode === NXDOMAIN) return { kind: "answer", answer: { kind: "no-such-name", cnames } };
  // RFC 2308 §2.2: only a zone's own SOA tells "nothing of this type" from a referral or from a resolver that gave up.
  if (message.authorities.some((record) => record.type === SOA && contains(record.name, name)))
    return { kind: "answer", answer: { kind: "no-data", cnames } };
  if (cnames.length > 0) return { kind: "alias", cnames, ttl };
  return {
    kind: "failure",
    because: "server-failure",
    detail: "the resolver gave an empty answer without SOA, which proves nothing",
  };
}

function contains(zone: string, name: string): boolean {
  return zone === "" || name === zone || name.endsWith(`.${zone}`);
}

/** RFC 2181 §8: a TTL with the top bit set is 0. */
function seconds({ ttl }: DnsRecord): number {
  return ttl >= 2 ** 31 ? 0 : ttl;
}
