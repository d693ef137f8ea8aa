import { isIPv4, type Socket } from "node:net";
import type { ProxyOption } from "../options.ts";
import { parseAddress } from "./address.ts";
import { incoming } from "./incoming.ts";

/** How a proxy was got through. */
export type Tunnel =
  | { readonly kind: "connected" }
  /** Our own words: a proxy's faults, and the far end's as far as the proxy tells them apart. Never a credential. */
  | { readonly kind: "failed"; readonly because: "unreachable" | "timed-out"; readonly detail: string };

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USERNAME_PASSWORD = 2;
const CONNECT = 1;
const ADDRESS_OCTETS: Readonly<Record<number, number>> = { 1: 4, 4: 16 };
const IPV4 = 1;
const DOMAIN = 3;
const IPV6 = 4;

/** RFC 1928 §6. */
const REPLIES: Readonly<Record<number, string>> = {
  1: "general failure",
  2: "connection not allowed by its rules",
  3: "network unreachable",
  4: "host unreachable",
  5: "connection refused",
  6: "TTL expired",
  7: "command not supported",
  8: "address type not supported",
};

/**
 * RFC 1928 CONNECT on a socket that is open to the proxy. The target is an address, so that the proxy resolves nothing
 * and goes where we vetted. What the far end sends stays in the socket. Waits as long as the socket lives.
 */
export async function socks5Connect(
  socket: Socket,
  target: { readonly address: string; readonly port: number },
  credentials: Pick<ProxyOption, "username" | "password">,
): Promise<Tunnel> {
  try {
    await greet(socket, credentials);
    await connectTo(socket, target);
    return { kind: "connected" };
  } catch (error) {
    if (error instanceof Socks5Error) return { kind: "failed", because: "unreachable", detail: error.message };
    throw error;
  }
}

class Socks5Error extends Error {
  override readonly name = "Socks5Error";
}

async function greet(socket: Socket, credentials: Pick<ProxyOption, "username" | "password">): Promise<void> {
  const known = credentials.username !== "" || credentials.password !== "";
  const methods = known ? [NO_AUTHENTICATION, USERNAME_PASSWORD] : [NO_AUTHENTICATION];
  socket.write(Uint8Array.of(VERSION, methods.length, ...methods));
  const [version, method] = await take(socket, 2);
  if (version !== VERSION) throw new Socks5Error("the proxy does not speak SOCKS5");
  if (method === USERNAME_PASSWORD && known) return authenticate(socket, credentials);
  if (method !== NO_AUTHENTICATION) throw new Socks5Error("the proxy accepts none of our ways to log in");
}

/** RFC 1929 §2. */
async function authenticate(socket: Socket, given: Pick<ProxyOption, "username" | "password">): Promise<void> {
  const [username, password] = [Buffer.from(given.username), Buffer.from(given.password)];
  if (username.length > 255 || password.length > 255)
    throw new Socks5Error("the proxy's user name or password is over 255 octets");
  socket.write(Buffer.concat([Buffer.of(1, username.length), username, Buffer.of(password.length), password]));
  const [, status] = await take(socket, 2);
  if (status !== 0) throw new Socks5Error("the proxy refused the user name and password");
}

async function connectTo(socket: Socket, target: { readonly address: string; readonly port: number }): Promise<void> {
  const address = parseAddress(target.address);
  if (address === undefined) throw new Error("the target of a SOCKS5 request is no address");
  const type = isIPv4(target.address) ? IPV4 : IPV6;
  socket.write(Uint8Array.of(VERSION, CONNECT, 0, type, ...address, target.port >> 8, target.port & 0xff));
  const [version, status = 255, , boundType = 0] = await take(socket, 4);
  if (version !== VERSION) throw new Socks5Error("the proxy does not speak SOCKS5");
  if (status !== 0) throw new Socks5Error(`the proxy answered: ${REPLIES[status] ?? `reply code ${status}`}`);
  const octets = boundType === DOMAIN ? (await take(socket, 1))[0] : ADDRESS_OCTETS[boundType];
  if (octets === undefined) throw new Socks5Error("the proxy's reply has an unknown address type");
  await take(socket, octets + 2);
}

async function take(socket: Socket, count: number): Promise<Buffer> {
  const came = await incoming(socket, count);
  if (came.kind === "octets") return came.octets;
  // What a refusal, an unknown route and a dead far end all look like over `ssh -D`.
  throw new Socks5Error("the proxy closed the connection before it was through");
}
