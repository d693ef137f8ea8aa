import type { TLSSocket } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { type CertificateRequest, createAuthority } from "../../src/demo/authority.ts";
import type { PolicyFetch } from "../../src/evidence.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import type { Route } from "../../src/world/dial.ts";
import { fetchPolicyFrom } from "../../src/world/policy-client.ts";
import { createTrustAnchors } from "../../src/world/trust-anchors.ts";
import { startTcpHost, startTlsHost, type TestHost } from "./tls-host.ts";

const HOST = "mta-sts.example.com" as DomainName;
const POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n";
const authority = createAuthority("Web");
const stranger = createAuthority("Stranger");
const anchors = createTrustAnchors(authority.rootPem);
const { chainPem: cert, keyPem: key } = authority.issue({ names: [HOST] });
const hosts: TestHost[] = [];
afterAll(() => Promise.all(hosts.map((host) => host.close())));

async function keep(starting: Promise<TestHost>): Promise<TestHost> {
  const host = await starting;
  hosts.push(host);
  return host;
}

const DIRECT: Route = { allowPrivate: true, proxy: undefined };

function fetchFrom(host: TestHost, milliseconds = 2_000, route = DIRECT): Promise<PolicyFetch> {
  const target = { policyHost: HOST, address: "127.0.0.1", port: host.port };
  return fetchPolicyFrom(target, { route, anchors, deadline: createDeadline(10_000), milliseconds });
}

const serving = (serve: (socket: TLSSocket) => void) => keep(startTlsHost({ cert, key }, serve));
const answering = (...parts: (string | Buffer)[]) =>
  serving((socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  });
const http = (head: string, body = "") => `HTTP/1.1 ${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

const CHUNKED = "transfer-encoding: chunked\r\n\r\n4\r\nvers\r\n3\r\nion\r\n0\r\n\r\n";

test("a policy: one request, as RFC 8461 §3.3 has it", async () => {
  const host = await answering(http("200 OK\r\ncontent-type: text/plain", POLICY));
  expect(await fetchFrom(host)).toEqual({
    kind: "response",
    address: "127.0.0.1",
    response: {
      status: 200,
      contentType: "text/plain",
      contentEncoding: null,
      location: null,
      body: { encoding: "utf-8", data: POLICY },
      truncated: false,
      elapsed: expect.any(Number),
      chain: [expect.objectContaining({ dnsIds: [HOST] }), expect.objectContaining({ subject: "CN=Web Intermediate" })],
    },
  });
  expect(host.requests).toEqual([
    expect.stringMatching(/^GET \/\.well-known\/mta-sts\.txt HTTP\/1\.1\r\nhost: mta-sts\.example\.com\r\n/i),
  ]);
  expect(host.requests[0]).toMatch(/\r\nuser-agent: mta-sts-gate\r\n/i);
  expect(host.requests[0]).toMatch(/\r\naccept-encoding: identity\r\n/i);
  expect([host.connections(), host.serverNames]).toEqual([1, [HOST]]);
});

describe("a host that a sender would not ask is not asked", () => {
  const DAY = 86_400_000;
  const dates = { notBefore: new Date(Date.now() - 30 * DAY), notAfter: new Date(Date.now() - DAY) };
  test.each<[string, Partial<CertificateRequest>, object, boolean, typeof authority]>([
    ["expired", dates, { kind: "untrusted", x509Error: "CERT_HAS_EXPIRED" }, true, authority],
    ["self-signed", { by: "self" }, { kind: "untrusted", x509Error: "DEPTH_ZERO_SELF_SIGNED_CERT" }, true, authority],
    ["of another root", {}, { kind: "untrusted", missingIssuer: "CN=Stranger Root" }, true, stranger],
    ["for another name", { names: ["example.com"] }, { kind: "trusted" }, false, authority],
    ["with the name as CN alone", { names: [], commonName: HOST }, { kind: "trusted" }, false, authority],
    ["with a partial wildcard", { names: ["mta*.example.com"] }, { kind: "trusted" }, false, authority],
    ["with a wildcard too high", { names: ["*.com"] }, { kind: "trusted" }, false, authority],
  ])("certificate %s", async (_, request, trust, names, by) => {
    const issued = by.issue({ names: [HOST], ...request });
    const host = await keep(startTlsHost({ cert: issued.chainPem, key: issued.keyPem }));
    const fetched = await fetchFrom(host);
    expect(fetched).toMatchObject({ kind: "untrusted", address: "127.0.0.1", trust, names });
    expect(fetched).toHaveProperty("chain.0.sha256");
    expect(host.requests.join("")).toBe("");
  });

  test("a wildcard as the whole first label is fine", async () => {
    const issued = authority.issue({ names: ["*.example.com"] });
    const serve = (socket: TLSSocket) => void socket.end(http("200 OK", POLICY));
    const host = await keep(startTlsHost({ cert: issued.chainPem, key: issued.keyPem }, serve));
    expect(await fetchFrom(host)).toMatchObject({ kind: "response", response: { status: 200 } });
  });

  test("TLS 1.1 only", async () => {
    const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;
    const host = await keep(startTlsHost({ cert, key, ...old }));
    expect(await fetchFrom(host)).toMatchObject({
      kind: "failed",
      reason: "the host speaks nothing newer than TLSv1.1",
    });
    expect(host.requests.join("")).toBe("");
  });
});

describe("what is no 200 is kept as it is", () => {
  test.each([301, 302, 303, 307, 308])("%i is not followed", async (status) => {
    const host = await answering(http(`${status} Moved\r\nlocation: https://${HOST}/elsewhere`, "see there"));
    expect(await fetchFrom(host)).toMatchObject({
      kind: "response",
      response: { status, location: `https://${HOST}/elsewhere`, body: { data: "" } },
    });
    expect(host.connections()).toBe(1);
  });

  test.each([204, 404, 503])("%i", async (status) => {
    const host = await answering(`HTTP/1.1 ${status} x\r\n\r\n`);
    expect(await fetchFrom(host)).toMatchObject({ kind: "response", response: { status } });
  });

  test("a 404 whose body never ends", async () => {
    const host = await serving((socket) => void socket.write("HTTP/1.1 404 x\r\ncontent-length: 9\r\n\r\n"));
    expect(await fetchFrom(host)).toMatchObject({ kind: "response", response: { status: 404 } });
  });
});

