import type { Contact, Unobserved } from "../evidence.ts";
import type { Deadline } from "./deadline.ts";
import type { Manner } from "./dns-query.ts";
import { ATTEMPTS, type DnsStep, serverText } from "./dns-question.ts";
import type { DnsServer } from "./dns-transport.ts";
import { createSemaphore } from "./semaphore.ts";
import { createTokenBucket } from "./token-bucket.ts";

export interface AskerSettings {
  readonly deadline: Deadline;
  /** Milliseconds for one question with all its attempts; 10,000 unless told. */
  readonly stepMilliseconds?: number;
  /** Questions a second; {@link PER_SECOND} unless told. */
  readonly questionsPerSecond?: number;
  /** Told once for each server, just before it is first asked. */
  readonly onContact: (contact: Contact) => void;
  readonly onOctets?: (contact: Contact, octets: number) => void;
}

/** Gives every question its turn and its time. */
export interface Asker {
  /** `late` is the answer of a question whose time ran out; `because` says whose time it was. */
  readonly ask: <V>(terms: Terms, work: (step: DnsStep) => Promise<V>, late: Late<V>) => Promise<V>;
  /** Ends every wait. */
  readonly close: () => void;
}

export interface Terms {
  readonly servers: readonly [DnsServer, ...DnsServer[]];
  readonly manner: Manner;
}

type Late<V> = (because: Unobserved, detail: string) => V;

const STEP = 10_000;
/** An attempt's part of the step: a little less than half, so that the last one ends in time to say what was heard. */
const ATTEMPT = 0.98 / ATTEMPTS;
/** Azure's resolver drops what is beyond 200 questions in flight or 1,000 a second, and hosted runners are Azure machines. */
const MOST_IN_FLIGHT = 150;
const PER_SECOND = 900;
const BURST = 100;

export function createAsker({ deadline, stepMilliseconds = STEP, ...settings }: AskerSettings): Asker {
  const closed = new AbortController();
  const ended = AbortSignal.any([closed.signal, deadline.signal]);
  const slots = createSemaphore(MOST_IN_FLIGHT);
  const bucket = createTokenBucket(settings.questionsPerSecond ?? PER_SECOND, BURST);
  const reception = contactsOf(settings);
  return {
    // The waits for a slot and a turn are outside the question's own time; they end with the run.
    ask: (terms, work, late) =>
      slots.run(async () => {
        await bucket.take(ended);
        const ms = Math.min(stepMilliseconds, deadline.remaining());
        const because = ms < stepMilliseconds ? "deadline" : "timed-out";
        let paid = true;
        const onAsk = (server: DnsServer) => {
          if (!paid) bucket.spend();
          paid = false;
          return reception(server);
        };
        const timed = (own: AbortSignal) => {
          const signal = AbortSignal.any([own, closed.signal]);
          return work({ ...terms, deadline, signal, attemptMilliseconds: ms * ATTEMPT, late: because, onAsk });
        };
        const asked = terms.servers.map(serverText).join(", ");
        const detail = `the resolver did not answer (${asked}, ${ATTEMPTS} attempts)`;
        return deadline.within(ms, timed, () => late(because, detail));
      }),
    close: () => closed.abort(),
  };
}

/** Whom to tell that a server is asked, and of the octets that come and go. HTTPS sockets are counted where they are opened. */
function contactsOf({ onContact, onOctets }: Pick<AskerSettings, "onContact" | "onOctets">): DnsStep["onAsk"] {
  const met = new Map<string, Contact>();
  return (server) => {
    if ("client" in server) return () => undefined;
    const key = serverText(server);
    const contact = met.get(key) ?? contactOf(server);
    if (!met.has(key)) onContact(contact);
    met.set(key, contact);
    return (octets) => onOctets?.(contact, octets);
  };
}

function contactOf({ name = "resolver", address, port }: Exclude<DnsServer, { client: unknown }>): Contact {
  return { purpose: "dns", name, address, port };
}
