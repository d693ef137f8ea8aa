// Port 25 that nobody gets out to, as on hosted runners (perf goal T12): it costs about one connect time-out, not one a host.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMxServer } from "../../src/demo/mx-server.ts";
import { startSocksServer } from "../../src/demo/socks-server.ts";
import { parseOptions } from "../../src/options.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createNetwork } from "../../src/world/internet.ts";
import { startBlackHole } from "./black-hole.ts";

const CONNECT = 600; // milliseconds
const BOUNDS = { connect: CONNECT, greeting: 2_000, reply: 300, handshake: 300, session: 3_000, pause: 10 };
const HOSTS = Array.from({ length: 100 }, (_, at) => at);
const closing: (() => unknown)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

let hole: number;
beforeAll(async () => {
  const { port, close } = await startBlackHole();
  closing.push(close);
  hole = port;
});

function network(smtp: number, more: Readonly<Record<string, string>> = {}) {
  const deadline = createDeadline(10_000);
  closing.push(deadline.close);
  return createNetwork({
    options: parseOptions({ resolver: "127.0.0.1:9", "allow-private-networks": "true", ...more }),
    deadline,
    limits: { smtp: BOUNDS, ports: { smtp, https: 443 } },
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe(`${HOSTS.length} hosts behind a port that drops everything`, () => {
  test.each<[string, (at: number) => string, (at: number) => number]>([
    ["of as many providers", (at) => `mx.p${at}.test`, () => 0],
    ["of one provider", (at) => `mx${at}.provider.test`, () => 0],
    ["that become known one after the other", (at) => `mx.p${at}.test`, (at) => at * 8],
  ])("%s", async (_, name, begins) => {
    const net = network(hole);
    const begun = performance.now();
    const probes = await Promise.all(
      HOSTS.map(async (at) => {
        await pause(begins(at));
        return net.probe(name(at) as DomainName, "127.0.0.1");
      }),
    );
    const wall = performance.now() - begun;
    expect(wall).toBeGreaterThan(CONNECT - 20);
    expect(wall).toBeLessThan(1.5 * CONNECT);
    const kinds = new Set(
      probes.map(({ session }) => (session.kind === "unobserved" ? session.because : session.kind)),
    );
    expect([...kinds].sort()).toEqual(["egress-blocked", "unreachable"]);
    expect(net.vantage().port25).toBe("blocked");
  });
});

test("one host that is reached, and every silent one is waited for", async () => {
  const good = await startMxServer({ address: "127.0.0.2", port: hole, behaviour: "good" });
  closing.push(good.close);
  const net = network(hole);
  const [first, ...rest] = await Promise.all([
    net.probe("mx.alive.test" as DomainName, "127.0.0.2"),
    ...HOSTS.slice(0, 20).map((at) => net.probe(`mx.p${at}.test` as DomainName, "127.0.0.1")),
  ]);
  expect(first?.session.kind).toBe("no-starttls");
  for (const { session } of rest)
    expect(session).toEqual({ kind: "unreachable", step: "connect", reason: "timed out" });
  const later = await net.probe("mx.later.test" as DomainName, "127.0.0.1");
  expect(later.session).toEqual({ kind: "unreachable", step: "connect", reason: "timed out" });
  expect(net.vantage().port25).toBe("open");
});

test("through a proxy that reaches nobody: the same", async () => {
  const socks = await startSocksServer(() => "silent");
  closing.push(socks.close);
  const net = network(25, { proxy: `socks5://127.0.0.1:${socks.port}` });
  const begun = performance.now();
  await Promise.all(HOSTS.map((at) => net.probe(`mx.p${at}.test` as DomainName, "198.51.100.1")));
  expect(performance.now() - begun).toBeLessThan(1.5 * CONNECT);
  // The 64 that may be under way at once, and those that began before eight of them had ended.
  expect(socks.requests.length).toBeLessThanOrEqual(64 + 8);
});
