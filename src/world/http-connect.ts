import { isIPv6, type Socket } from "node:net";
import type { ProxyOption } from "../options.ts";
import { incoming } from "./incoming.ts";
import type { Tunnel } from "./socks5.ts";

/** Octets of a response head that are read. */
const MOST_OCTETS = 16_384;
const MOST_INFORMATIONAL = 10;

/** RFC 9110 §15. What the proxy says in words is not repeated. */
const STATUSES: Readonly<Record<number, string>> = {
  403: "the proxy's rules do not allow the connection (403)",
  405: "the proxy does not take CONNECT (405)",
  407: "the proxy refused the user name and password (407)",
  502: "the proxy could not reach the far end (502)",
  503: "the proxy could not reach the far end (503)",
  504: "the far end did not answer the proxy in time (504)",
};

/**
 * CONNECT (RFC 9110 §9.3.6) on a socket that is open to the proxy. The target is an address, so that the proxy resolves nothing
 * and goes where we vetted. What the far end sends stays in the socket. Waits as long as the socket lives.
 */
export async function httpConnect(
  socket: Socket,
  target: { readonly address: string; readonly port: number },
  credentials: Pick<ProxyOption, "username" | "password">,
): Promise<Tunnel> {
  const authority = `${isIPv6(target.address) ? `[${target.address}]` : target.address}:${target.port}`;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, ...authorization(credentials), "", ""];
  socket.write(lines.join("\r\n"), "latin1");
  for (let heads = 0; heads <= MOST_INFORMATIONAL; heads += 1) {
    const head = await readHead(socket);
    if (head.kind === "failed") return head;
    if (head.status >= 200 && head.status < 300) return { kind: "connected" };
    if (head.status === 504) return { kind: "failed", because: "timed-out", detail: STATUSES[504] ?? "" };
    if (head.status >= 200)
      return failed(STATUSES[head.status] ?? `the proxy answered with HTTP status ${head.status}`);
  }
  return failed("the proxy does not come to an answer");
}

/** RFC 7617 §2. */
function authorization({ username, password }: Pick<ProxyOption, "username" | "password">): readonly string[] {
  if (username === "" && password === "") return [];
  return [`Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`];
}

type Head = { readonly kind: "head"; readonly status: number } | Extract<Tunnel, { kind: "failed" }>;

async function readHead(socket: Socket): Promise<Head> {
  let received = Buffer.alloc(0);
  for (;;) {
    const came = await incoming(socket);
    if (came.kind === "ended") return failed("the proxy closed the connection before it was through");
    received = Buffer.concat([received, came.octets]);
    const end = received.indexOf("\r\n\r\n");
    if (end >= 0) {
      // The far end may have spoken already: an SMTP server speaks first.
      const rest = received.subarray(end + 4);
      if (rest.length > 0) socket.unshift(rest);
      const [, status] = /^HTTP\/1\.[01] ([1-9][0-9]{2})(?: |\r\n)/.exec(received.toString("latin1")) ?? [];
      return status === undefined ? failed("the proxy does not speak HTTP") : { kind: "head", status: Number(status) };
    }
    if (received.length > MOST_OCTETS) return failed("the proxy's answer is longer than 16 KiB");
  }
}

function failed(detail: string): Extract<Tunnel, { kind: "failed" }> {
  return { kind: "failed", because: "unreachable", detail };
}
