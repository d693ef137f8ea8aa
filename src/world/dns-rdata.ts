import type { TlsaRecord } from "../evidence.ts";
import { addressText } from "./address.ts";
import { type DnsRecord, latin1, readName, uint8, uint16, WireError } from "./dns-message.ts";

/** What each type's RDATA becomes. */
export interface RecordData {
  readonly A: string;
  readonly AAAA: string;
  /** ISO 8859-1 text of all character-strings, joined without a separator (RFC 8461 §3.1, RFC 7208 §3.3). */
  readonly TXT: string;
  /** The root as exchange is empty. */
  readonly MX: { readonly preference: number; readonly exchange: string };
  readonly NS: string;
  readonly TLSA: TlsaRecord;
}

export type RecordType = keyof RecordData;

type Reader<R> = (bytes: Uint8Array, record: DnsRecord) => R;

/** Each throws a WireError for RDATA that is not of its type. */
export const READERS: { readonly [T in RecordType]: Reader<RecordData[T]> } = {
  A: (bytes, record) => addressText(octets(bytes, record, 4)),
  AAAA: (bytes, record) => addressText(octets(bytes, record, 16)),
  MX: (bytes, { start, end }) => ({
    preference: uint16(bytes, start),
    exchange: wholeName(bytes, { start: start + 2, end }),
  }),
  NS: wholeName,
  // RFC 6698 §2.1. What the numbers mean, and whether they mean anything, is for whoever judges.
  TLSA: (bytes, { start, end }) => {
    if (end - start < 4) throw new WireError("a TLSA record has no data");
    return {
      usage: uint8(bytes, start),
      selector: uint8(bytes, start + 1),
      matching: uint8(bytes, start + 2),
      data: Buffer.from(bytes.subarray(start + 3, end)).toString("hex"),
    };
  },
  TXT: (bytes, { start, end }) => {
    let text = "";
    for (let at = start; at < end; ) {
      const next = at + 1 + uint8(bytes, at);
      if (next > end) throw new WireError("a text runs past the end of its record");
      text += latin1(bytes, at + 1, next);
      at = next;
    }
    return text;
  },
};

function octets(bytes: Uint8Array, { start, end }: DnsRecord, length: number): Uint8Array {
  if (end - start !== length) throw new WireError("an address has the wrong length");
  return bytes.subarray(start, end);
}

/** A name that fills its place to the last octet. */
export function wholeName(bytes: Uint8Array, { start, end }: Pick<DnsRecord, "start" | "end">): string {
  const [name, next] = readName(bytes, start);
  if (next !== end) throw new WireError("a name does not fill its record");
  return name;
}
