import { connect } from "node:net";
import type { TlsOptions } from "node:tls";
import { afterAll, describe, expect, test, vi } from "vitest";
import { type CertificateRequest, createAuthority } from "../../src/demo/authority.ts";
import { type Handshake, handshake } from "../../src/world/handshake.ts";
import { createTrustAnchors } from "../../src/world/trust-anchors.ts";
import { startTcpHost, startTlsHost, type TestHost } from "./tls-host.ts";

const DAY = 86_400_000;
const authority = createAuthority("Good");
const stranger = createAuthority("Stranger");
const anchors = createTrustAnchors(authority.rootPem);
const hosts: TestHost[] = [];
afterAll(() => Promise.all(hosts.map((host) => host.close())));

async function shake(host: TestHost, signal = AbortSignal.timeout(2_000)): Promise<Handshake> {
  hosts.push(host);
  const socket = connect(host.port, "127.0.0.1").on("error", () => undefined);
  const outcome = await handshake(socket, { servername: "mx.example.com", anchors, signal });
  if (outcome.kind === "done") outcome.secured.end();
  return outcome;
}

const shakeWith = async (options: TlsOptions) => shake(await startTlsHost(options));
const issue = (request: Partial<CertificateRequest> = {}, by = authority) => {
  const { certPem, chainPem, keyPem: key } = by.issue({ names: ["mx.example.com"], ...request });
  return { certPem, chainPem, key };
};
const expired = { notBefore: new Date(Date.now() - 30 * DAY), notAfter: new Date(Date.now() - DAY) };
const untrusted = (x509Error: string, missingIssuer?: string) => ({
  kind: "done",
  trust: { kind: "untrusted", x509Error, ...(missingIssuer ? { missingIssuer } : {}) },
});

