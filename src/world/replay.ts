import type { Asked } from "../evidence-line.ts";
import type { Vantage } from "../verdict.ts";
import type { Network } from "../world.ts";

/** The newest fresh observation of each question. `kept` is what the caller finds it by. */
export interface Memory<T> {
  /** Whether it counts as live by its date. */
  readonly add: (noted: Noted, kept: T) => boolean;
  readonly find: (question: string) => T | undefined;
  /** Observations that are too old to count as live. */
  readonly stale: () => number;
  /** Observations from the future, which count as nothing. */
  readonly future: () => number;
  /** Questions that it can answer. */
  readonly size: () => number;
}

/** What a memory must know of an observation. */
export interface Noted {
  /** `questionOf` it. */
  readonly question: string;
  /** ISO 8601. */
  readonly at: string;
  /** False: it could not be looked at then, which proves nothing, and is asked again. */
  readonly seen: boolean;
}

/** Milliseconds by which the clocks of two machines may differ; an observation from further in the future is no evidence. */
export const CLOCK_SKEW = 300_000;

/** `now` is ISO 8601; `maxAge`, milliseconds, is how old an observation may be and still count as live. */
export function createMemory<T>({ now, maxAge }: { readonly now: string; readonly maxAge: number }): Memory<T> {
  const newest = new Map<string, { readonly date: number; readonly kept: T }>();
  let [stale, future] = [0, 0];
  return {
    add: ({ question, at, seen }, kept) => {
      const date = Date.parse(at);
      const age = Date.parse(now) - date;
      if (age < -CLOCK_SKEW) future += 1;
      else if (!(age <= maxAge)) stale += 1;
      else {
        if (seen && date >= (newest.get(question)?.date ?? Number.NEGATIVE_INFINITY))
          newest.set(question, { date, kept });
        return true;
      }
      return false;
    },
    find: (question) => newest.get(question)?.kept,
    stale: () => stale,
    future: () => future,
    size: () => newest.size,
  };
}

export interface Replay {
  /** The observation that answers a question (`questionOf`), where one counts as live. */
  readonly find: (question: string) => Asked | undefined;
  /** From where the evidence was gathered. */
  readonly vantage?: Vantage | undefined;
  /** Who answers what the evidence does not; nobody, when the run has no network. */
  readonly live: Network;
}

export interface Replayed {
  readonly network: Network;
  /** Questions that were answered from the evidence so far. */
  readonly answered: () => number;
}

/** What a question of each kind is answered with. */
type Seen = { [A in Asked as A["kind"]]: A["seen"] };

/** A network that answers from evidence where there is some, and else asks the live one. */
export function replayedNetwork({ find, vantage, live }: Replay): Replayed {
  let [answers, probes] = [0, 0];
  const found = <K extends keyof Seen>(kind: K, question: string): Seen[K] | undefined => {
    const asked = find(`${kind} ${question}`);
    if (asked?.kind !== kind) return undefined;
    answers += 1;
    if (kind === "probe") probes += 1;
    return asked.seen as Seen[K];
  };
  const network: Network = {
    ...live,
    txt: async (owner) => found("txt", owner) ?? live.txt(owner),
    mx: async (owner) => found("mx", owner) ?? live.mx(owner),
    addresses: async (host) => found("addresses", host) ?? live.addresses(host),
    tlsa: async (host) => found("tlsa", host) ?? live.tlsa(host),
    fetchPolicy: async (host, address) => found("policy", `${host} ${address}`) ?? live.fetchPolicy(host, address),
    probe: async (host, address) => found("probe", `${host} ${address}`) ?? live.probe(host, address),
    vantage: () => vantageOf(live.vantage(), vantage, probes > 0),
  };
  return { network, answered: () => answers };
}

/** A run that did not look has the vantage of those who looked for it. */
function vantageOf(here: Vantage, there: Vantage | undefined, probed: boolean): Vantage {
  if (!there) return here;
  if (here.resolver === "none") return there;
  return here.port25 === "not-asked" && probed ? { ...here, port25: there.port25 } : here;
}
