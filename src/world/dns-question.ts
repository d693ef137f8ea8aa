import type { DnsAnswer, Observation, Unobserved } from "../evidence.ts";
import type { Deadline } from "./deadline.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import { ask, type DnsServer, type Final } from "./dns-transport.ts";
import { askable, type DnsFailure, encodeQuery, MOST_ALIASES } from "./dns-wire.ts";

/** The time and the servers one question has. */
export interface DnsStep {
  readonly servers: readonly [DnsServer, ...DnsServer[]];
  readonly deadline: Deadline;
  /** Aborts when the step's time is up; nothing is asked after that. */
  readonly signal: AbortSignal;
  readonly attemptMilliseconds: number;
  /** What silence means: the step's own time, or that the run's time ended first. */
  readonly late: Unobserved;
  readonly onAsk: (server: DnsServer) => void;
}

export const ATTEMPTS = 2;
const FORMERR = 1;
const SERVFAIL = 2;
const BADVERS = 16;
const silent: DnsFailure = { kind: "failure", because: "timed-out", detail: "the resolver did not answer" };

/** What the resolver says about a name, aliases followed to their end. */
export async function resolveName<T extends RecordType>(
  step: DnsStep,
  name: string,
  type: T,
): Promise<Observation<DnsAnswer<RecordData[T]>>> {
  if (!askable(name))
    return { kind: "unobserved", because: "malformed", detail: "the name cannot be asked for in DNS" };
  let cnames: readonly string[] = [];
  let ttl = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const reply = await attempts(step, cnames.at(-1) ?? name, type);
    if (reply.kind === "failure") return silence(step, reply);
    const found = reply.kind === "answer" ? reply.answer.cnames : reply.cnames;
    const repeats = found.some((alias) => alias === name || cnames.includes(alias));
    cnames = [...cnames, ...found];
    // As within one answer: a circle or an overlong chain leads to nothing.
    if (repeats || cnames.length > MOST_ALIASES) return { kind: "observed", value: { kind: "no-data", cnames } };
    if (reply.kind === "answer") return { kind: "observed", value: atEndOf(cnames, ttl, reply.answer) };
    ttl = Math.min(ttl, reply.ttl);
  }
}

function atEndOf<R>(cnames: readonly string[], ttl: number, answer: DnsAnswer<R>): DnsAnswer<R> {
  return answer.kind === "records" ? { ...answer, cnames, ttl: Math.min(ttl, answer.ttl) } : { ...answer, cnames };
}

/**
 * Two attempts, the second where it can help: without EDNS at a server that did not understand (RFC 6891 §7), at the
 * next server when one is silent or unwilling. SERVFAIL is asked again at the same server: it may mean bogus DNSSEC,
 * and a next server that does not validate must not overrule it.
 */
async function attempts<T extends RecordType>(step: DnsStep, name: string, type: T): Promise<Final<RecordData[T]>> {
  let edns = true;
  let place = 0;
  let failure: DnsFailure = silent;
  for (let attempt = 1; attempt <= ATTEMPTS && !step.signal.aborted; attempt += 1) {
    const server = step.servers[place % step.servers.length] ?? step.servers[0];
    const reply: Final<RecordData[T]> = await attemptAt(step, server, encodeQuery(name, type, edns));
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
  onAsk(server);
  const work = (own: AbortSignal) => ask(server, query, AbortSignal.any([signal, own]));
  return deadline.within(attemptMilliseconds, work, () => silent);
}

function silence({ late }: DnsStep, { because, detail }: DnsFailure): Observation<never> {
  return { kind: "unobserved", because: because === "timed-out" ? late : because, detail };
}

/** `192.0.2.1:53`, `[2001:db8::1]:53`. */
export function serverText({ address, port }: DnsServer): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
