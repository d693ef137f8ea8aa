import type { Socket } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { type MxBehaviour, type MxServer, startMxServer } from "../../src/demo/mx-server.ts";
import type { SmtpSession } from "../../src/evidence.ts";
import { createDeadline, type Deadline } from "../../src/world/deadline.ts";
import { probeAddress, type SmtpBounds } from "../../src/world/smtp-client.ts";
import { createTrustAnchors } from "../../src/world/trust-anchors.ts";
import { startTcpHost, type TestHost } from "./tls-host.ts";

const authority = createAuthority("Mail");
const anchors = createTrustAnchors(authority.rootPem);
const { chainPem: cert, keyPem: key } = authority.issue({ names: ["mx.example.com"] });
const servers: { readonly close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

const QUICK: SmtpBounds = { connect: 200, greeting: 150, reply: 150, handshake: 150, session: 4_000, pause: 20 };

async function started(behaviour: MxBehaviour, tls = { cert, key }): Promise<MxServer> {
  const server = await startMxServer({ behaviour, tls });
  servers.push(server);
  return server;
}

interface Given {
  readonly deadline?: Deadline;
  readonly bounds?: SmtpBounds;
  readonly proxyPort?: number;
}

function probe(port: number, { deadline, bounds = QUICK, proxyPort }: Given = {}): Promise<SmtpSession> {
  const proxy = proxyPort
    ? { kind: "socks5" as const, host: "127.0.0.1", port: proxyPort, username: "", password: "" }
    : undefined;
  return probeAddress(
    { purpose: "mx", name: "mx.example.com", address: "127.0.0.1", port },
    { route: { allowPrivate: true, proxy }, anchors, deadline: deadline ?? createDeadline(5_000), bounds },
  );
}

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  return { value: await work, ms: performance.now() - start };
}

test("a good server: TLS, the chain as presented, QUIT, and never MAIL", async () => {
  const server = await started("good");
  const session = await probe(server.port);
  expect(session).toMatchObject({ kind: "tls", protocol: "TLSv1.3", trust: { kind: "trusted" } });
  expect(session).toHaveProperty("chain.0.dnsIds", ["mx.example.com"]);
  expect(session).toHaveProperty("chain.1.subject", "CN=Mail Intermediate");
  await expect.poll(() => server.sessions).toEqual([["EHLO [127.0.0.1]", "STARTTLS", "QUIT"]]);
  expect(server.serverNames).toEqual(["mx.example.com"]);
  expect(server.earlyTalk).toEqual([]);
});

describe("a certificate that a sender refuses is seen all the same", () => {
  const DAY = 86_400_000;
  const dates = { notBefore: new Date(Date.now() - 30 * DAY), notAfter: new Date(Date.now() - DAY) };
  test("expired", async () => {
    const { chainPem, keyPem } = authority.issue({ names: ["mx.example.com"], ...dates });
    const session = await probe((await started("good", { cert: chainPem, key: keyPem })).port);
    expect(session).toMatchObject({ kind: "tls", trust: { kind: "untrusted", x509Error: "CERT_HAS_EXPIRED" } });
  });

  test("CN only", async () => {
    const { chainPem, keyPem } = authority.issue({ names: [], commonName: "mx.example.com" });
    const session = await probe((await started("good", { cert: chainPem, key: keyPem })).port);
    expect(session).toMatchObject({ kind: "tls", trust: { kind: "trusted" }, chain: [{ dnsIds: [] }, {}] });
  });

  test("TLS 1.1 is TLS, and named", async () => {
    expect(await probe((await started("tls-1.1-only")).port)).toMatchObject({ kind: "tls", protocol: "TLSv1.1" });
  });
});

describe("each way a server can say something else", () => {
  const reply = (code: number) => ({ reply: expect.objectContaining({ code }) });
  test.each<[MxBehaviour, object]>([
    ["tls-1.2-only", { kind: "tls", protocol: "TLSv1.2" }],
    ["no-starttls", { kind: "no-starttls", capabilities: ["SIZE 52428800", "8BITMIME"] }],
    ["ehlo-500", { kind: "no-starttls", capabilities: [] }],
    ["starttls-454", { kind: "starttls-refused", ...reply(454) }],
    ["starttls-501", { kind: "starttls-refused", ...reply(501) }],
    ["starttls-502", { kind: "starttls-refused", ...reply(502) }],
    ["starttls-then-plaintext", { kind: "protocol-violation" }],
    ["starttls-close", { kind: "starttls-refused", reply: null }],
    ["handshake-alert", { kind: "handshake-failed", detail: "SSL alert number 40" }],
    ["handshake-plaintext", { kind: "handshake-failed", detail: "wrong version number" }],
    ["handshake-reset", { kind: "unreachable", step: "handshake", reason: "connection reset" }],
    ["greets-554", { kind: "turned-away", ...reply(554) }],
    ["greets-421", { kind: "turned-away", ...reply(421) }],
    ["greets-http", { kind: "protocol-violation" }],
    ["ehlo-421", { kind: "turned-away", ...reply(421) }],
    ["closes-at-greeting", { kind: "unreachable", step: "greeting", reason: "connection closed" }],
    ["resets-at-greeting", { kind: "unreachable", step: "greeting", reason: "ECONNRESET" }],
    ["closes-at-ehlo", { kind: "unreachable", step: "ehlo", reason: "connection closed" }],
    ["mixed-codes", { kind: "protocol-violation" }],
    ["endless-reply", { kind: "protocol-violation" }],
  ])("%s", async (behaviour, session) => {
    const server = await started(behaviour);
    expect(await probe(server.port)).toMatchObject(session);
    // Where the server sees no TLS, it takes a ClientHello for talk.
    if (!behaviour.startsWith("handshake")) expect(server.earlyTalk).toEqual([]);
    for (const lines of server.sessions)
      expect(lines.slice(0, 2).join()).toMatch(
        /^(EHLO \[127\.0\.0\.1\](,STARTTLS|,HELO \[127\.0\.0\.1\]|,QUIT)?|QUIT)?$/,
      );
  });

  test("alert 80 is the server's trouble of the moment", async () => {
    const script = scripted(["250-mx\r\n250 STARTTLS\r\n", "220 go\r\n", Uint8Array.of(0x15, 3, 3, 0, 2, 2, 80)]);
    const session = await probe((await script).port);
    expect(session).toEqual({ kind: "unreachable", step: "handshake", reason: "SSL alert number 80" });
  });

  test("one octet after the greeting is out of step", async () => {
    const session = await probe((await scripted([], "220 mx\r\n2")).port);
    expect(session).toMatchObject({ kind: "protocol-violation" });
  });
});