describe("the body", () => {
  test("a content coding is named and not undone", async () => {
    const packed = gzipSync(POLICY);
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`;
    expect(await fetchFrom(await answering(head, packed))).toMatchObject({
      kind: "response",
      response: { contentEncoding: "gzip", body: { encoding: "base64", data: packed.toString("base64") } },
    });
  });

  test.each([
    [65_535, false],
    [65_536, false],
    [65_537, true],
    [500_000, true],
  ])("of %i octets", async (length, truncated) => {
    const fetched = await fetchFrom(await answering(http("200 OK", "x".repeat(length))));
    expect(fetched).toMatchObject({ kind: "response", response: { truncated } });
    expect(fetched).toHaveProperty("response.body.data.length", Math.min(length, 65_536));
  });

  test("that never ends is cut", async () => {
    const host = await serving((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const more = () => {
        while (!socket.destroyed && socket.write("x".repeat(16_384)));
        if (!socket.destroyed) socket.once("drain", more);
      };
      more();
    });
    expect(await fetchFrom(host)).toMatchObject({ kind: "response", response: { truncated: true } });
  });

  test("in chunks, and one without a length", async () => {
    for (const text of [
      `HTTP/1.1 200 OK\r\n${CHUNKED}`,
      "HTTP/1.1 200 OK\r\n\r\nversion",
      "HTTP/1.0 200 OK\r\n\r\nversion",
    ])
      expect(await fetchFrom(await answering(text))).toHaveProperty("response.body.data", "version");
  });

  test("a thousand header fields and more", async () => {
    const fields = Array.from({ length: 1_100 }, (_, at) => `x-${at}: 1`).join("\r\n");
    expect(await fetchFrom(await answering(http(`200 OK\r\n${fields}`, POLICY)))).toMatchObject({
      kind: "failed",
      reason: "more than 1000 header fields",
    });
  });

  test("two Content-Types are both told", async () => {
    const head = "200 OK\r\ncontent-type: text/plain\r\ncontent-type: text/html";
    expect(await fetchFrom(await answering(http(head, POLICY)))).toHaveProperty(
      "response.contentType",
      "text/plain, text/html",
    );
  });
});

describe("what is no answer failed, in our own words", () => {
  test.each([
    ["a short body", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nversion", /ended the connection|not as long/],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 7\r\ncontent-length: 8\r\n\r\nversion", /length|no HTTP/i],
    [
      "two lengths that read as one",
      `HTTP/1.1 200 OK\r\ncontent-length: 0\r\ncontent-length: 7\r\n\r\nversion`,
      /length|no HTTP/i,
    ],
    ["a length and chunks", `HTTP/1.1 200 OK\r\ncontent-length: 7\r\n${CHUNKED}`, /length|no HTTP/i],
    ["a negative length", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", /no HTTP$/],
    ["a bad chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", /no HTTP$/],
    ["a NUL in a header", "HTTP/1.1 200 OK\r\nx: \0\r\n\r\n", /no HTTP$/],
    ["ICY", "ICY 200 OK\r\n\r\n", /no HTTP$/],
    ["HTML alone", "<html>", /no HTTP$/],
    ["nothing", "", /ended the connection/],
    ["headers over 16 KiB", `HTTP/1.1 200 OK\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, /longer than 16 KiB/],
    ["eleven informational responses", "HTTP/1.1 103 x\r\n\r\n".repeat(11), /more than 10 informational/],
  ])("%s", async (_, text, reason) => {
    const fetched = await fetchFrom(await answering(text));
    expect(fetched).toEqual({ kind: "failed", address: "127.0.0.1", reason: expect.stringMatching(reason) });
  });

  test("ten informational responses are borne", async () => {
    const host = await answering("HTTP/1.1 103 x\r\n\r\n".repeat(10) + http("200 OK", POLICY));
    expect(await fetchFrom(host)).toMatchObject({ kind: "response", response: { status: 200 } });
  });

  test("a reset", async () => {
    const host = await serving((socket) => void socket.destroy());
    expect(await fetchFrom(host)).toMatchObject({
      kind: "failed",
      reason: expect.stringMatching(/before the whole answer/),
    });
  });

  test("plain HTTP on the port of HTTPS", async () => {
    const plain = await keep(
      startTcpHost((socket) => void socket.once("data", () => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))),
    );
    expect(await fetchFrom(plain)).toEqual({
      kind: "failed",
      address: "127.0.0.1",
      reason: "the TLS handshake failed (wrong version number)",
    });
  });

  test("an alert, HTTP/2 alone, a reset in the handshake, a closed port", async () => {
    const alert = await keep(
      startTcpHost((socket) => void socket.once("data", () => socket.end(Uint8Array.of(0x15, 3, 3, 0, 2, 2, 112)))),
    );
    expect(await fetchFrom(alert)).toMatchObject({ reason: "the TLS handshake failed (SSL alert number 112)" });
    const modern = await keep(startTlsHost({ cert, key, ALPNProtocols: ["h2"] }));
    expect(await fetchFrom(modern)).toMatchObject({ reason: "the TLS handshake failed (SSL alert number 120)" });
    const reset = await keep(startTcpHost((socket) => void socket.once("data", () => socket.resetAndDestroy())));
    expect(await fetchFrom(reset)).toMatchObject({ kind: "failed", reason: /handshake/ });
    await reset.close();
    expect(await fetchFrom(reset)).toMatchObject({ reason: "the host refused the connection (ECONNREFUSED)" });
  });
});

