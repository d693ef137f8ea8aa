import { randomInt } from "node:crypto";
import { AUTHENTIC_DATA, encode, RECURSION_DESIRED } from "dns-packet";
import type { RecordType } from "./dns-rdata.ts";

/** A question as sent: what an answer must match. */
export interface Query<T extends RecordType> {
  readonly id: number;
  readonly name: string;
  readonly type: T;
  readonly manner: Manner;
  readonly bytes: Uint8Array;
}

/** Of a resolver, which asks around; or of a server that speaks for the zone itself. */
export type Manner = "recursive" | "authoritative";

export interface QueryTerms {
  readonly manner: Manner;
  readonly edns: boolean;
}

/** RFC 6891 §6.2.5; 1232 is what DNS Flag Day 2020 found to survive every path unfragmented. */
const EDNS_PAYLOAD = 1232;
/** The numbers of the types (IANA DNS parameters). */
export const TYPES = { A: 1, NS: 2, MX: 15, TXT: 16, AAAA: 28, TLSA: 52 } as const;
const ASKABLE = /^(?!.{254})[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** Whether `name` can be asked for at all: host-name characters and `_`, within the lengths of RFC 1035 §2.3.4. */
export function askable(name: string): boolean {
  return ASKABLE.test(name);
}

/** One question with a fresh random id (RFC 5452 §9.2). `name` must be {@link askable}. */
export function encodeQuery<T extends RecordType>(name: string, type: T, { manner, edns }: QueryTerms): Query<T> {
  const id = randomInt(0x10000);
  const additionals = edns ? [{ type: "OPT", name: ".", udpPayloadSize: EDNS_PAYLOAD, flags: 0, options: [] }] : [];
  const recursion = manner === "recursive" ? RECURSION_DESIRED : 0;
  // RFC 6840 §5.7: how to ask whether the resolver validated, without the signatures. Only DANE depends on it.
  const validation = type === "TLSA" ? AUTHENTIC_DATA : 0;
  const questions = [{ type, name, class: "IN" as const }];
  const bytes = encode({ type: "query", id, flags: recursion | validation, questions, additionals });
  return { id, name, type, manner, bytes };
}