describe("a good chain", () => {
  test("is trusted and comes as presented", async () => {
    const { chainPem: cert, key } = issue();
    const host = await startTlsHost({ cert, key });
    const outcome = await shake(host);
    expect(outcome).toMatchObject({ kind: "done", protocol: "TLSv1.3", trust: { kind: "trusted" } });
    const chain = outcome.kind === "done" ? outcome.chain : [];
    expect(chain.map(({ subject }) => subject)).toEqual(["CN=mx.example.com", "CN=Good Intermediate"]);
    expect(chain[0]).toMatchObject({ dnsIds: ["mx.example.com"], issuer: "CN=Good Intermediate" });
    expect(chain[0]?.notAfter).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(chain[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    await vi.waitFor(() => expect(host.serverNames).toEqual(["mx.example.com"])); // RFC 8461 §7.1
  });

  test.each(["TLSv1.1", "TLSv1.2", "TLSv1.3"] as const)("says %s where that is spoken", async (version) => {
    const { chainPem: cert, key } = issue();
    const ciphers = "DEFAULT:TLS_AES_128_GCM_SHA256:@SECLEVEL=0";
    const outcome = await shakeWith({ cert, key, minVersion: version, maxVersion: version, ciphers });
    expect(outcome).toMatchObject({ kind: "done", protocol: version, trust: { kind: "trusted" } });
  });

  test("of a host that names nobody right is still a trusted chain: names are the caller's", async () => {
    const { chainPem: cert, key } = issue({ names: ["other.example.com"] });
    expect(await shakeWith({ cert, key })).toMatchObject({ kind: "done", trust: { kind: "trusted" } });
  });

  test("without subject or SAN has facts all the same", async () => {
    const { chainPem: cert, key } = issue({ names: [], commonName: "" });
    const outcome = await shakeWith({ cert, key });
    expect(outcome).toMatchObject({ kind: "done", chain: [{ dnsIds: [], subject: "" }, {}] });
  });
});

describe("the most fundamental fault is the one named", () => {
  test("expired", async () => {
    const { chainPem: cert, key } = issue(expired);
    expect(await shakeWith({ cert, key })).toMatchObject(untrusted("CERT_HAS_EXPIRED"));
  });

  test("not yet valid", async () => {
    const { chainPem: cert, key } = issue({ notBefore: new Date(Date.now() + DAY) });
    expect(await shakeWith({ cert, key })).toMatchObject(untrusted("CERT_NOT_YET_VALID"));
  });

  test("self-signed, expired or not", async () => {
    for (const dates of [{}, expired]) {
      const { certPem: cert, key } = issue({ by: "self", ...dates });
      const outcome = await shakeWith({ cert, key });
      expect(outcome).toMatchObject(untrusted("DEPTH_ZERO_SELF_SIGNED_CERT"));
      expect(outcome).not.toHaveProperty("trust.missingIssuer");
    }
  });

  test("a missing intermediate, expired or not", async () => {
    for (const dates of [{}, expired]) {
      const { certPem: cert, key } = issue(dates);
      expect(await shakeWith({ cert, key })).toMatchObject(
        untrusted("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "CN=Good Intermediate"),
      );
    }
  });

  test("an unknown root that was not sent, expired or not", async () => {
    for (const dates of [{}, expired]) {
      const { chainPem: cert, key } = issue(dates, stranger);
      const { trust } = (await shakeWith({ cert, key })) as Extract<Handshake, { kind: "done" }>;
      expect(trust).toMatchObject({ kind: "untrusted", missingIssuer: "CN=Stranger Root" });
      expect(trust).toHaveProperty("x509Error", expect.stringMatching(/^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/));
    }
  });

  test("an unknown root that was sent", async () => {
    const { chainPem, key } = issue({}, stranger);
    const outcome = await shakeWith({ cert: chainPem + stranger.rootPem, key });
    expect(outcome).toMatchObject(untrusted("SELF_SIGNED_CERT_IN_CHAIN"));
    expect(outcome).not.toHaveProperty("trust.missingIssuer");
  });

  test("RSA of 1,024 bits", async () => {
    const { chainPem: cert, key } = issue({ key: "rsa-1024" });
    const ciphers = "DEFAULT:@SECLEVEL=0";
    expect(await shakeWith({ cert, key, ciphers })).toMatchObject(untrusted("EE_KEY_TOO_SMALL"));
  });

  test("the right intermediate after certificates that do not belong there", async () => {
    const { certPem, key } = issue();
    const cert = certPem + stranger.intermediatePem + stranger.rootPem + authority.intermediatePem;
    expect(await shakeWith({ cert, key })).toMatchObject({ kind: "done", trust: { kind: "trusted" } });
  });
});

describe("no handshake", () => {
  const alert = (number: number) => Uint8Array.of(0x15, 3, 3, 0, 2, 2, number);
  const afterHello = (octets: Uint8Array | string) =>
    startTcpHost((socket) => void socket.once("data", () => socket.end(octets)));

  test.each([40, 70, 80, 112])("alert %i keeps its number and nothing else", async (number) => {
    const outcome = await shake(await afterHello(alert(number)));
    expect(outcome).toEqual({ kind: "failed", detail: `SSL alert number ${number}` });
  });

  test("plain text instead of TLS", async () => {
    expect(await shake(await afterHello("500 what?\r\n"))).toEqual({ kind: "failed", detail: "wrong version number" });
  });

  test("a version that nobody speaks", async () => {
    const { chainPem: cert, key } = issue();
    const outcome = await shakeWith({ cert, key, ciphers: "aNULL:@SECLEVEL=0", maxVersion: "TLSv1.2" });
    expect(outcome).toEqual({ kind: "failed", detail: "SSL alert number 40" });
  });

  test("reset and end are cuts", async () => {
    const reset = await startTcpHost((socket) => void socket.once("data", () => socket.resetAndDestroy()));
    expect(await shake(reset)).toEqual({ kind: "cut", detail: "connection reset" });
    expect(await shake(await afterHello(""))).toMatchObject({ kind: "cut" });
  });

  test("a stall ends with the signal", async () => {
    const start = performance.now();
    const outcome = await shake(await startTcpHost(() => {}), AbortSignal.timeout(50));
    expect(outcome).toEqual({ kind: "cut", detail: "timed out" });
    expect(performance.now() - start).toBeLessThan(500);
  });

  test("a signal that is aborted already", async () => {
    expect(await shake(await startTcpHost(() => {}), AbortSignal.abort())).toMatchObject({ kind: "cut" });
  });
});