/** Greets, and answers whatever comes next with the next answer. */
async function scripted(answers: readonly (string | Uint8Array)[], greeting = "220 mx ESMTP\r\n"): Promise<TestHost> {
  const host = await startTcpHost((socket) => {
    const left = [...answers];
    socket.write(greeting);
    socket.on("data", () => {
      const next = left.shift();
      if (next !== undefined) socket.write(next);
    });
  });
  servers.push(host);
  return host;
}

describe("time", () => {
  test.each<[MxBehaviour, string]>([
    ["silent", "greeting"],
    ["drip", "greeting"],
    ["starttls-stall", "starttls"],
    ["handshake-stall", "handshake"],
  ])("%s runs out at %s, within its bound", async (behaviour, step) => {
    const server = await started(behaviour);
    const { value, ms } = await timed(probe(server.port));
    expect(value).toEqual({ kind: "unreachable", step, reason: "timed out" });
    expect(ms).toBeGreaterThan(140);
    expect(ms).toBeLessThan(1_500);
  });

  test("the session has a bound of its own, and says where it was", async () => {
    const server = await started("silent");
    const { value, ms } = await timed(probe(server.port, { bounds: { ...QUICK, greeting: 5_000, session: 100 } }));
    expect(value).toEqual({ kind: "unreachable", step: "greeting", reason: "timed out" });
    expect(ms).toBeLessThan(1_500);
  });

  test("the run's deadline is no fault of the server", async () => {
    const server = await started("silent");
    const { value, ms } = await timed(probe(server.port, { deadline: createDeadline(60) }));
    expect(value).toEqual({ kind: "unobserved", because: "deadline" });
    expect(ms).toBeLessThan(1_500);
  });

  test("stalling after TLS costs nothing", async () => {
    const { value, ms } = await timed(probe((await started("stalls-after-tls")).port));
    expect(value).toMatchObject({ kind: "tls" });
    expect(ms).toBeLessThan(1_500); // QUIT gets 2 s to leave, and nobody waits
  });
});

describe("once more", () => {
  test("after a 421 greeting", async () => {
    const server = await started("greets-421-once");
    expect(await probe(server.port)).toMatchObject({ kind: "tls" });
    expect(server.sessions).toHaveLength(2);
  });

  test("after a refused connect, and no more than once", async () => {
    const host = await startTcpHost(() => {});
    await host.close();
    const { value, ms } = await timed(probe(host.port));
    expect(value).toEqual({ kind: "unreachable", step: "connect", reason: "ECONNREFUSED" });
    expect(ms).toBeGreaterThanOrEqual(QUICK.pause - 2);
  });

  test("not after 421 to EHLO, nor after 554", async () => {
    for (const behaviour of ["ehlo-421", "greets-554"] as const) {
      const server = await started(behaviour);
      await probe(server.port);
      expect(server.sessions).toHaveLength(1);
    }
  });
});

describe("through a proxy", () => {
  const proxy = async (afterwards: (socket: Socket) => void) => {
    const host = await startTcpHost((socket) => {
      socket.once("data", () => {
        socket.write(Uint8Array.of(5, 0));
        socket.once("data", () => {
          socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          afterwards(socket);
        });
      });
    });
    servers.push(host);
    return host.port;
  };

  test.each<[string, (socket: Socket) => void, string]>([
    ["ends, as ssh -D does for what it cannot reach", (socket) => void socket.end(), "unreachable"],
    ["stays silent", () => {}, "timed-out"],
  ])("what then %s was not observed", async (_, afterwards, because) => {
    const session = await probe(25, { proxyPort: await proxy(afterwards) });
    expect(session).toMatchObject({ kind: "unobserved", because });
  });

  test("a server that spoke is observed", async () => {
    const server = await started("closes-at-ehlo");
    const port = await proxy((socket) => server.accept(socket));
    expect(await probe(25, { proxyPort: port })).toMatchObject({ kind: "unreachable", step: "ehlo" });
  });

  test("a good server is as good as without", async () => {
    const server = await started("good");
    const port = await proxy((socket) => server.accept(socket));
    expect(await probe(25, { proxyPort: port })).toMatchObject({ kind: "tls", trust: { kind: "trusted" } });
  });
});

test("an address that may not be contacted", async () => {
  const server = await started("good");
  const session = await probeAddress(
    { purpose: "mx", name: "mx.example.com", address: "127.0.0.1", port: server.port },
    { route: { allowPrivate: false, proxy: undefined }, anchors, deadline: createDeadline(1_000), bounds: QUICK },
  );
  expect(session).toEqual({ kind: "unobserved", because: "not-global", detail: "refused: not globally routable" });
  expect(server.sessions).toEqual([]);
});
