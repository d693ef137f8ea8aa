import { createSocket, type Socket as UdpSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { decode, encode } from "dns-packet";
import { afterAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { type MxBehaviour, type MxServer, startMxServer } from "../../src/demo/mx-server.ts";
import { OptionError } from "../../src/errors.ts";
import { parseOptions } from "../../src/options.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import type { Network } from "../../src/world.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createNetwork } from "../../src/world/internet.ts";
import type { NetworkLimits } from "../../src/world/network-limits.ts";
import { startTcpHost, startTlsHost, type TestHost } from "./tls-host.ts";

const MX = "mx.example.com" as DomainName;
const POLICY_HOST = "mta-sts.example.com" as DomainName;
const LOOPBACK = "127.0.0.1";
const authority = createAuthority("Net");
const { chainPem: cert, keyPem: key } = authority.issue({ names: [MX, POLICY_HOST] });
const closing: (() => unknown)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

async function mxServer(behaviour: MxBehaviour = "good"): Promise<MxServer> {
  const server = await startMxServer({ behaviour, tls: { cert, key } });
  closing.push(server.close);
  return server;
}

async function policyHost(): Promise<TestHost> {
  const host = await startTlsHost(
    { cert, key },
    (socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\nversion: STSv1\n"),
  );
  closing.push(host.close);
  return host;
}

async function dnsServer(): Promise<number> {
  const socket: UdpSocket = createSocket("udp4");
  socket.on("message", (bytes, { port, address }) => {
    const { id, questions } = decode(bytes);
    const answers = [{ type: "TXT", name: questions[0]?.name ?? "", ttl: 60, data: "v=STSv1; id=1" }];
    socket.send(encode({ type: "response", id, questions, answers }), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, LOOPBACK, resolve));
  closing.push(() => socket.close());
  return (socket.address() as AddressInfo).port;
}

const BOUNDS = { connect: 200, greeting: 300, reply: 300, handshake: 300, session: 600, pause: 10 };

interface Given {
  readonly options?: Readonly<Record<string, string>>;
  readonly smtp?: number;
  readonly https?: number;
  readonly limits?: Partial<NetworkLimits>;
  readonly ms?: number;
}

function network({ options = {}, smtp = 25, https = 443, limits = {}, ms = 5_000 }: Given): Network {
  return createNetwork({
    options: parseOptions({ resolver: "127.0.0.1:9", "allow-private-networks": "true", "ca-file": "x", ...options }),
    caText: authority.rootPem,
    deadline: createDeadline(ms),
    limits: { smtp: BOUNDS, fetchMilliseconds: 500, ports: { smtp, https }, ...limits },
  });
}

test("before anything is asked", () => {
  const { vantage, contacts } = network({});
  expect(contacts()).toEqual([]);
  expect(vantage()).toEqual({
    port25: "not-asked",
    ipv6: "not-asked",
    resolver: "127.0.0.1:9",
    proxy: null,
    trustAnchors: `Mozilla roots of Node ${process.versions.node} and 1 from ca-file`,
    privateNetworks: "allowed",
  });
});

test("questions, a fetch and a probe: each contact once", async () => {
  const [dns, web, mail] = [await dnsServer(), await policyHost(), await mxServer()];
  const net = network({ options: { resolver: `127.0.0.1:${dns}` }, smtp: mail.port, https: web.port });
  expect(await net.txt("_mta-sts.example.com")).toMatchObject({
    kind: "observed",
    value: { kind: "records", records: ["v=STSv1; id=1"] },
  });
  await net.txt("_smtp._tls.example.com");
  expect(await net.fetchPolicy(POLICY_HOST, LOOPBACK)).toMatchObject({ kind: "response", address: LOOPBACK });
  await net.fetchPolicy(POLICY_HOST, LOOPBACK);
  const before = Date.now();
  const probed = await net.probe(MX, LOOPBACK);
  expect(probed).toMatchObject({ address: LOOPBACK, session: { kind: "tls", trust: { kind: "trusted" } } });
  expect(Math.abs(Date.parse(probed.at) - before)).toBeLessThan(1_000);
  expect(net.contacts()).toEqual([
    { purpose: "dns", name: expect.any(String), address: LOOPBACK, port: dns, bytes: expect.any(Number) },
    { purpose: "policy", name: POLICY_HOST, address: LOOPBACK, port: web.port, bytes: expect.any(Number) },
    { purpose: "mx", name: MX, address: LOOPBACK, port: mail.port, bytes: expect.any(Number) },
  ]);
  expect(net.vantage()).toMatchObject({ port25: "open", resolver: `127.0.0.1:${dns}` });
});

describe("single flight", () => {
  test("one host at one address is probed once a run, whoever asks when", async () => {
    const server = await mxServer();
    const net = network({ smtp: server.port });
    const [a, b] = await Promise.all([net.probe(MX, LOOPBACK), net.probe(MX, LOOPBACK)]);
    expect(b).toBe(a);
    expect(await net.probe(MX, LOOPBACK)).toBe(a);
    expect(server.sessions).toHaveLength(1);
    await net.probe("mx2.example.com" as DomainName, LOOPBACK);
    expect(server.sessions).toHaveLength(2);
  });

  test("a policy is fetched once by all who wait for it, and anew by who comes later", async () => {
    const host = await policyHost();
    const net = network({ https: host.port });
    await Promise.all([net.fetchPolicy(POLICY_HOST, LOOPBACK), net.fetchPolicy(POLICY_HOST, LOOPBACK)]);
    expect(host.connections()).toBe(1);
    await net.fetchPolicy(POLICY_HOST, LOOPBACK);
    expect(host.connections()).toBe(2);
  });
});

describe("caps", () => {
  const names = (count: number, domain: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => `mx${at}.${domain(at)}` as DomainName);

  /** The most connections that were open at once. Greets after a while, so that they pile up, then turns away. */
  async function crowd(hosts: readonly DomainName[], limits: Partial<NetworkLimits>, hold = 30): Promise<number> {
    let [open, most] = [0, 0];
    const host = await startTcpHost((socket) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        socket.end("554 no\r\n");
      }, hold);
    });
    closing.push(host.close);
    const net = network({ smtp: host.port, limits });
    const probes = await Promise.all(hosts.map((name) => net.probe(name, LOOPBACK)));
    expect(probes.map(({ session }) => session.kind)).toEqual(hosts.map(() => "turned-away"));
    return most;
  }

  test("by default: 64 overall, 8 for a provider", async () => {
    // Long enough for all of them to pile up on a busy machine.
    const [hold, smtp] = [400, { ...BOUNDS, connect: 8_000, greeting: 8_000, session: 9_000 }];
    const [overall, provider] = await Promise.all([
      crowd(
        names(80, (at) => `d${at}.test`),
        { smtp },
        hold,
      ),
      crowd(
        names(12, () => "provider.test"),
        { smtp },
        hold,
      ),
    ]);
    expect([overall, provider]).toEqual([64, 8]);
  });

  test("overall", async () => {
    expect(
      await crowd(
        names(12, (at) => `d${at}.test`),
        { connections: 5 },
      ),
    ).toBe(5);
  });

  test("for a provider", async () => {
    expect(
      await crowd(
        names(6, () => "provider.test"),
        { perProvider: 2 },
      ),
    ).toBe(2);
  });
});

