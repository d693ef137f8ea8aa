import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type Answer, decode, encode, type Packet, TRUNCATED_RESPONSE } from "dns-packet";
import type { ZoneAnswer } from "./zone.ts";

export interface DnsQuestion {
  readonly name: string;
  readonly type: string;
  readonly transport: "udp" | "tcp";
}

/** An answer, or one of the ways in which a server has none. */
export type DnsReply =
  | ZoneAnswer
  | { readonly kind: "rcode"; readonly rcode: number }
  | { readonly kind: "drop" }
  /** TC over UDP, the given answer over TCP. */
  | { readonly kind: "truncated"; readonly answer: ZoneAnswer }
  | { readonly kind: "garbage" };

export interface DnsServer {
  readonly address: string;
  readonly port: number;
  readonly questions: readonly DnsQuestion[];
  readonly close: () => Promise<void>;
}

const RCODES = { records: 0, "no-data": 0, "no-such-name": 3 } as const;
const [QR, RECURSION_AVAILABLE] = [0x8000, 0x0080];
const SOA = {
  type: "SOA",
  name: ".",
  ttl: 60,
  data: {
    mname: "ns.invalid",
    rname: "hostmaster.invalid",
    serial: 1,
    refresh: 60,
    retry: 60,
    expire: 60,
    minimum: 60,
  },
};

/** DNS over UDP and TCP on one loopback port; `answer` decides, question by question. */
export async function startDnsServer(answer: (question: DnsQuestion) => DnsReply): Promise<DnsServer> {
  const questions: DnsQuestion[] = [];
  const reply = (message: Uint8Array, transport: DnsQuestion["transport"]): Buffer | undefined => {
    const query = decode(message);
    const [asked] = query.questions;
    if (!asked) return undefined;
    const question = { name: asked.name.toLowerCase(), type: asked.type, transport };
    questions.push(question);
    return messageOf(query, answer(question), transport);
  };
  const address = "127.0.0.1";
  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket.once("close", () => open.delete(socket)).on("error", () => socket.destroy()));
    let waiting = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let length = lengthIn(waiting); length !== undefined; length = lengthIn(waiting)) {
        const said = reply(waiting.subarray(2, 2 + length), "tcp");
        waiting = waiting.subarray(2 + length);
        if (said) socket.write(Buffer.concat([Buffer.from([said.length >> 8, said.length & 255]), said]));
      }
    });
  });
  await new Promise<void>((resolve, reject) => tcp.once("error", reject).listen(0, address, resolve));
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket("udp4");
  udp.on("message", (message, from) => {
    const said = reply(message, "udp");
    if (said) udp.send(said, from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => udp.once("error", reject).bind(port, address, resolve));
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => udp.close(() => resolve()));
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => tcp.close(() => resolve()));
  };
  return { address, port, questions, close };
}

function lengthIn(waiting: Buffer): number | undefined {
  const length = waiting.length >= 2 ? waiting.readUInt16BE(0) : undefined;
  return length !== undefined && waiting.length >= 2 + length ? length : undefined;
}

function messageOf(query: Required<Packet>, said: DnsReply, transport: "udp" | "tcp"): Buffer | undefined {
  if (said.kind === "drop") return undefined;
  if (said.kind === "garbage") return Buffer.from("no DNS message");
  const head = { type: "response", id: query.id, questions: query.questions } as const;
  const flags = QR | RECURSION_AVAILABLE;
  if (said.kind === "rcode") return encode({ ...head, flags: flags | said.rcode });
  if (said.kind === "truncated")
    return transport === "udp"
      ? encode({ ...head, flags: flags | TRUNCATED_RESPONSE })
      : messageOf(query, said.answer, transport);
  const answers = said.records.map((record): Answer => ({ ...record, ttl: 60 }));
  // RFC 2308 §2: without an SOA a negative answer says nothing.
  const authorities = said.kind === "records" ? [] : [SOA];
  return encode({ ...head, flags: flags | RCODES[said.kind], answers, authorities });
}
