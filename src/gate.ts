import type { ObservationLine } from "./evidence-line.ts";
import { hasArrived } from "./judge/arrival.ts";
import type { JudgeSettings, Mode } from "./judge/inspection.ts";
import { judge } from "./judge/judge.ts";
import { observe } from "./observe/observe.ts";
import type { Proposal } from "./proposal.ts";
import type { DomainName } from "./protocol/domain-name.ts";
import { selectStsRecord } from "./protocol/sts-record.ts";
import type { DomainVerdict } from "./verdict.ts";
import type { Network } from "./world.ts";

/** What collect found, and by which settings to judge it. */
export interface Docket {
  /** Left out: gate. In verify the base of each proposal is what it proposes. */
  readonly mode?: Mode;
  readonly proposals: readonly Proposal[];
  /** Domains of which the repository only says MX: judged where a live record says that senders look for a policy (SPEC §3). */
  readonly mxOnly: readonly Proposal[];
  readonly settings: JudgeSettings;
  /** What earlier runs saw of a domain; left out: nothing is remembered. */
  readonly memory?: (domain: DomainName) => readonly ObservationLine[];
}

/** Domains that are under way at once (SPEC §2); what is behind them waits and costs no memory. */
const IN_FLIGHT = 256;

/** observe → judge for each domain, as a bounded stream in the order of the docket. `now` is ISO 8601, read once a domain. */
export async function* gate(docket: Docket, network: Network, now: () => string): AsyncGenerator<DomainVerdict> {
  const { settings, memory, mode = "gate" } = docket;
  yield* inFlight(docket, network, async (proposal) => {
    const asOf = now();
    const evidence = await observe(proposal, network, asOf);
    return judge({ mode, proposal, evidence, memory: memory?.(proposal.policyDomain) ?? [], asOf, settings });
  });
}

/** Looks whether what the repository says has arrived. `network` need not know of MX hosts. */
export async function* lookOut(
  docket: Docket,
  network: Network,
  now: () => string,
): AsyncGenerator<{ readonly proposal: Proposal; readonly arrived: boolean }> {
  const { settings } = docket;
  yield* inFlight(docket, network, async (proposal) => {
    const asOf = now();
    const evidence = await observe(proposal, network, asOf);
    return { proposal, arrived: hasArrived({ proposal, evidence, asOf, settings }) };
  });
}

/** Observes each domain as the gate does, and judges none: for a network that writes down what it answers. */
export async function* gather(
  docket: Pick<Docket, "proposals" | "mxOnly">,
  network: Network,
  now: () => string,
): AsyncGenerator<DomainName> {
  yield* inFlight(docket, network, async (proposal) => {
    await observe(proposal, network, now());
    return proposal.policyDomain;
  });
}

async function* inFlight<T>(
  { proposals, mxOnly }: Pick<Docket, "proposals" | "mxOnly">,
  network: Network,
  one: (proposal: Proposal) => Promise<T>,
): AsyncGenerator<T> {
  const all = [
    ...proposals.map((proposal) => ({ proposal, always: true })),
    ...mxOnly.map((proposal) => ({ proposal, always: false })),
  ];
  const underWay: Promise<readonly T[]>[] = [];
  for (const { proposal, always } of all) {
    const concerned = always ? Promise.resolve(true) : mayHavePolicy(proposal, network);
    const work = concerned.then(async (is) => (is ? [await one(proposal)] : []));
    // A defect is told when its turn comes, not before.
    work.catch(() => undefined);
    underWay.push(work);
    if (underWay.length >= IN_FLIGHT) yield* (await underWay.shift()) ?? [];
  }
  while (underWay.length > 0) yield* (await underWay.shift()) ?? [];
}

/** Not seen is not absent: only a clear answer without an STS record ends it. */
async function mayHavePolicy({ policyDomain }: Proposal, network: Network): Promise<boolean> {
  const seen = await network.txt(`_mta-sts.${policyDomain}`);
  if (seen.kind === "unobserved") return true;
  return seen.value.kind === "records" && selectStsRecord(seen.value.records).kind !== "none";
}
