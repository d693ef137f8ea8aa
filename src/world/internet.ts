import type { PolicyFetch, Probe } from "../evidence.ts";
import type { Options } from "../options.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Network } from "../world.ts";
import { createContactList } from "./contact-list.ts";
import type { Deadline } from "./deadline.ts";
import type { Dialled, Route, Target } from "./dial.ts";
import { serverText } from "./dns-question.ts";
import type { DnsServer } from "./dns-transport.ts";
import { FETCH_MILLISECONDS, fetchPolicyFrom } from "./policy-client.ts";
import { createResolver } from "./resolver.ts";
import { createSemaphore, type Semaphore } from "./semaphore.ts";
import { probeAddress, SMTP_BOUNDS, type SmtpBounds } from "./smtp-client.ts";
import { systemServers } from "./system-resolver.ts";
import { createTrustAnchors, type TrustAnchors } from "./trust-anchors.ts";
import { createVantagePoint, type VantagePoint } from "./vantage-point.ts";

/** What one run may take. Times in milliseconds. */
export interface NetworkLimits {
  /** Connections at once to MX hosts, and as many to policy hosts. */
  readonly connections: number;
  /** Connections at once to MX hosts under one provider's domain. */
  readonly perProvider: number;
  readonly smtp: SmtpBounds;
  /** A whole policy fetch. */
  readonly fetchMilliseconds: number;
  /** A whole DNS question; the resolver's own bound if left out. */
  readonly dnsMilliseconds?: number;
  readonly ports: { readonly smtp: number; readonly https: number };
}

const LIMITS: NetworkLimits = {
  connections: 64,
  perProvider: 4,
  smtp: SMTP_BOUNDS,
  fetchMilliseconds: FETCH_MILLISECONDS,
  ports: { smtp: 25, https: 443 },
};

/** Milliseconds of a run for which the bounds above were chosen (SPEC §6, `timeout`). */
const WHOLE_RUN = 180_000;
const DNS_MILLISECONDS = 10_000;

/** A shorter run waits less for each step, down to a tenth: below that a slow answer would look like none. */
function limitsWithin(timeout = WHOLE_RUN): NetworkLimits {
  const part = Math.min(1, Math.max(0.1, timeout / WHOLE_RUN));
  const { smtp } = LIMITS;
  return {
    ...LIMITS,
    smtp: {
      connect: smtp.connect * part,
      greeting: smtp.greeting * part,
      reply: smtp.reply * part,
      handshake: smtp.handshake * part,
      session: smtp.session * part,
      pause: smtp.pause * part,
    },
    fetchMilliseconds: LIMITS.fetchMilliseconds * part,
    dnsMilliseconds: DNS_MILLISECONDS * part,
  };
}

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
  const servers = serversOf(options);
  const step = limits.dnsMilliseconds;
  const resolver = createResolver({
    servers,
    deadline,
    onContact: contacts.add,
    ...(step === undefined ? {} : { stepMilliseconds: step }),
  });
  const route: Route = { allowPrivate: options.allowPrivateNetworks, proxy: options.proxy, onContact: contacts.add };
  const vantage = createVantagePoint({ options, resolver: resolverText(options, servers), anchors });
  const outlet: Outlet = { way: { route, anchors, deadline }, limits, vantage };
  return {
    txt: resolver.txt,
    mx: resolver.mx,
    addresses: resolver.addresses,
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
  const pooled = createPools(limits.connections, limits.perProvider);
  return (host, address) => {
    const target: Target = { purpose: "mx", name: host, address, port: limits.ports.smtp };
    const onDialled = (dialled: Dialled) => vantage.sawMxHost(address, dialled);
    return pooled(host, async () => {
      const at = new Date().toISOString();
      return { address, at, session: await probeAddress(target, { ...way, bounds: limits.smtp, onDialled }) };
    });
  };
}

type Ask<T> = (host: DomainName, address: string) => Promise<T>;

function once<T>(ask: Ask<T>): Ask<T> {
  const asked = new Map<string, Promise<T>>();
  return (host, address) => {
    const key = `${host} ${address}`;
    const answer = asked.get(key) ?? ask(host, address);
    asked.set(key, answer);
    return answer;
  };
}

function sharedWhileInFlight<T>(ask: Ask<T>): Ask<T> {
  const inFlight = new Map<string, Promise<T>>();
  return (host, address) => {
    const key = `${host} ${address}`;
    const answer = inFlight.get(key) ?? ask(host, address).finally(() => inFlight.delete(key));
    inFlight.set(key, answer);
    return answer;
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

function serversOf({ resolver }: Options): readonly [DnsServer, ...DnsServer[]] {
  return resolver.kind === "system" ? systemServers() : [{ address: resolver.address, port: resolver.port }];
}

function resolverText({ resolver }: Options, servers: readonly DnsServer[]): string {
  const texts = servers.map(serverText).join(", ");
  return resolver.kind === "system" ? `system (${texts})` : texts;
}