describe("time is not the far end's fault", () => {
  const timedOut = { kind: "unobserved", address: "127.0.0.1", because: "timed-out" };
  test.each<[string, () => Promise<TestHost>]>([
    ["no handshake", () => keep(startTcpHost(() => {}))],
    ["no answer", () => serving(() => {})],
    [
      "half an answer",
      () => serving((socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nvers")),
    ],
    [
      "an answer that drips",
      () =>
        serving((socket) => {
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n");
          const timer = setInterval(() => socket.write("x"), 10);
          socket.once("close", () => clearInterval(timer));
        }),
    ],
  ])("%s", async (_, start) => {
    const host = await start();
    const begun = performance.now();
    expect(await fetchFrom(host, 120)).toEqual(timedOut);
    expect(performance.now() - begun).toBeLessThan(1_500);
  });

  test("nor is the run's own deadline", async () => {
    const host = await serving(() => {});
    const target = { policyHost: HOST, address: "127.0.0.1", port: host.port };
    const way = { route: DIRECT, anchors, deadline: createDeadline(60), milliseconds: 5_000 };
    expect(await fetchPolicyFrom(target, way)).toEqual({ ...timedOut, because: "deadline" });
  });

  test("slow is told in milliseconds", async () => {
    const host = await serving((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nvers");
      setTimeout(() => socket.end("ion"), 100);
    });
    const fetched = await fetchFrom(host);
    const elapsed = fetched.kind === "response" ? fetched.response.elapsed : 0;
    expect(elapsed).toBeGreaterThanOrEqual(95);
    expect(elapsed).toBeLessThan(1_000);
  });
});

describe("vetting and the proxy", () => {
  test("a private address is not contacted", async () => {
    const host = await serving(() => {});
    const fetched = await fetchFrom(host, 500, { allowPrivate: false, proxy: undefined });
    expect(fetched).toMatchObject({ kind: "unobserved", because: "not-global" });
    expect(host.connections()).toBe(0);
  });

  test("a connection cut behind the proxy says nothing of the host", async () => {
    const proxy = await keep(
      startTcpHost((socket) => {
        socket.once("data", () => {
          socket.write(Uint8Array.of(5, 0));
          socket.once("data", () => socket.end(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0)));
        });
      }),
    );
    const route = {
      allowPrivate: true,
      proxy: { kind: "socks5" as const, host: "127.0.0.1", port: proxy.port, username: "", password: "" },
    };
    expect(await fetchFrom(proxy, 500, route)).toMatchObject({ kind: "unobserved", because: "unreachable" });
  });
});
