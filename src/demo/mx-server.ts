import { type AddressInfo, createServer } from "node:net";
import type { Duplex } from "node:stream";
import { openConversation, type TlsIdentity } from "./smtp-conversation.ts";
import { converse, type MxBehaviour, type Script } from "./smtp-scripts.ts";

export { type MxBehaviour, SCRIPTS } from "./smtp-scripts.ts";

export interface MxServer {
  readonly address: string;
  readonly port: number;
  /** The client's lines, a list for each connection, in the order they were opened. */
  readonly sessions: readonly (readonly string[])[];
  /** What clients sent before the reply that they had to wait for; empty is right. */
  readonly earlyTalk: readonly string[];
  /** The SNI of each finished handshake; empty where none was sent. */
  readonly serverNames: readonly string[];
  /** Serves one stream that is already open, as the SOCKS server has them. */
  readonly accept: (socket: Duplex) => void;
  readonly close: () => Promise<void>;
}

export interface MxServerOptions {
  readonly behaviour?: MxBehaviour | Script;
  /** `cert` is the PEM chain as presented. Without it STARTTLS is not offered. */
  readonly tls?: TlsIdentity;
  readonly address?: string;
  readonly port?: number;
  /** The whole greeting line, without its end. */
  readonly banner?: string;
}

/** One MX host on loopback, on a port of the system's choice. */
export async function startMxServer(options: MxServerOptions = {}): Promise<MxServer> {
  const { behaviour = "good", address = "127.0.0.1", port = 0, banner = "220 mx.example ESMTP" } = options;
  const sessions: string[][] = [];
  const earlyTalk: string[] = [];
  const serverNames: string[] = [];
  const open = new Set<Duplex>();

  const accept = (socket: Duplex): void => {
    const lines: string[] = [];
    const number = sessions.push(lines);
    open.add(socket.once("close", () => open.delete(socket)));
    const talk = openConversation(socket, {
      number,
      line: (text) => lines.push(text),
      early: (text) => earlyTalk.push(text),
      serverName: (name) => serverNames.push(name),
    });
    void converse(talk, behaviour, { identity: options.tls, banner: `${banner}\r\n` }).finally(() => socket.destroy());
  };
  const server = createServer({ allowHalfOpen: true }, accept);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, address, resolve));
  return {
    address,
    port: (server.address() as AddressInfo).port,
    sessions,
    earlyTalk,
    serverNames,
    accept,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
