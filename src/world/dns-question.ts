import type { DnsAnswer, Observation, Unobserved } from "../evidence.ts";
import type { Deadline } from "./deadline.ts";
import { encodeQuery, type Manner } from "./dns-query.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import { ask, type DnsServer, type Final } from "./dns-transport.ts";
import { type DnsFailure, MOST_ALIASES } from "./dns-wire.ts";

/** The time and the servers one question has. */
export interface DnsStep {
  readonly servers: readonly [DnsServer, ...DnsServer[]];
  readonly manner: Manner;
  readonly deadline: Deadline;
  /** Aborts when the step's time is up; nothing is asked after that. */
  readonly signal: AbortSignal;
  readonly attemptMilliseconds: number;
  /** What silence means: the step's own time, or that the run's time ended first. */
  readonly late: Unobserved;
  /** Told of each attempt; what it returns is told of the octets. */
  readonly onAsk: (server: DnsServer) => (octets: number) => void;
}

export const ATTEMPTS = 2;
const FORMERR = 1;
const SERVFAIL = 2;
const BADVERS = 16;
const silent: DnsFailure = { kind: "failure", because: "timed-out", detail: "the resolver did not answer" };

export interface Resolved<R> {
  readonly kind: "resolved";
  readonly answer: DnsAnswer<R>;
  /** As in {@link DnsMessage}. */
  readonly authenticated: boolean;
}

/** What the resolver says about a name, aliases followed to their end. `name` must be askable. */
export async function resolveName<T extends RecordType>(
  step: DnsStep,
  name: string,
  type: T,
): Promise<Observation<Resolved<RecordData[T]>>> {
  const found = await followAliases(name, (at) => askName(step, at, type));
  return found.kind === "failure" ? silence(step, found) : { kind: "observed", value: found };
}

/** `ask` is asked for `name`, and then for the last alias of each answer that ends in one. */
export async function followAliases<R>(
  name: string,
  ask: (name: string) => Promise<Final<R>>,
): Promise<Resolved<R> | DnsFailure> {
  let cnames: readonly string[] = [];
  let ttl = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const reply = await ask(cnames.at(-1) ?? name);
    if (reply.kind === "failure") return reply;
    const found = reply.kind === "answer" ? reply.answer.cnames : reply.cnames;
    const repeats = found.some((alias) => alias === name || cnames.includes(alias));
    const first = cnames.length === 0;
    cnames = [...cnames, ...found];
    // As within one answer: a circle or an overlong chain leads to nothing.
    if (repeats || cnames.length > MOST_ALIASES) return resolved({ kind: "no-data", cnames }, false);
    // A chain over several answers is as sure as the least sure of them, and only of the last it is known.
    if (reply.kind === "answer") return resolved(atEndOf(cnames, ttl, reply.answer), first && reply.authenticated);
    ttl = Math.min(ttl, reply.ttl);
  }
}

function resolved<R>(answer: DnsAnswer<R>, authenticated: boolean): Resolved<R> {
  return { kind: "resolved", answer, authenticated };
}

function atEndOf<R>(cnames: readonly string[], ttl: number, answer: DnsAnswer<R>): DnsAnswer<R> {
  return answer.kind === "records" ? { ...answer, cnames, ttl: Math.min(ttl, answer.ttl) } : { ...answer, cnames };
}

/**
 * Two attempts, the second where it can help: without EDNS at a server that did not understand (RFC 6891 §7), at the
 * next server when one is silent or unwilling. SERVFAIL is asked again at the same server: it may mean bogus DNSSEC,
 * and a next server that does not validate must not overrule it.
 */
export async function askName<T extends RecordType>(
  step: DnsStep,
  name: string,
  type: T,
): Promise<Final<RecordData[T]>> {
  let edns = true;
  let place = 0;
  let failure: DnsFailure = silent;
  for (let attempt = 1; attempt <= ATTEMPTS && !step.signal.aborted; attempt += 1) {
    const server = step.servers[place % step.servers.length] ?? step.servers[0];
    const reply: Final<RecordData[T]> = await attemptAt(
      step,
      server,
      encodeQuery(name, type, { manner: step.manner, edns }),
    );
    if (reply.kind !== "failure") return reply;
    // Silence says less than an answer that was no help.
    if (attempt === 1 || reply.because !== "timed-out")
      failure = { ...reply, detail: `${reply.detail} (${serverText(server)}, attempt ${attempt} of ${ATTEMPTS})` };
    const misread: boolean = reply.rcode === FORMERR || reply.rcode === BADVERS;
    edns &&= !misread;
    if (!misread && reply.rcode !== SERVFAIL) place += 1;
  }
  return failure;
}

function attemptAt<T extends RecordType>(
  { deadline, signal, attemptMilliseconds, onAsk }: DnsStep,
  server: DnsServer,
  query: ReturnType<typeof encodeQuery<T>>,
): Promise<Final<RecordData[T]>> {
  const onOctets = onAsk(server);
  const work = (own: AbortSignal) => ask(server, query, { signal: AbortSignal.any([signal, own]), onOctets });
  return deadline.within(attemptMilliseconds, work, () => silent);
}

function silence({ late }: DnsStep, { because, detail }: DnsFailure): Observation<never> {
  return { kind: "unobserved", because: because === "timed-out" ? late : because, detail };
}

/** `192.0.2.1:53`, `[2001:db8::1]:53`, `https://dns.example/dns-query`. */
export function serverText(server: DnsServer): string {
  if ("url" in server) return server.url;
  const { address, port } = server;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
