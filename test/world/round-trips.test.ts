// How many round trips one domain takes in a row: the slope of the whole observation over the round trip time (perf floor: 6 where the
// repository names the MX hosts, 7 where only the live MX answer does). Loopback, behind a relay that delays.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Relay, startTcpRelay, startUdpRelay } from "../../bench/relay.ts";
import { createAuthority } from "../../src/demo/authority.ts";
import { startDnsServer } from "../../src/demo/dns-server.ts";
import { startMxServer } from "../../src/demo/mx-server.ts";
import { type Zone, zoneAnswer } from "../../src/demo/zone.ts";
import type { Evidence } from "../../src/evidence.ts";
import { observe } from "../../src/observe/observe.ts";
import { parseOptions } from "../../src/options.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createNetwork } from "../../src/world/internet.ts";
import { policyText, proposalOf } from "../judge/scene.ts";
import { startTlsHost } from "./tls-host.ts";

const LOOPBACK = "127.0.0.1";
const [SHORT, LONG] = [20, 100]; // milliseconds
const [LEAST_ROUNDS, MOST_ROUNDS] = [3, 12];
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

/**
 * The slope of the shortest walls. What else the machine does only ever adds: rounds are run until the slope is what it should be, or
 * until enough were run to say that it is not.
 */
async function slope(proposal: typeof literal, fits: (found: number) => boolean): Promise<number> {
  await wall(proposal, 0); // what is loaded and compiled once
  const shortest: Record<number, number> = {};
  let found = Number.NaN;
  for (let round = 1; round <= MOST_ROUNDS && !(round > LEAST_ROUNDS && fits(found)); round += 1) {
    for (const rtt of [SHORT, LONG]) shortest[rtt] = Math.min(shortest[rtt] ?? Infinity, await wall(proposal, rtt));
    found = ((shortest[LONG] ?? Number.NaN) - (shortest[SHORT] ?? Number.NaN)) / (LONG - SHORT);
  }
  return found;
}

// 0.3 is for a machine that does other things at the same time; one round trip too many is 1, and fewer than the floor are a relay
// that delays nothing.
test.each([
  ["where the policy names the MX hosts", literal, 6.2],
  ["where it has a wildcard, and only the MX answer tells", wildcard, 7.2],
])("round trips in a row %s", async (_, proposal, bound) => {
  const [least, most] = [bound - 0.6, bound + 0.3];
  const found = await slope(proposal, (slopeSoFar) => slopeSoFar > least && slopeSoFar < most);
  expect(found).toBeLessThan(most);
  expect(found).toBeGreaterThan(least);
});
