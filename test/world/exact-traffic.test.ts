// What a run costs others, to the last question and connection (perf goal T5): 5 DNS questions a domain and 3 an MX host, one request
// to each policy address, one session with each MX host at each address, however many domains share it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { type DnsServer, startDnsServer } from "../../src/demo/dns-server.ts";
import { type MxServer, startMxServer } from "../../src/demo/mx-server.ts";
import { type Zone, type ZoneName, zoneAnswer } from "../../src/demo/zone.ts";
import { gate } from "../../src/gate.ts";
import { parseOptions } from "../../src/options.ts";
import type { Proposal } from "../../src/proposal.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createNetwork } from "../../src/world/internet.ts";
import { policyText, proposalOf } from "../judge/scene.ts";
import { startTlsHost, type TestHost } from "./tls-host.ts";

const [DOMAINS, PROVIDERS, HOSTS_EACH] = [60, 3, 2];
const ADDRESSES = ["127.0.0.1", "127.0.0.2"] as const;
const domain = (at: number): DomainName => `d${at}.test` as DomainName;
const all = Array.from({ length: DOMAINS }, (_, at) => at);
const hostsOf = (at: number): readonly string[] =>
  Array.from({ length: HOSTS_EACH }, (_, host) => `mx${host}.p${at % PROVIDERS}.test`);
const hosts = [...new Set(all.flatMap(hostsOf))];

const zone: Zone = Object.fromEntries<ZoneName>([
  ...all.flatMap((at): [string, ZoneName][] => [
    [domain(at), { MX: hostsOf(at).map((host, place) => [10 * place, host] as const) }],
    [`_mta-sts.${domain(at)}`, { TXT: ["v=STSv1; id=A"] }],
    [`_smtp._tls.${domain(at)}`, { TXT: ["v=TLSRPTv1; rua=mailto:r@example.net"] }],
    [`mta-sts.${domain(at)}`, { A: ADDRESSES }],
  ]),
  ...hosts.map((host): [string, ZoneName] => [host, { A: ADDRESSES }]),
]);

/** Enforce on the domain's own hosts, by name: what is looked up before it is known to be an MX host must cost nothing more. */
function turningOn(at: number): Proposal {
  const policy = (mode: string) => policyText(`${mode} 604800 ${hostsOf(at).join(" ")}`);
  const scene = { base: { policy: policy("testing"), id: "A" }, proposed: { policy: policy("enforce"), id: "B" } };
  return { ...proposalOf(scene), policyDomain: domain(at) };
}

let dns: DnsServer;
let mail: readonly MxServer[];
let web: readonly TestHost[];
const authority = createAuthority("Exact");

beforeAll(async () => {
  const { chainPem: cert, keyPem: key } = authority.issue({
    names: [...hosts, ...all.map((at) => `mta-sts.d${at}.test`)],
  });
  dns = await startDnsServer(({ name, type }) => zoneAnswer(zone, name, type));
  const tls = { cert, key };
  const onEach = async <T extends { readonly port: number }>(start: (address: string, port: number) => Promise<T>) => {
    const first = await start(ADDRESSES[0], 0);
    return [first, await start(ADDRESSES[1], first.port)];
  };
  mail = await onEach((address, port) => startMxServer({ tls, address, port }));
  web = await onEach((address, port) =>
    startTlsHost(tls, (socket) => void socket.end("HTTP/1.1 404 Not Found\r\n\r\n"), { address, port }),
  );
});
afterAll(() => Promise.all([dns, ...mail, ...web].map(({ close }) => close())));

test(`${DOMAINS} domains on ${hosts.length} hosts at ${ADDRESSES.length} addresses`, async () => {
  const deadline = createDeadline(15_000);
  const network = createNetwork({
    options: parseOptions({ resolver: `127.0.0.1:${dns.port}`, "allow-private-networks": "true" }),
    caText: authority.rootPem,
    deadline,
    limits: { ports: { smtp: mail[0]?.port ?? 0, https: web[0]?.port ?? 0 } },
  });
  const settings = { certificateExpiryDays: 14, off: [], waivers: [] };
  const docket = { proposals: all.map(turningOn), mxOnly: [], settings };
  let judged = 0;
  for await (const { deliveries } of gate(docket, network, () => new Date().toISOString())) {
    judged += 1;
    expect(deliveries[0]?.hosts.map(({ verdict }) => verdict)).toEqual(["accepted", "accepted"]);
  }
  deadline.close();

  expect(judged).toBe(DOMAINS);
  expect(dns.questions).toHaveLength(5 * DOMAINS + 3 * hosts.length);
  expect(dns.questions.filter(({ attempt }) => attempt > 1)).toEqual([]);
  for (const { requests } of web) expect(requests).toHaveLength(DOMAINS);
  for (const { sessions, serverNames, earlyTalk } of mail) {
    expect(sessions).toHaveLength(hosts.length);
    expect([...serverNames].sort()).toEqual([...hosts].sort());
    expect(earlyTalk).toEqual([]);
  }
  const counted = network.contacts().map(({ purpose }) => purpose);
  const times = (wanted: string) => counted.filter((purpose) => purpose === wanted).length;
  expect([times("dns"), times("policy"), times("mx")]).toEqual([1, 2 * DOMAINS, 2 * hosts.length]);
  for (const { bytes } of network.contacts()) expect(bytes).toBeGreaterThan(100);
});
