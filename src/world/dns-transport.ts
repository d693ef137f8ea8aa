import { createSocket } from "node:dgram";
import { connect } from "node:net";
import type { Query } from "./dns-query.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import { type DnsFailure, decodeReply, type Reply } from "./dns-wire.ts";

/** Who is asked: a server at an address, or one behind HTTPS. */
export type DnsServer = SocketServer | DohServer;

export interface SocketServer {
  /** An IP address, perhaps with a zone id. */
  readonly address: string;
  readonly port: number;
  /** Its host name, where the server of a zone has one. */
  readonly name?: string;
}

export interface DohServer {
  readonly url: string;
  readonly client: { readonly ask: <T extends RecordType>(query: Query<T>, terms: AskTerms) => Answered<T> };
}

export interface AskTerms {
  readonly signal: AbortSignal;
  /** Told of everything that goes out and comes in over a socket of this module. */
  readonly onOctets?: (octets: number) => void;
}

/** An answer that is final for this server: not truncated, not someone else's. */
export type Final<R> = Exclude<Reply<R>, { readonly kind: "truncated" | "other-message" }>;

type Answered<T extends RecordType> = Promise<Final<RecordData[T]>>;

/**
 * Asks one server once: over UDP, and over TCP where the answer does not fit (RFC 7766 §5); or over HTTPS. Settles at the
 * latest when the signal aborts; the caller's deadline has then given its own answer, so this one is not seen. Never rejects.
 */
export async function ask<T extends RecordType>(server: DnsServer, query: Query<T>, terms: AskTerms): Answered<T> {
  if ("client" in server) return server.client.ask(query, terms);
  const reply = await askOverUdp(server, query, terms);
  return reply.kind === "truncated" ? askOverTcp(server, query, terms) : reply;
}

type UdpReply<R> = Exclude<Reply<R>, { readonly kind: "other-message" }>;

/**
 * A socket for this question only: the system picks its port at random, and, as it is connected, drops every datagram
 * that is not from the server asked (RFC 5452 §9.1, §9.2).
 */
function askOverUdp<T extends RecordType>(
  { address, port }: SocketServer,
  query: Query<T>,
  { signal, onOctets }: AskTerms,
): Promise<UdpReply<RecordData[T]>> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(unanswered());
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    let settled = false;
    const settle = (reply: UdpReply<RecordData[T]>) => {
      if (settled) return;
      settled = true;
      signal.removeEventListener("abort", stop);
      socket.close();
      resolve(reply);
    };
    const stop = () => settle(unanswered());
    signal.addEventListener("abort", stop, { once: true });
    // Also where the system tells of an ICMP message: the port is closed.
    socket.on("error", (error) => settle(unreachable(error)));
    socket.on("message", (bytes) => {
      onOctets?.(bytes.length);
      const reply = decodeReply(bytes, query);
      // Spoofed or stale: the real answer may still come (RFC 5452 §9.1).
      if (reply.kind !== "other-message") settle(reply);
    });
    socket.once("connect", () => {
      if (settled) return;
      onOctets?.(query.bytes.length);
      socket.send(query.bytes, (error) => error && settle(unreachable(error)));
    });
    socket.connect(port, address);
  });
}

/** RFC 1035 §4.2.2: each message after its length in two octets. One question a connection. */
function askOverTcp<T extends RecordType>(
  { address, port }: SocketServer,
  query: Query<T>,
  { signal, onOctets }: AskTerms,
): Answered<T> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(unanswered());
    const socket = connect({ host: address, port });
    const settle = (reply: Final<RecordData[T]>) => {
      signal.removeEventListener("abort", stop);
      onOctets?.(socket.bytesRead + socket.bytesWritten);
      socket.destroy();
      resolve(reply);
    };
    const stop = () => settle(unanswered());
    let received = Buffer.alloc(0);
    signal.addEventListener("abort", stop, { once: true });
    // Not end(): some servers take a half-closed connection for a closed one.
    socket.on("connect", () => socket.write(framed(query.bytes)));
    socket.on("data", (piece) => {
      received = Buffer.concat([received, piece]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      settle(finalReply(received.subarray(2, 2 + received.readUInt16BE(0)), query));
    });
    socket.on("error", (error) => settle(unreachable(error)));
    socket.on("end", () => settle(malformed("the resolver closed the connection inside its answer")));
  });
}

/** In an exchange of its own nothing is meant for anyone else, and nothing may be cut. */
export function finalReply<T extends RecordType>(bytes: Uint8Array, query: Query<T>): Final<RecordData[T]> {
  const reply = decodeReply(bytes, query);
  if (reply.kind === "truncated") return malformed("the resolver cut its answer short where all of it fits");
  if (reply.kind === "other-message") return malformed("the resolver answered another question");
  return reply;
}

function framed(bytes: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(2 + bytes.length);
  frame.writeUInt16BE(bytes.length);
  frame.set(bytes, 2);
  return frame;
}

export function malformed(detail: string): DnsFailure {
  return { kind: "failure", because: "malformed", detail };
}

export function unanswered(): DnsFailure {
  return { kind: "failure", because: "timed-out", detail: "the resolver did not answer" };
}

/** Only the code of the error: it is one of a known set, its message is not. */
export function unreachable(error: Error): DnsFailure {
  const code = "code" in error ? String(error.code) : "unknown error";
  return { kind: "failure", because: "unreachable", detail: `the resolver cannot be reached (${code})` };
}
