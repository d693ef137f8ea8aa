import { connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Contact } from "../../src/evidence.ts";
import { type Dialled, dial, type Route } from "../../src/world/dial.ts";
import { startTcpHost, type TestHost } from "./tls-host.ts";

const hosts: TestHost[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  return Promise.all(hosts.splice(0).map((host) => host.close()));
});

async function host(serve: (socket: Socket) => void = () => {}, address?: string): Promise<TestHost> {
  const started = await startTcpHost(serve, address);
  hosts.push(started);
  return started;
}

async function closedPort(): Promise<number> {
  const { port, close } = await startTcpHost(() => {});
  await close();
  return port;
}

const OPEN: Route = { allowPrivate: true, proxy: undefined };
const target = (port: number, address = "127.0.0.1") =>
  ({ purpose: "mx", name: "mx.example.com", address, port }) as const;

async function dialled(to: ReturnType<typeof target>, route = OPEN, ms = 1_000): Promise<Dialled> {
  const outcome = await dial(to, route, AbortSignal.timeout(ms));
  if (outcome.kind === "open") sockets.push(outcome.socket);
  return outcome;
}

describe("directly", () => {
  test("opens TCP to the literal address", async () => {
    const { port } = await host();
    const outcome = await dialled(target(port));
    expect(outcome).toMatchObject({ kind: "open", socket: { remoteAddress: "127.0.0.1", remotePort: port } });
  });

  test("a closed port refuses", async () => {
    expect(await dialled(target(await closedPort()))).toEqual({ kind: "refused", reason: "ECONNREFUSED" });
  });

  test("an IPv6 address this machine cannot reach, or nobody answers", async () => {
    const { kind } = await dialled(target(await closedPort(), "::1"));
    expect(["refused", "no-ipv6"]).toContain(kind);
  });

  test.each([
    ["loopback", "127.0.0.1"],
    ["private", "10.0.0.1"],
    ["IPv6 loopback", "::1"],
    ["IPv4-mapped", "::ffff:127.0.0.1"],
    ["unspecified", "0.0.0.0"],
    ["a zone id", "fe80::1%lo"],
    ["a short form", "127.1"],
    ["a name", "localhost"],
  ])("%s is never dialled", async (_, address) => {
    const { port, connections } = await host();
    const contacts: Contact[] = [];
    const route = {
      allowPrivate: false,
      proxy: undefined,
      onContact: (contact: Contact) => void contacts.push(contact),
    };
    expect(await dialled(target(port, address), route)).toEqual({
      kind: "unobserved",
      because: "not-global",
      detail: "refused: not globally routable",
    });
    await new Promise(setImmediate);
    expect([connections(), contacts]).toEqual([0, []]);
  });

  test("metadata is never dialled, not even where private networks are allowed", async () => {
    expect(await dialled(target(80, "169.254.169.254"))).toMatchObject({ kind: "unobserved", because: "not-global" });
  });

  test("who answers must be who was vetted: 0.0.0.0 becomes 127.0.0.1", async () => {
    const { port } = await host();
    expect(await dialled(target(port, "0.0.0.0"))).toMatchObject({ kind: "unobserved", because: "not-global" });
  });

  test("a full backlog is a time-out", async () => {
    // Nobody accepts: Linux then drops SYNs once the queue is full.
    const server = createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 });
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const start = performance.now();
    const outcome = await dial(target(port), OPEN, AbortSignal.abort());
    server.close();
    expect(outcome).toEqual({ kind: "timed-out" });
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe("through SOCKS5", () => {
  const through = (port: number, onContact?: (contact: Contact) => void): Route => ({
    allowPrivate: true,
    proxy: { kind: "socks5", host: "localhost", port, username: "", password: "" },
    ...(onContact ? { onContact } : {}),
  });

  /** Reads the greeting and the request, then does what the test wants. */
  const socks = (answer: (socket: Socket, to: { readonly port: number }) => void) =>
    host((socket) => {
      socket.once("data", () => {
        socket.write(Uint8Array.of(5, 0));
        socket.once("data", (request: Buffer) => answer(socket, { port: request.readUInt16BE(8) }));
      });
    });
  const CONNECTED = Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0);

  test("reaches the far end, and names proxy and target as contacts", async () => {
    const far = await host((socket) => socket.end("220 far\r\n"));
    const proxy = await socks((socket, { port }) => {
      const up = connect(port, "127.0.0.1", () => socket.write(CONNECTED));
      socket.pipe(up).pipe(socket);
    });
    const contacts: Contact[] = [];
    const outcome = await dialled(
      target(far.port),
      through(proxy.port, (contact) => contacts.push(contact)),
    );
    expect(outcome.kind).toBe("open");
    let heard = "";
    if (outcome.kind === "open") for await (const octets of outcome.socket) heard += String(octets);
    expect(heard).toBe("220 far\r\n");
    expect(contacts.map(({ purpose, name, port }) => ({ purpose, name, port }))).toEqual([
      { purpose: "proxy", name: "localhost", port: proxy.port },
      { purpose: "mx", name: "mx.example.com", port: far.port },
    ]);
  });

  test("the target is vetted here, and the proxy not asked", async () => {
    const proxy = await socks(() => {});
    const route = { ...through(proxy.port), allowPrivate: false };
    expect(await dialled(target(25, "10.0.0.1"), route)).toMatchObject({ kind: "unobserved", because: "not-global" });
    expect(proxy.connections()).toBe(0);
  });

  test("a refusal behind the proxy is not the far end's", async () => {
    const proxy = await socks((socket) => socket.end(Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0)));
    expect(await dialled(target(25), through(proxy.port))).toEqual({
      kind: "unobserved",
      because: "unreachable",
      detail: "the proxy answered: connection refused",
    });
  });

  test("a proxy that is down", async () => {
    expect(await dialled(target(25), through(await closedPort()))).toEqual({
      kind: "unobserved",
      because: "unreachable",
      detail: "the proxy could not be reached (ECONNREFUSED)",
    });
  });

  test("a proxy that says nothing, within the time", async () => {
    const proxy = await socks(() => {});
    const start = performance.now();
    const outcome = await dialled(target(25), through(proxy.port), 60);
    expect(outcome).toMatchObject({ kind: "unobserved", because: "timed-out" });
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe("through an HTTP proxy", () => {
  const proxied = (port: number): Route => ({
    allowPrivate: true,
    proxy: { kind: "http", host: "127.0.0.1", port, username: "ann", password: "s3cret" },
  });
  const answering = (answer: string) => host((socket) => socket.once("data", () => socket.write(answer)));
  const dialled = async (answer: string) => {
    const { port } = await answering(answer);
    const outcome = await dial(target(25, "198.51.100.1"), proxied(port), AbortSignal.timeout(300));
    if (outcome.kind === "open") outcome.socket.destroy();
    expect(JSON.stringify({ ...outcome, socket: undefined })).not.toMatch(/ann|s3cret/);
    return outcome;
  };

  test("an open way", async () => {
    expect((await dialled("HTTP/1.1 200 OK\r\n\r\n")).kind).toBe("open");
  });
  test.each([
    ["HTTP/1.1 502 Bad Gateway\r\n\r\n", "unreachable"],
    ["HTTP/1.1 503 Service Unavailable\r\n\r\n", "unreachable"],
    ["HTTP/1.1 504 Gateway Timeout\r\n\r\n", "timed-out"],
    ["HTTP/1.1 403 Forbidden\r\n\r\n", "unreachable"],
    ["HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "unreachable"],
    ["HTTP/1.1 200", "timed-out"],
  ])("%j proves nothing about the far end", async (answer, because) => {
    expect(await dialled(answer)).toMatchObject({ kind: "unobserved", because });
  });
});

test("IPv6 is not tried again where this machine is known to have none", async () => {
  const met: Contact[] = [];
  const lacking = { ...OPEN, lacksIpv6: () => true, onContact: (contact: Contact) => met.push(contact) };
  const outcome = await dial(target(9, "::1"), lacking, AbortSignal.timeout(300));
  expect([outcome, met]).toEqual([{ kind: "no-ipv6" }, []]);
});
