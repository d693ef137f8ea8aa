import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** Who is behind an address and port: a server, or a way of not being there. */
export type SocksRoute =
  | ((socket: Duplex) => void)
  | "refused"
  | "unreachable"
  | "silent"
  /** Granted, and then the end of the stream: what `ssh -D` makes of a far end that refuses. */
  | "down-after-connect"
  /** Half of a reply, then the end. */
  | "short-reply"
  /** Octets that belong to nobody behind the reply. */
  | "trailing-octets"
  /** Any other reply code of RFC 1928 §6. */
  | { readonly code: number };

/** User name and password that a client has to give (RFC 1929). */
export interface SocksLogin {
  readonly username: string;
  readonly password: string;
}

type Router = (address: string, port: number) => SocksRoute;

export interface SocksServer {
  readonly address: string;
  readonly port: number;
  /** `198.51.100.1:25`, in the order of the requests; `name:` in front of a name that the client left to the proxy. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

const REPLY = { granted: 0, refused: 5, unreachable: 4, "no-such-type": 8 } as const;

/** SOCKS5 CONNECT (RFC 1928); `route` says where each address leads. Without `login` nobody needs to say who they are. */
export async function startSocksServer(route: Router, login?: SocksLogin): Promise<SocksServer> {
  const requests: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.once("close", () => open.delete(socket)).on("error", () => socket.destroy()));
    void serve(socket, route, { requests, login });
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

interface Desk {
  readonly requests: string[];
  readonly login: SocksLogin | undefined;
}

async function serve(socket: Socket, route: Router, { requests, login }: Desk): Promise<void> {
  if (!(await admitted(socket, login))) return void socket.end();
  const head = await read(socket, 4);
  const target = head && (await readTarget(socket, head[3] ?? 0));
  if (!target) return void socket.destroy();
  requests.push(`${target.address}:${target.port}`);
  if (target.address.startsWith("name:")) return void socket.end(replyOf(REPLY["no-such-type"]));
  const end = route(target.address, target.port);
  if (end === "silent") return;
  if (end === "down-after-connect") return void socket.end(replyOf(REPLY.granted));
  if (end === "short-reply") return void socket.end(replyOf(REPLY.granted).subarray(0, 5));
  if (end === "trailing-octets")
    return void socket.write(Buffer.concat([replyOf(REPLY.granted), Buffer.from("220 nobody\r\n")]));
  if (typeof end === "object") return void socket.end(replyOf(end.code));
  if (typeof end === "string") return void socket.end(replyOf(REPLY[end]));
  socket.write(replyOf(REPLY.granted));
  end(socket);
}

const replyOf = (code: number): Buffer => Buffer.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);

const [NO_LOGIN, PASSWORD, NONE_ACCEPTABLE] = [0, 2, 0xff] as const;

async function admitted(socket: Socket, login: SocksLogin | undefined): Promise<boolean> {
  const hello = await read(socket, 2);
  const offered = hello && (await read(socket, hello[1] ?? 0));
  const wanted = login ? PASSWORD : NO_LOGIN;
  const method = hello?.[0] === 5 && offered?.includes(wanted) ? wanted : NONE_ACCEPTABLE;
  socket.write(Buffer.of(5, method));
  if (method === NONE_ACCEPTABLE) return false;
  if (!login) return true;
  await read(socket, 1);
  const username = await readCounted(socket);
  const right = username === login.username && (await readCounted(socket)) === login.password;
  socket.write(Buffer.of(1, right ? 0 : 1));
  return right;
}

async function readCounted(socket: Socket): Promise<string> {
  const length = (await read(socket, 1))?.[0] ?? 0;
  return (await read(socket, length))?.toString() ?? "";
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
