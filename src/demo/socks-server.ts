import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** Who is behind an address and port: a server, or a way of not being there. */
export type SocksRoute = ((socket: Duplex) => void) | "refused" | "unreachable" | "silent";

export interface SocksServer {
  readonly address: string;
  readonly port: number;
  /** `198.51.100.1:25`, in the order of the requests; `name:` in front of a name that the client left to the proxy. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

const REPLY = { granted: 0, refused: 5, unreachable: 4, "no-such-type": 8 } as const;

/** SOCKS5 CONNECT (RFC 1928) without authentication; `route` says where each address leads. */
export async function startSocksServer(route: (address: string, port: number) => SocksRoute): Promise<SocksServer> {
  const requests: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.once("close", () => open.delete(socket)).on("error", () => socket.destroy()));
    void serve(socket, requests, route);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return { address: "127.0.0.1", port, requests, close };
}

async function serve(
  socket: Socket,
  requests: string[],
  route: (address: string, port: number) => SocksRoute,
): Promise<void> {
  const hello = await read(socket, 2);
  if (!hello || !(await read(socket, hello[1] ?? 0))) return void socket.destroy();
  socket.write(Buffer.from([5, 0]));
  const head = await read(socket, 4);
  const target = head && (await readTarget(socket, head[3] ?? 0));
  if (!target) return void socket.destroy();
  requests.push(`${target.address}:${target.port}`);
  const say = (code: number): boolean => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
  if (target.address.startsWith("name:")) return void (say(REPLY["no-such-type"]), socket.end());
  const end = route(target.address, target.port);
  if (end === "silent") return;
  if (typeof end === "string") return void (say(REPLY[end]), socket.end());
  say(REPLY.granted);
  end(socket);
}

async function readTarget(socket: Socket, type: number): Promise<{ address: string; port: number } | undefined> {
  const length = type === 1 ? 4 : type === 4 ? 16 : ((await read(socket, 1))?.[0] ?? 0);
  const octets = await read(socket, length);
  const port = await read(socket, 2);
  if (!octets || !port) return undefined;
  const address =
    type === 1
      ? [...octets].join(".")
      : type === 4
        ? (octets.toString("hex").match(/.{4}/g) ?? []).join(":")
        : `name:${octets.toString("latin1")}`;
  return { address, port: port.readUInt16BE(0) };
}

/** Exactly `length` octets; undefined when the client goes first. */
async function read(socket: Socket, length: number): Promise<Buffer | undefined> {
  if (length === 0) return Buffer.alloc(0);
  for (;;) {
    const got = socket.read(length) as Buffer | null;
    if (got) return got.length === length ? got : undefined;
    if (socket.readableEnded || socket.destroyed) return undefined;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        for (const event of ["readable", "end", "close"]) socket.off(event, wake);
        resolve();
      };
      for (const event of ["readable", "end", "close"]) socket.once(event, wake);
    });
  }
}
