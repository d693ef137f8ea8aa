import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type Answer, decode, encode, type Packet, TRUNCATED_RESPONSE } from "dns-packet";
import { type DnsFault, distort } from "./dns-faults.ts";
import type { ZoneAnswer } from "./zone.ts";

export interface DnsQuestion {
  readonly name: string;
  readonly type: string;
  readonly transport: "udp" | "tcp";
  /** 1 for the first time that this name, type and transport are asked. */
  readonly attempt: number;
}

/** An answer, or one of the ways in which a server has none. */
export type DnsReply =
  | ZoneAnswer
  | { readonly kind: "rcode"; readonly rcode: number }
  | { readonly kind: "drop" }
  /** TC over UDP, the given answer over TCP. */
  | { readonly kind: "truncated"; readonly answer: ZoneAnswer }
  | { readonly kind: "garbage" }
  /** The answer under another id, or to another question. */
  | { readonly kind: "wrong-id" | "wrong-question"; readonly answer: ZoneAnswer }
  /** Two messages: a forged one that names `forged` under a wrong id, then the answer. */
  | { readonly kind: "spoofed-then-real"; readonly forged: ZoneAnswer; readonly answer: ZoneAnswer }
  /** TC over UDP; over TCP the length and one octet a second. */
  | { readonly kind: "tcp-drip"; readonly answer: ZoneAnswer }
  /** TC over UDP; over TCP nothing, a reset, half of the message, or a length that promises more. */
  | { readonly kind: "tcp-silent" | "tcp-reset" | "tcp-cut" | "tcp-length"; readonly answer: ZoneAnswer }
  | { readonly kind: "named"; readonly name: DnsFault; readonly answer: ZoneAnswer };

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
  const reply = (message: Uint8Array, transport: DnsQuestion["transport"]): Said => {
    const query = decode(message);
    const [asked] = query.questions;
    if (!asked) return { messages: [], manner: "drop" };
    const [name, type] = [asked.name.toLowerCase(), asked.type];
    const before = questions.filter((one) => one.name === name && one.type === type && one.transport === transport);
    const question = { name, type, transport, attempt: before.length + 1 };
    questions.push(question);
    const said = answer(question);
    return { messages: messagesOf(query, said, transport), manner: said.kind };
  };
  const address = "127.0.0.1";
  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket.once("close", () => open.delete(socket)).on("error", () => socket.destroy()));
    let waiting = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let length = lengthIn(waiting); length !== undefined; length = lengthIn(waiting)) {
        const { messages, manner } = reply(waiting.subarray(2, 2 + length), "tcp");
        waiting = waiting.subarray(2 + length);
        for (const message of messages.map(framed)) write(socket, message, manner);
      }
    });
  });
  await new Promise<void>((resolve, reject) => tcp.once("error", reject).listen(0, address, resolve));
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket("udp4");
  udp.on("message", (message, from) => {
    for (const said of reply(message, "udp").messages) udp.send(said, from.port, from.address);
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

interface Said {
  readonly messages: readonly Buffer[];
  readonly manner: DnsReply["kind"];
}

const framed = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.of(message.length >> 8, message.length & 255), message]);

function write(socket: Socket, message: Buffer, manner: DnsReply["kind"]): void {
  switch (manner) {
    case "tcp-silent":
      return;
    case "tcp-reset":
      return void socket.resetAndDestroy();
    case "tcp-cut":
      return void socket.end(message.subarray(0, message.length / 2));
    case "tcp-length":
      return void socket.end(Buffer.concat([Buffer.of(0xff, 0xff), message.subarray(2)]));
    case "tcp-drip":
      return drip(socket, message);
    default:
      socket.write(message);
  }
}

function drip(socket: Socket, octets: Buffer): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(octets.subarray(at, at + 1));
    at += 1;
    if (at === octets.length) clearInterval(timer);
  }, 1_000);
  socket.once("close", () => clearInterval(timer));
}

type Query = ReturnType<typeof decode>;

function messagesOf(query: Query, said: DnsReply, transport: "udp" | "tcp"): readonly Buffer[] {
  const otherId = { ...query, id: (query.id ?? 0) ^ 1 };
  switch (said.kind) {
    case "drop":
      return [];
    case "garbage":
      return [Buffer.from("no DNS message")];
    case "truncated":
    case "tcp-drip":
    case "tcp-silent":
    case "tcp-reset":
    case "tcp-cut":
    case "tcp-length":
      return [transport === "udp" ? messageWith(query, TRUNCATED_RESPONSE) : messageOf(query, said.answer)];
    case "named":
      return [distort(messageOf(query, said.answer), said.name)];
    case "rcode":
      return [messageWith(query, said.rcode)];
    case "wrong-id":
      return [messageOf(otherId, said.answer)];
    case "wrong-question":
      return [messageOf({ ...query, questions: [{ type: "A", name: "other.invalid" }] }, said.answer)];
    case "spoofed-then-real":
      return [messageOf(otherId, said.forged), messageOf(query, said.answer)];
    default:
      return [messageOf(query, said)];
  }
}

function messageOf(query: Query, said: ZoneAnswer): Buffer {
  const answers = said.records.map((record): Answer => ({ ...record, ttl: 60 }));
  // RFC 2308 §2: without an SOA a negative answer says nothing.
  return messageWith(query, RCODES[said.kind], { answers, authorities: said.kind === "records" ? [] : [SOA] });
}

const messageWith = (
  { id, questions }: Query,
  flags: number,
  sections: Pick<Packet, "answers" | "authorities"> = {},
): Buffer =>
  encode({ type: "response", id, questions, flags: QR | RECURSION_AVAILABLE | flags, ...sections } as Packet);
