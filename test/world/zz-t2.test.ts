// How many round trips one domain takes in a row: the slope of the whole observation over the round trip time (perf floor: 6 where the
// repository names the MX hosts, 7 where only the live MX answer does). Loopback, behind a relay that delays.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Relay, startTcpRelay, startUdpRelay } from "/work/main/bench/relay.ts";
import { createAuthority } from "/work/main/src/demo/authority.ts";
import { startDnsServer } from "/work/main/src/demo/dns-server.ts";
import { startMxServer } from "/work/main/src/demo/mx-server.ts";
import { type Zone, zoneAnswer } from "/work/main/src/demo/zone.ts";
import type { Evidence } from "/work/main/src/evidence.ts";
import { observe } from "/work/main/src/observe/observe.ts";
import { parseOptions } from "/work/main/src/options.ts";
import { createDeadline } from "/work/main/src/world/deadline.ts";
import { createNetwork } from "/work/main/src/world/internet.ts";
import { policyText, proposalOf } from "/work/main/test/judge/scene.ts";
import { startTlsHost } from "/work/main/test/world/tls-host.ts";

const LOOPBACK = "127.0.0.1";
const [SHORT, LONG] = [20, 100]; // milliseconds
const authority = createAuthority("Round");
const closing: (() => unknown)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

const zone: Zone = {
  "example.com": {
    MX: [
      [10, "mx1.example.com"],
      [20, "mx2.example.com"],
    ],
  },
  "_mta-sts.example.com": { TXT: ["v=STSv1; id=A"] },
  "_smtp._tls.example.com": { TXT: ["v=TLSRPTv1; rua=mailto:r@example.net"] },
  "mta-sts.example.com": { A: [LOOPBACK] },
  "mx1.example.com": { A: [LOOPBACK] },
  "mx2.example.com": { A: [LOOPBACK] },
};

let relays: readonly [dns: Relay, https: Relay, smtp: Relay];

beforeAll(async () => {
  const { chainPem: cert, keyPem: key } = authority.issue({
    names: ["mta-sts.example.com", "mx1.example.com", "mx2.example.com"],
  });
  const dns = await startDnsServer(({ name, type }) => zoneAnswer(zone, name, type));
  const https = await startTlsHost({ cert, key }, (socket) => void socket.end(`HTTP/1.1 200 OK\r\n\r\n${POLICY}`));
  const smtp = await startMxServer({ tls: { cert, key } });
  relays = await Promise.all([startUdpRelay(dns.port), startTcpRelay(https.port), startTcpRelay(smtp.port)]);
  closing.push(...relays.map(({ close }) => close), dns.close, https.close, smtp.close);
});

const POLICY = policyText("testing 604800 mx1 mx2");
const literal = proposalOf({ base: { policy: POLICY }, proposed: { policy: "enforce 604800 mx1 mx2" } });
const wildcard = proposalOf({ base: { policy: POLICY }, proposed: { policy: "enforce 604800 *.example.com" } });

/** The whole observation of one domain, in milliseconds. */
async function wall(proposal: typeof literal, roundTrip: number): Promise<number> {
  for (const relay of relays) relay.roundTrip = roundTrip;
  const [dns, https, smtp] = relays;
  const deadline = createDeadline(10_000);
  const network = createNetwork({
    options: parseOptions({ resolver: `${LOOPBACK}:${dns.port}`, "allow-private-networks": "true" }),
    caText: authority.rootPem,
    deadline,
    limits: { ports: { smtp: smtp.port, https: https.port } },
  });
  const begun = performance.now();
  const evidence = await observe(proposal, network, new Date().toISOString());
  const elapsed = performance.now() - begun;
  deadline.close();
  expect(whole(evidence)).toEqual({ policies: ["response"], sessions: ["tls", "tls"] });
  return elapsed;
}

/** A measurement of a run that saw nothing would be a good one. */
function whole({ policyFetch, mxHosts }: Evidence) {
  return {
    policies: policyFetch.kind === "observed" ? policyFetch.value.map(({ kind }) => kind) : [],
    sessions: mxHosts.flatMap(({ probes }) =>
      probes.kind === "observed" ? probes.value.map(({ session }) => session.kind) : [],
    ),
  };
}

async function slope(proposal: typeof literal): Promise<number> {
  await wall(proposal, 0); // what is loaded and compiled once
  const walls: Readonly<Record<number, number[]>> = { [SHORT]: [], [LONG]: [] };
  for (let run = 0; run < 3; run += 1) for (const rtt of [SHORT, LONG]) walls[rtt]?.push(await wall(proposal, rtt));
  const median = (rtt: number): number => walls[rtt]?.toSorted((a, b) => a - b)[1] ?? Number.NaN;
  return (median(LONG) - median(SHORT)) / (LONG - SHORT);
}

// 0.3 is for a machine that does other things at the same time; one round trip too many is 1.

test("t2", async () => {
  for (const [name, p, b] of [["repo", literal, 6], ["live", wildcard, 7]] as const) {
    await wall(p, 0);
    for (const rtt of [20, 50, 100]) {
      const w: number[] = [];
      for (let i = 0; i < 7; i++) w.push(await wall(p, rtt));
      w.sort((a, c) => a - c);
      console.log(name, rtt, w[3], "x bound", (w[3] ?? 0) / (b * rtt));
    }
  }
});
