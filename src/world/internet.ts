import type { PolicyFetch, Probe } from "../evidence.ts";
import type { Options } from "../options.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Network } from "../world.ts";
import { type ContactList, createContactList } from "./contact-list.ts";
import type { Deadline } from "./deadline.ts";
import type { Dialled, Route, Target } from "./dial.ts";
import { serverText } from "./dns-question.ts";
import type { DnsServer } from "./dns-transport.ts";
import { createDohServer } from "./doh-client.ts";
import { limitsWithin, type NetworkLimits } from "./network-limits.ts";
import { fetchPolicyFrom } from "./policy-client.ts";
import { createPort25Breaker } from "./port25-breaker.ts";
import { createResolver } from "./resolver.ts";
import { createSemaphore, type Semaphore } from "./semaphore.ts";
import { type Ask, once, sharedWhileInFlight } from "./single-flight.ts";
import { probeAddress } from "./smtp-client.ts";
import { systemServers } from "./system-resolver.ts";
import { createTrustAnchors, type TrustAnchors } from "./trust-anchors.ts";
import { createVantagePoint, type VantagePoint } from "./vantage-point.ts";

export interface NetworkSettings {
  readonly options: Options;
  /** The text of `ca-file`. */
  readonly caText?: string;
  /** The run's. When it is over, everything that still waits is unobserved. */
  readonly deadline: Deadline;
  readonly limits?: Partial<NetworkLimits>;
}

/**
 * The real network, as the options have it: resolver, policy client, SMTP client.
 * @throws OptionError for a `ca-file` without certificates, and for a system without a resolver.
 */
export function createNetwork({ options, caText, deadline, limits: given }: NetworkSettings): Network {
  const limits = { ...limitsWithin(options.timeout), ...given };
  const anchors = createTrustAnchors(caText);
  const contacts = createContactList();
  const servers = serversOf({ options, anchors, deadline, contacts });
  const vantage = createVantagePoint({ options, resolver: resolverText(options, servers), anchors });
  const { allowPrivateNetworks: allowPrivate, proxy } = options;
  const route: Route = {
    allowPrivate,
    proxy,
    onContact: contacts.add,
    onOpen: contacts.meter,
    lacksIpv6: vantage.lacksIpv6,
  };
  const outlet: Outlet = { way: { route, anchors, deadline }, limits, vantage };
  const { txt, mx, addresses, tlsa } = resolverOf({ options, anchors, deadline, contacts }, servers, limits);
  return {
    txt,
    mx,
    addresses,
    tlsa,
    // A body is up to 64 KiB and each domain has its own: kept only while it is on its way.
    fetchPolicy: sharedWhileInFlight(policyAsker(outlet)),
    // Each host and address once a run, however many domains share it.
    probe: once(mxAsker(outlet)),
    vantage: vantage.describe,
    contacts: contacts.list,
  };
}

/** What every connection of the run has in common. */
interface Outlet {
  readonly way: { readonly route: Route; readonly anchors: TrustAnchors; readonly deadline: Deadline };
  readonly limits: NetworkLimits;
  readonly vantage: VantagePoint;
}

function policyAsker({ way, limits, vantage }: Outlet): Ask<PolicyFetch> {
  const pool = createSemaphore(limits.connections);
  return (policyHost, address) => {
    const target = { policyHost, address, port: limits.ports.https };
    const onDialled = (dialled: Dialled) => vantage.sawPolicyHost(address, dialled);
    return pool.run(() => fetchPolicyFrom(target, { ...way, milliseconds: limits.fetchMilliseconds, onDialled }));
  };
}

function mxAsker({ way, limits, vantage }: Outlet): Ask<Probe> {
  const { connections, perProvider, smtp: bounds } = limits;
  const pooled = createPools(connections, perProvider);
  // All that one provider's cap lets out at once may be the only ones there are.
  const breaker = createPort25Breaker({
    silences: Math.min(8, perProvider, connections),
    grace: bounds.connect * 0.25,
  });
  return (host, address) => {
    const target: Target = { purpose: "mx", name: host, address, port: limits.ports.smtp };
    const onDialled = (dialled: Dialled) => {
      vantage.sawMxHost(address, dialled);
      // Through a proxy an open connection proves nothing: `ssh -D` reports success before it knows.
      if (dialled.kind === "open" && way.route.proxy === undefined) breaker.accepted();
    };
    return pooled(host, async () => {
      const at = new Date().toISOString();
      const probe = (giveUp: AbortSignal) => probeAddress(target, { ...way, bounds, onDialled, giveUp });
      return { address, at, session: await breaker.guard(probe) };
    });
  };
}

/** A cap for each provider (the last two labels of the MX host) inside the overall one; a full one delays no other. */
function createPools(overall: number, perProvider: number) {
  const all = createSemaphore(overall);
  const pools = new Map<string, Semaphore>();
  return <T>(host: DomainName, work: () => Promise<T>): Promise<T> => {
    const provider = host.split(".").slice(-2).join(".");
    const pool = pools.get(provider) ?? createSemaphore(perProvider);
    pools.set(provider, pool);
    return pool.run(() => all.run(work));
  };
}

interface Asking {
  readonly options: Options;
  readonly anchors: TrustAnchors;
  readonly deadline: Deadline;
  readonly contacts: ContactList;
}

type Servers = readonly [DnsServer, ...DnsServer[]];

function serversOf({ options: { resolver }, anchors, deadline, contacts }: Asking): Servers {
  switch (resolver.kind) {
    case "server":
      return [{ address: resolver.address, port: resolver.port }];
    case "https":
      return [createDohServer({ url: resolver.url, anchors, signal: deadline.signal, onConnected: contacts.meter })];
    case "system":
    case "authoritative":
      return systemServers();
  }
}

function resolverOf({ options, deadline, contacts }: Asking, servers: Servers, limits: NetworkLimits) {
  const { dnsMilliseconds: stepMilliseconds, dnsPerSecond: questionsPerSecond, ports } = limits;
  const authoritative = { allowPrivate: options.allowPrivateNetworks, port: ports.dns ?? 53 };
  return createResolver({
    servers,
    deadline,
    onContact: contacts.add,
    onOctets: contacts.count,
    ...(options.resolver.kind === "authoritative" && { authoritative }),
    ...(stepMilliseconds !== undefined && { stepMilliseconds }),
    ...(questionsPerSecond !== undefined && { questionsPerSecond }),
  });
}

function resolverText({ resolver }: Options, servers: Servers): string {
  const texts = servers.map(serverText).join(", ");
  if (resolver.kind === "authoritative") return `the zones' own servers, found through system (${texts})`;
  return resolver.kind === "system" ? `system (${texts})` : texts;
}
