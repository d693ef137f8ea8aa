import { connect, isIPv6, type Socket } from "node:net";
import type { Contact, Unobserved } from "../evidence.ts";
import type { ProxyOption } from "../options.ts";
import { addressText, mayContact, parseAddress } from "./address.ts";
import { httpConnect } from "./http-connect.ts";
import { errorCode } from "./incoming.ts";
import { socks5Connect } from "./socks5.ts";

/** A place to connect to. `name` and `purpose` are for the report only: the address alone is dialled. */
export type Target = Pick<Contact, "purpose" | "name" | "address" | "port">;

/** How this run gets out. */
export interface Route {
  readonly allowPrivate: boolean;
  readonly proxy: ProxyOption | undefined;
  /** Told before anything is sent to it, the proxy included. */
  readonly onContact?: (contact: Contact) => void;
  /** Told of the open socket that leads to it, to count its octets. */
  readonly onOpen?: (contact: Contact, socket: Socket) => void;
  /** Whether this machine has no way to IPv6, as earlier connects found: then none is tried again. */
  readonly lacksIpv6?: () => boolean;
}

export type Dialled =
  | { readonly kind: "open"; readonly socket: Socket }
  /** The far end, or a router before it, said no. A system error code. */
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "timed-out" }
  /** An IPv6 address, and this machine has no way there. */
  | { readonly kind: "no-ipv6" }
  | { readonly kind: "unobserved"; readonly because: Unobserved; readonly detail: string };

/**
 * Opens TCP to a vetted literal address, directly or through the proxy; never to a name, never to an address that
 * `mayContact` refuses. The proxy is the operator's own and is not vetted. Aborting `signal` ends it as timed-out.
 */
export async function dial(target: Target, route: Route, signal: AbortSignal): Promise<Dialled> {
  const permission = mayContact(target.address, route.allowPrivate);
  if (permission.kind === "refused")
    return { kind: "unobserved", because: permission.because, detail: permission.detail };
  if (route.proxy) return dialThrough(route.proxy, target, { route, signal });
  if (isIPv6(target.address) && route.lacksIpv6?.()) return { kind: "no-ipv6" };
  route.onContact?.(target);
  const opened = await open(target.address, target.port, signal);
  if (opened.kind !== "open") return directFailure(opened, target.address);
  if (sameAddress(opened.socket.remoteAddress, target.address)) {
    route.onOpen?.(target, opened.socket);
    return opened;
  }
  // 0.0.0.0 is answered by 127.0.0.1: whoever answered, it is not whom we vetted.
  opened.socket.destroy();
  return { kind: "unobserved", because: "not-global", detail: "another address answered" };
}

type Opened = Extract<Dialled, { kind: "open" | "timed-out" }> | { readonly kind: "error"; readonly code: string };

function open(host: string, port: number, signal: AbortSignal): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (outcome: Opened) => {
      signal.removeEventListener("abort", abort);
      if (outcome.kind !== "open") socket.destroy();
      resolve(outcome);
    };
    const abort = () => settle({ kind: "timed-out" });
    signal.addEventListener("abort", abort, { once: true });
    // Stays for the life of the socket: a later reset is read from `socket.errored` by whoever waits then.
    socket.on("error", (error) => settle({ kind: "error", code: errorCode(error) }));
    socket.once("connect", () => settle({ kind: "open", socket }));
    if (signal.aborted) abort();
  });
}

/** The far end's word, or that of a router on the way. Every other error is this machine's own. */
const REFUSALS = new Set(["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH"]);
const NO_ROUTE = new Set(["ENETUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

function directFailure(opened: Exclude<Opened, { kind: "open" }>, address: string): Dialled {
  if (opened.kind === "timed-out" || opened.code === "ETIMEDOUT") return { kind: "timed-out" };
  const { code } = opened;
  if (NO_ROUTE.has(code) && isIPv6(address)) return { kind: "no-ipv6" };
  if (REFUSALS.has(code)) return { kind: "refused", reason: code };
  return { kind: "unobserved", because: "unreachable", detail: `this machine could not connect (${code})` };
}

interface Way {
  readonly route: Route;
  readonly signal: AbortSignal;
}

const TUNNELS = { socks5: socks5Connect, http: httpConnect } as const;

async function dialThrough(proxy: ProxyOption, target: Target, { route, signal }: Way): Promise<Dialled> {
  const opened = await open(proxy.host, proxy.port, signal);
  const failed = (because: Unobserved, detail: string): Dialled => ({ kind: "unobserved", because, detail });
  if (opened.kind === "timed-out") return failed("timed-out", "the proxy did not answer");
  if (opened.kind === "error") return failed("unreachable", `the proxy could not be reached (${opened.code})`);
  const { socket } = opened;
  const address = socket.remoteAddress ?? proxy.host;
  const itself: Contact = { purpose: "proxy", name: proxy.host, address, port: proxy.port };
  route.onContact?.(itself);
  route.onContact?.(target);
  route.onOpen?.(itself, socket);
  const abort = () => socket.destroy();
  signal.addEventListener("abort", abort, { once: true });
  const outcome = await TUNNELS[proxy.kind](socket, target, proxy);
  signal.removeEventListener("abort", abort);
  if (outcome.kind === "connected" && !signal.aborted) {
    route.onOpen?.(target, socket);
    return opened;
  }
  socket.destroy();
  return outcome.kind === "connected" || signal.aborted
    ? failed("timed-out", "the proxy did not get through in time")
    : failed(outcome.because, outcome.detail);
}

function sameAddress(found: string | undefined, wanted: string): boolean {
  const [a, b] = [parseAddress(found ?? ""), parseAddress(wanted)];
  return a !== undefined && b !== undefined && addressText(a) === addressText(b);
}
