import type { Contact, DnsAnswer, MxAnswer, MxHostEvidence, Observation } from "../evidence.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Deadline } from "./deadline.ts";
import { ATTEMPTS, resolveName, serverText } from "./dns-question.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import type { DnsServer } from "./dns-transport.ts";
import { mxAnswer } from "./mx-answer.ts";
import { createSemaphore } from "./semaphore.ts";

/**
 * The DNS half of the Network of src/world.ts. Never throws for what a network does, never waits past the run's
 * deadline.
 */
export interface Resolver {
  /** Each record's character-strings joined, as ISO 8859-1 text. Aliases are followed. */
  readonly txt: (owner: string) => Promise<Observation<DnsAnswer<string>>>;
  readonly mx: (owner: DomainName) => Promise<Observation<MxAnswer>>;
  readonly addresses: (host: DomainName) => Promise<Pick<MxHostEvidence, "addresses" | "cnames">>;
  /** Ends every wait; what is asked later is unobserved. */
  readonly close: () => void;
}

export interface ResolverSettings {
  /** At least one, in the order to ask them. */
  readonly servers: readonly DnsServer[];
  readonly deadline: Deadline;
  /** Milliseconds for one question with all its attempts and aliases; 10,000 unless told. */
  readonly stepMilliseconds?: number;
  /** Told once for each server, just before it is first asked. */
  readonly onContact: (contact: Contact) => void;
}

const STEP = 10_000;
/** An attempt's part of the step: a little less than half, so that the last one ends in time to say what was heard. */
const ATTEMPT = 0.98 / ATTEMPTS;
const MOST_IN_FLIGHT = 150;
/** Answers remembered, for domains that share a host. Bounded, as a run may have 100,000 domains. */
const MOST_REMEMBERED = 4096;

/**
 * Asks recursive resolvers. A name is asked for once per type, so that a later answer cannot contradict an earlier one;
 * who waits for a change to show makes a new resolver.
 */
export function createResolver(settings: ResolverSettings): Resolver {
  const { find, close } = createFinder(settings);
  return {
    txt: (owner) => find(owner, "TXT"),
    mx: async (owner) => {
      const answer = await find(owner, "MX");
      return answer.kind === "observed" ? { kind: "observed", value: mxAnswer(answer.value) } : answer;
    },
    addresses: async (host) => {
      const [ipv4, ipv6] = await Promise.all([find(host, "A"), find(host, "AAAA")]);
      return { addresses: addressesOf(ipv4, ipv6), cnames: aliasesOf(ipv4, ipv6) };
    },
    close,
  };
}

interface Finder {
  readonly find: <T extends RecordType>(name: string, type: T) => Promise<Observation<DnsAnswer<RecordData[T]>>>;
  readonly close: () => void;
}

function createFinder({ servers, deadline, stepMilliseconds = STEP, onContact }: ResolverSettings): Finder {
  const [first, ...others] = servers;
  if (first === undefined) throw new Error("a resolver needs at least one server");
  const closed = new AbortController();
  const slots = createSemaphore(MOST_IN_FLIGHT);
  const remembered = createMemory();
  const onAsk = contactOnce(onContact);
  const question = <T extends RecordType>(name: string, type: T) => {
    const ms = Math.min(stepMilliseconds, deadline.remaining());
    const late = ms < stepMilliseconds ? "deadline" : "timed-out";
    const work = (own: AbortSignal) => {
      const signal = AbortSignal.any([own, closed.signal]);
      const step = {
        servers: [first, ...others],
        deadline,
        signal,
        attemptMilliseconds: ms * ATTEMPT,
        late,
        onAsk,
      } as const;
      return resolveName(step, name, type);
    };
    const silent = (): Observation<never> => {
      const asked = servers.map(serverText).join(", ");
      return {
        kind: "unobserved",
        because: late,
        detail: `the resolver did not answer (${asked}, ${ATTEMPTS} attempts)`,
      };
    };
    return deadline.within(ms, work, silent);
  };
  return {
    // The wait for a slot is outside the question's own time; it ends with the run, because every question does.
    find: (text, type) => {
      const name = text.toLowerCase().replace(/\.$/, "");
      return remembered(`${type} ${name}`, () => slots.run(() => question(name, type)));
    },
    close: () => closed.abort(),
  };
}

/** Single flight: the promise is kept before anything is awaited. The oldest is forgotten first. */
function createMemory() {
  const kept = new Map<string, Promise<unknown>>();
  return <V>(key: string, find: () => Promise<V>): Promise<V> => {
    const known = kept.get(key) as Promise<V> | undefined;
    if (known !== undefined) return known;
    const [oldest] = kept.keys();
    if (kept.size >= MOST_REMEMBERED && oldest !== undefined) kept.delete(oldest);
    const found = find();
    kept.set(key, found);
    return found;
  };
}

function contactOnce(onContact: (contact: Contact) => void): (server: DnsServer) => void {
  const seen = new Set<string>();
  return (server) => {
    const text = serverText(server);
    if (seen.has(text)) return;
    seen.add(text);
    onContact({ purpose: "dns", name: "resolver", address: server.address, port: server.port });
  };
}

type Addresses = Observation<DnsAnswer<string>>;

/**
 * IPv4 first. One half that could not be asked for costs nothing where it is IPv6 and IPv4 answered with addresses
 * (SPEC §4), or where the name does not exist, which holds for every type (RFC 8020 §2). Otherwise the set is unknown:
 * an IPv4 address that was not seen may be the one where mail fails.
 */
function addressesOf(ipv4: Addresses, ipv6: Addresses): Observation<readonly string[]> {
  if (ipv4.kind === "observed" && ipv6.kind === "observed")
    return { kind: "observed", value: [...texts(ipv4), ...texts(ipv6)] };
  const noSuchName = [ipv4, ipv6].some((half) => half.kind === "observed" && half.value.kind === "no-such-name");
  if (noSuchName || texts(ipv4).length > 0) return { kind: "observed", value: texts(ipv4) };
  return ipv4.kind === "unobserved" ? ipv4 : (ipv6 as Extract<Addresses, { kind: "unobserved" }>);
}

function texts(half: Addresses): readonly string[] {
  return half.kind === "observed" && half.value.kind === "records" ? [...new Set(half.value.records)] : [];
}

function aliasesOf(ipv4: Addresses, ipv6: Addresses): readonly string[] {
  const [a, b] = [ipv4, ipv6].map((half) => (half.kind === "observed" ? half.value.cnames : []));
  return a?.length ? a : (b ?? []);
}