describe("vantage", () => {
  test("a port 25 that takes nobody is blocked, whatever the reason", async () => {
    const host = await startTcpHost(() => {});
    await host.close();
    const net = network({ smtp: host.port });
    expect((await net.probe(MX, LOOPBACK)).session).toMatchObject({ kind: "unreachable", step: "connect" });
    expect(net.vantage().port25).toBe("blocked");
  });

  test("one that was accepted and then went wrong is open", async () => {
    const { port } = await mxServer("resets-at-greeting");
    const net = network({ smtp: port });
    await net.probe(MX, LOOPBACK);
    expect(net.vantage().port25).toBe("open");
  });

  test("a refused address is neither contacted nor counted", async () => {
    const server = await mxServer();
    const net = network({ smtp: server.port, https: server.port, options: { "allow-private-networks": "" } });
    expect((await net.probe(MX, LOOPBACK)).session).toMatchObject({ kind: "unobserved", because: "not-global" });
    expect(await net.fetchPolicy(POLICY_HOST, "10.0.0.1")).toMatchObject({ kind: "unobserved", because: "not-global" });
    expect([net.contacts(), server.sessions]).toEqual([[], []]);
    expect(net.vantage()).toMatchObject({ port25: "not-asked", ipv6: "not-asked", privateNetworks: "refused" });
  });

  test("IPv6 loopback, where there is one", async () => {
    const net = network({ smtp: 9 });
    const { session } = await net.probe(MX, "::1");
    expect(net.vantage().ipv6).toBe(session.kind === "unobserved" ? "none" : "open");
  });

  test("through a proxy: said with host and port, never with its password", async () => {
    const host = await startTcpHost((socket) => {
      socket.once("data", () => socket.end(Uint8Array.of(5, 0xff)));
    });
    closing.push(host.close);
    const net = network({ options: { proxy: `socks5://ann:s3cret@127.0.0.1:${host.port}` } });
    const { session } = await net.probe(MX, "198.51.100.1");
    const fetched = await net.fetchPolicy(POLICY_HOST, "198.51.100.2");
    for (const seen of [session, fetched]) expect(seen).toMatchObject({ kind: "unobserved", because: "unreachable" });
    expect(net.vantage()).toMatchObject({ port25: "proxied", proxy: `127.0.0.1:${host.port}` });
    expect(net.contacts().map(({ purpose }) => purpose)).toEqual(["proxy", "mx", "policy"]);
    expect(JSON.stringify([session, fetched, net.vantage(), net.contacts()])).not.toMatch(/ann|s3cret/);
  });
});

test("when the run's time is up, everything is unobserved at once", async () => {
  const silent = await mxServer("silent");
  const net = network({ smtp: silent.port, https: silent.port, ms: 50, limits: { connections: 1 } });
  const start = performance.now();
  const hosts = ["a.test", "b.test", "c.test"] as DomainName[];
  const probes = await Promise.all(hosts.map((host) => net.probe(host, LOOPBACK)));
  for (const { session } of probes) expect(session).toEqual({ kind: "unobserved", because: "deadline" });
  expect(await net.fetchPolicy(POLICY_HOST, LOOPBACK)).toMatchObject({ kind: "unobserved", because: "deadline" });
  expect(performance.now() - start).toBeLessThan(1_500);
});

test("a ca-file without certificates is the operator's mistake", () => {
  const deadline = createDeadline(1_000);
  const options = parseOptions({ resolver: "127.0.0.1" });
  expect(() => createNetwork({ options, caText: "none here", deadline })).toThrow(OptionError);
  deadline.close();
});
