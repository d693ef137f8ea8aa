import { once } from "node:events";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { httpConnect } from "../../src/world/http-connect.ts";
import { incoming } from "../../src/world/incoming.ts";
import { startTcpHost } from "./tls-host.ts";

const TARGET = { address: "198.51.100.7", port: 25 };
const NOBODY = { username: "", password: "" };
const closing: (() => unknown)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

async function speak(socket: Socket, pieces: readonly (string | Uint8Array)[]): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  socket.end();
}

/** One request to a proxy that answers with `pieces`, and what it was sent. */
async function deal(pieces: readonly (string | Uint8Array)[], credentials = NOBODY, target = TARGET) {
  let request = "";
  const host = await startTcpHost((socket: Socket) => {
    socket.once("data", (octets) => {
      request = octets.toString("latin1");
      void speak(socket, pieces);
    });
  });
  closing.push(host.close);
  const socket = connect(host.port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  const outcome = await httpConnect(socket, target, credentials);
  return { outcome, request, socket };
}

const OK = "HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n";

test("asks for the address, and leaves what the far end says in the socket", async () => {
  const { outcome, request, socket } = await deal([`${OK}220 mx.example ESMTP\r\n`]);
  expect(outcome).toEqual({ kind: "connected" });
  expect(request).toBe("CONNECT 198.51.100.7:25 HTTP/1.1\r\nHost: 198.51.100.7:25\r\n\r\n");
  const greeting = await incoming(socket);
  expect(greeting.kind === "octets" && greeting.octets.toString()).toBe("220 mx.example ESMTP\r\n");
});

test("an IPv6 address is in brackets", async () => {
  const { request } = await deal([OK], NOBODY, { address: "2001:db8::1", port: 443 });
  expect(request).toMatch(/^CONNECT \[2001:db8::1\]:443 HTTP\/1\.1\r\nHost: \[2001:db8::1\]:443\r\n/);
});

test("credentials as RFC 7617 has them, and only where there are any", async () => {
  const { outcome, request } = await deal([OK], { username: "ann", password: "s3crét" });
  expect(outcome).toEqual({ kind: "connected" });
  expect(request).toContain(`\r\nProxy-Authorization: Basic ${Buffer.from("ann:s3crét").toString("base64")}\r\n`);
});

test.each([
  ["in pieces", ["HTTP/1.1 2", "00 OK\r", "\n\r", "\n"]],
  ["another 2xx", ["HTTP/1.0 204 x\r\n\r\n"]],
  ["without a reason", ["HTTP/1.1 200\r\n\r\n"]],
  ["after informational ones", ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n", OK]],
])("an answer %s is a way", async (_, pieces) => {
  expect((await deal(pieces)).outcome).toEqual({ kind: "connected" });
});

describe("no way", () => {
  test.each([
    [403, "unreachable", "rules do not allow"],
    [407, "unreachable", "refused the user name and password"],
    [502, "unreachable", "could not reach the far end (502)"],
    [503, "unreachable", "could not reach the far end (503)"],
    [504, "timed-out", "did not answer the proxy in time"],
    [301, "unreachable", "HTTP status 301"],
    [500, "unreachable", "HTTP status 500"],
  ])("status %d", async (status, because, words) => {
    const hostile = `HTTP/1.1 ${status} ::error::x\r\nLocation: http://evil.example/\r\n\r\n<body>`;
    const { outcome } = await deal([hostile], { username: "ann", password: "s3cret" });
    expect(outcome).toEqual({ kind: "failed", because, detail: expect.stringContaining(words) });
    expect(JSON.stringify(outcome)).not.toMatch(/error::|evil|body|ann|s3cret/);
  });

  test.each<[string, readonly (string | Uint8Array)[], RegExp]>([
    ["the end", [], /closed the connection/],
    ["half a head", ["HTTP/1.1 200 OK\r\nVia: x"], /closed the connection/],
    ["SOCKS", [Uint8Array.of(5, 0, 13, 10, 13, 10)], /does not speak HTTP/],
    ["HTTP/2", ["HTTP/2.0 200 OK\r\n\r\n"], /does not speak HTTP/],
    ["SMTP", ["220 mx\r\n\r\n"], /does not speak HTTP/],
    ["a flood of informational heads", ["HTTP/1.1 100 Continue\r\n\r\n".repeat(20)], /come to an answer/],
    ["an endless head", [`HTTP/1.1 200 OK\r\nX: ${"x".repeat(20_000)}`], /longer than 16 KiB/],
  ])("%s", async (_, pieces, words) => {
    expect((await deal(pieces)).outcome).toMatchObject({ kind: "failed", detail: expect.stringMatching(words) });
  });
});

test("whatever comes, it is an answer of ours", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (octets) => {
      const { outcome } = await deal([octets]);
      expect(["failed", "connected"]).toContain(outcome.kind);
    }),
    { numRuns: 25 },
  );
});
