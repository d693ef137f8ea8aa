import { type Asked, type ObservationLine, questionOf, wasSeen } from "../evidence-line.ts";
import type { Network } from "../world.ts";

export interface Replay {
  readonly lines: readonly ObservationLine[];
  /** ISO 8601. */
  readonly now: string;
  /** Milliseconds: how old an observation may be and still count as live. */
  readonly maxAge: number;
  /** Who answers what the lines do not; nobody, when the run has no network. */
  readonly live: Network;
}

export interface Replayed {
  readonly network: Network;
  /** Observations that are too old to count as live. */
  readonly stale: number;
  /** Questions that were answered from the lines so far. */
  readonly answered: () => number;
}

/** What a question of each kind is answered with. */
type Seen = { [A in Asked as A["kind"]]: A["seen"] };

/** Clocks of two machines may differ by this much; an observation from further in the future is no evidence. */
const CLOCK_SKEW = 300_000; // milliseconds

/**
 * A network that answers from evidence where it is fresh, and else asks the live one. What could not be seen when the evidence was
 * gathered is asked again: it proves nothing.
 */
export function replayedNetwork({ lines, now, maxAge, live }: Replay): Replayed {
  const fresh = new Map<string, Asked>();
  const dates = new Map<string, number>();
  let [stale, answers] = [0, 0];
  for (const { version: _, at, ...asked } of lines) {
    const age = Date.parse(now) - Date.parse(at);
    if (!(age <= maxAge && age >= -CLOCK_SKEW)) stale += 1;
    else if (wasSeen(asked) && Date.parse(at) >= (dates.get(questionOf(asked)) ?? Number.NEGATIVE_INFINITY)) {
      fresh.set(questionOf(asked), asked);
      dates.set(questionOf(asked), Date.parse(at));
    }
  }
  const found = <K extends keyof Seen>(kind: K, question: string): Seen[K] | undefined => {
    const asked = fresh.get(question);
    if (asked?.kind !== kind) return undefined;
    answers += 1;
    return asked.seen as Seen[K];
  };
  const network: Network = {
    ...live,
    txt: async (owner) => found("txt", `txt ${owner}`) ?? live.txt(owner),
    mx: async (owner) => found("mx", `mx ${owner}`) ?? live.mx(owner),
    addresses: async (host) => found("addresses", `addresses ${host}`) ?? live.addresses(host),
    tlsa: async (host) => found("tlsa", `tlsa ${host}`) ?? live.tlsa(host),
    fetchPolicy: async (host, address) =>
      found("policy", `policy ${host} ${address}`) ?? live.fetchPolicy(host, address),
    probe: async (host, address) => found("probe", `probe ${host} ${address}`) ?? live.probe(host, address),
  };
  return { network, stale, answered: () => answers };
}
