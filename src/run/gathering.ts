import { collect } from "../collect/collect.ts";
import { OptionError } from "../errors.ts";
import { type Docket, gather } from "../gate.ts";
import { rules } from "../judge/rules.ts";
import type { Options } from "../options.ts";
import { type Proposal, UNSAID } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Vantage } from "../verdict.ts";
import { createNetwork, type NetworkSettings } from "../world/internet.ts";
import type { Network } from "../world.ts";
import type { Question } from "./change.ts";
import { openAt } from "./repository.ts";
import { openRunClock, type RunClock } from "./run-clock.ts";
import { openRunEvidence, type RunEvidence } from "./run-evidence.ts";
import { domainWave, hostWave, isOwn } from "./shard.ts";
import { trackedPaths } from "./tracked-paths.ts";

/** What `mode: observe` did. It judges nothing. */
export interface Gathered {
  /** Domains whose questions were asked. */
  readonly domains: number;
  /** Observations that were written down. */
  readonly observations: number;
  readonly vantage: Vantage;
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** Domains that nobody needs a repository for: the command line's. */
export interface NamedDomains extends Pick<Question, "options" | "caText"> {
  readonly workspace: string;
  /** None: those that the evidence is about. */
  readonly domains: readonly DomainName[];
}

type Work = Pick<Docket, "proposals" | "mxOnly">;
type MakeNetwork = (settings: NetworkSettings) => Network;

const now = (): string => new Date().toISOString();

/** Gathers evidence about the domains of a repository: those that the change touches, or all where there is no base. */
export async function gatherChange(question: Question, make: MakeNetwork = createNetwork): Promise<Gathered> {
  const { options, event, runner, caText, readBase } = question;
  const { workspace } = runner;
  requireFile(options);
  return timed(options, async (clock) => {
    const opened = await openAt({ workspace, event, readBase, signal: clock.signal });
    const tracked = (): Promise<readonly string[]> => trackedPaths(opened.repository);
    const scope = { options, workspace, commit: event.commit, tracked, now, signal: clock.signal };
    try {
      return await recorded(await openRunEvidence(scope), async (evidence) => {
        const whole = options.all || (event.base.kind === "commit" && event.base.id === event.commit);
        const known = rules.map(({ id }) => id);
        const collected = await collect(opened.repository, { ...options, all: whole }, known);
        const gathered = await gathering({ options, caText, clock, evidence, make }, collected);
        return { ...gathered, notes: [...collected.notes, ...opened.notes, ...gathered.notes] };
      });
    } finally {
      opened.close();
    }
  });
}

/** Gathers evidence about domains by name. @throws OptionError where neither the user nor the evidence names one. */
export async function gatherNamed(named: NamedDomains, make: MakeNetwork = createNetwork): Promise<Gathered> {
  const { options, caText, workspace, domains } = named;
  requireFile(options);
  return timed(options, async (clock) => {
    const scope = { options, workspace, commit: null, tracked: async () => [], now, signal: clock.signal };
    return recorded(await openRunEvidence(scope), async (evidence) => {
      const names = domains.length > 0 ? domains : ([...evidence.domains] as DomainName[]);
      if (names.length === 0) throw new OptionError("observe", "needs a domain, or evidence about one");
      return gathering({ options, caText, clock, evidence, make }, { proposals: names.map(unsaid), mxOnly: [] });
    });
  });
}

function requireFile({ evidenceFile }: Options): void {
  if (evidenceFile !== undefined) return;
  throw new OptionError("evidence-file", "says where the evidence goes, and observing is for nothing without it", {
    allowed: ["a path in the workspace"],
  });
}

async function timed<T>({ timeout }: Options, work: (clock: RunClock) => Promise<T>): Promise<T> {
  const clock = openRunClock(timeout);
  try {
    return await clock.settled(work(clock));
  } finally {
    clock.close();
  }
}

async function recorded<T>(evidence: RunEvidence, work: (evidence: RunEvidence) => Promise<T>): Promise<T> {
  try {
    return await work(evidence);
  } finally {
    await evidence.close();
  }
}

interface Means extends Pick<Question, "options" | "caText"> {
  readonly clock: RunClock;
  readonly evidence: RunEvidence;
  readonly make: MakeNetwork;
}

async function gathering({ options, caText, clock, evidence, make }: Means, all: Work): Promise<Gathered> {
  const { shard } = options;
  const firstWave = options.evidence.length === 0;
  const own = shard && firstWave ? partOf(all, (name) => isOwn(name, shard)) : all;
  const names = new Set<string>([...own.proposals, ...own.mxOnly].map(({ policyDomain }) => policyDomain));
  const deadline = clock.judging(names.size);
  const live = make({ options, deadline, ...(caText === undefined ? {} : { caText }) });
  const narrowed = (network: Network): Network => {
    if (!shard) return network;
    return firstWave ? domainWave(network, names, now) : hostWave(network, shard, now);
  };
  const network = evidence.over(live, narrowed);
  let domains = 0;
  for await (const _ of gather(own, network, now)) domains += 1;
  evidence.finish();
  return { domains, observations: evidence.observations(), vantage: live.vantage(), notes: evidence.notes(names) };
}

const partOf = ({ proposals, mxOnly }: Work, belongs: (name: string) => boolean): Work => ({
  proposals: proposals.filter(({ policyDomain }) => belongs(policyDomain)),
  mxOnly: mxOnly.filter(({ policyDomain }) => belongs(policyDomain)),
});

/** A domain of which no repository says anything. */
function unsaid(policyDomain: DomainName): Proposal {
  const nothing = { policyFile: UNSAID, stsRecords: UNSAID, tlsrptRecords: UNSAID, mxRecords: UNSAID };
  return {
    policyDomain,
    proposed: nothing,
    base: nothing,
    touched: [],
    baseSince: { kind: "unknown", why: "no repository was read" },
    history: { states: [], complete: false, why: "no repository was read" },
    publishing: { proposed: [], base: [] },
    notes: [],
  };
}
