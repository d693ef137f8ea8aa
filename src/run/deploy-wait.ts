import type { ObservationLine } from "../evidence-line.ts";
import type { Proposal } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";

/** The clock by which a run waits; a test may bring its own. Milliseconds. */
export interface Pace {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export const PACE: Pace = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** One look at one domain. */
export interface Look {
  readonly policyDomain: DomainName;
  readonly arrived: boolean;
  /** Record and policy, where the id of this repository was live and an address served another policy. */
  readonly wrong: readonly ObservationLine[];
}

export interface DeployWait {
  readonly proposals: readonly Proposal[];
  /** Milliseconds. */
  readonly longest: number;
  readonly pace: Pace;
  /** Looks at domains by a network that remembers nothing of an earlier look, and is done within `time` milliseconds. */
  readonly look: (proposals: readonly Proposal[], time: number) => AsyncIterable<Look>;
}

export interface Waited {
  /** Milliseconds. */
  readonly took: number;
  readonly looks: number;
  /** Domains that had not arrived at the last look. */
  readonly pending: readonly DomainName[];
  /** What was seen in the wrong order, the first and the last look that saw it. */
  readonly memory: (domain: DomainName) => readonly ObservationLine[];
}

// Milliseconds. A resolver that answers 15 minutes of looks sees some thirty of them.
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 30_000;
const LONGEST_LOOK = 60_000;

/** Looks until every domain has arrived or the time is up. Domains that have arrived are left alone. */
export async function waitForDeploy({ proposals, longest, pace, look }: DeployWait): Promise<Waited> {
  const start = pace.now();
  const left = (): number => start + longest - pace.now();
  const wrong = new Map<string, readonly (readonly ObservationLine[])[]>();
  let [pending, looks, pause] = [proposals, 0, FIRST_PAUSE];
  while (pending.length > 0 && left() > 0) {
    const arrived = new Set<string>();
    for await (const seen of look(pending, Math.min(left(), LONGEST_LOOK))) {
      if (seen.arrived) arrived.add(seen.policyDomain);
      if (seen.wrong.length > 0) wrong.set(seen.policyDomain, firstAndLast(wrong.get(seen.policyDomain), seen.wrong));
    }
    looks += 1;
    pending = pending.filter(({ policyDomain }) => !arrived.has(policyDomain));
    if (pending.length > 0 && left() > 0) await pace.sleep(Math.min(pause, left()));
    pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  }
  return {
    took: pace.now() - start,
    looks,
    pending: pending.map(({ policyDomain }) => policyDomain),
    memory: (domain) => (wrong.get(domain) ?? []).flat(),
  };
}

function firstAndLast<T>(before: readonly T[] | undefined, last: T): readonly T[] {
  const [first] = before ?? [];
  return first === undefined ? [last] : [first, last];
}
