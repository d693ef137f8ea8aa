/** The part of dns-packet 5 that this program and its tests use; the package brings no types. */
declare module "dns-packet" {
  export interface Question {
    readonly type: string;
    readonly name: string;
    readonly class?: "IN";
  }
  export interface Answer {
    readonly type: string;
    readonly name: string;
    readonly class?: string;
    readonly ttl?: number;
    readonly data?: unknown;
    readonly udpPayloadSize?: number;
    readonly extendedRcode?: number;
    readonly ednsVersion?: number;
    readonly flags?: number;
    readonly options?: readonly unknown[];
  }
  export interface Packet {
    readonly type?: "query" | "response";
    readonly id?: number;
    /** Without QR, with the response code in the low four bits. */
    readonly flags?: number;
    readonly questions?: readonly Question[];
    readonly answers?: readonly Answer[];
    readonly authorities?: readonly Answer[];
    readonly additionals?: readonly Answer[];
  }
  export const AUTHENTIC_DATA: number;
  export const RECURSION_DESIRED: number;
  export const TRUNCATED_RESPONSE: number;
  export function encode(packet: Packet): Buffer;
  export function decode(bytes: Uint8Array): Required<Packet>;
}
