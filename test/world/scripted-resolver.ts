import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { AUTHENTIC_DATA, type Answer, decode, encode, RECURSION_DESIRED } from "dns-packet";

/** A question as it arrived, and the ways to answer it, also wrongly. */
export interface Asked {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly over: "udp" | "tcp";
  readonly edns: boolean;
  /** RD: the client wants the server to ask around. */
  readonly recursion: boolean;
  /** AD: the client wants to know whether the answer was validated. */
  readonly validation: boolean;
  /** 1 for the first time this name and type come over this transport. */
  readonly attempt: number;
  /** Sends a whole message, over TCP with its length in front. */
  readonly send: (message: Uint8Array) => void;
  /** TCP only: octets as they are. */
  readonly socket: Socket | undefined;
}

export interface Fields {
  readonly id?: number;
  readonly rcode?: number;
  readonly flags?: number;
  readonly question?: string;
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
  readonly additionals?: readonly Answer[];
}

/** An answer to `asked`, with dns-packet as an independent writer. */
export function answer(asked: Pick<Asked, "id" | "name" | "type">, fields: Fields = {}): Buffer {
  const { id = asked.id, rcode = 0, flags = 0, question = asked.name, ...sections } = fields;
  const questions = [{ name: question, type: asked.type }];
  return encode({ type: "response", id, flags: flags | rcode, questions, ...sections });
}

export const soa: Answer = {
  type: "SOA",
  name: "example.com",
  ttl: 60,
  data: { mname: "ns.example.com", rname: "root.example.com", serial: 1 },
};

/** A resolver on loopback, UDP and TCP at one port, that does as `script` says. `log` is what was asked, in order. */
export async function startScriptedResolver(script: (asked: Asked) => void, place = { address: "127.0.0.1", port: 0 }) {
  const log: string[] = [];
  const hear = (bytes: Uint8Array, over: "udp" | "tcp", way: Pick<Asked, "send" | "socket">) => {
    const { id, questions, additionals, flags } = decode(bytes);
    const { name = "", type = "" } = questions[0] ?? {};
    const line = `${over} ${type} ${name}`;
    const attempt = log.push(line) && log.filter((other) => other === line).length;
    const edns = additionals.some(({ type: kind }) => kind === "OPT");
    const [recursion, validation] = [(flags & RECURSION_DESIRED) !== 0, (flags & AUTHENTIC_DATA) !== 0];
    script({ id, name, type, over, attempt, edns, recursion, validation, ...way });
  };
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    const send = (message: Uint8Array) => {
      socket.write(Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]));
    };
    socket.on("data", (bytes) => hear(bytes.subarray(2), "tcp", { send, socket }));
  });
  await once(tcp.listen(place.port, place.address), "listening");
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket("udp4");
  udp.on("message", (bytes, from) => {
    hear(bytes, "udp", { send: (message) => udp.send(message, from.port, from.address), socket: undefined });
  });
  await new Promise<void>((resolve) => udp.bind(port, place.address, resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    tcp.close();
    udp.close();
  };
  return { server: { address: place.address, port }, log, close };
}
