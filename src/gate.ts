import { judge } from "./judge/judge.ts";
import type { JudgeSettings } from "./judge/inspection.ts";
import { observe } from "./observe/observe.ts";
import type { Proposal } from "./proposal.ts";
import { selectStsRecord } from "./protocol/sts-record.ts";
import type { DomainVerdict } from "./verdict.ts";
import type { Network } from "./world.ts";

/** What collect found, and by which settings to judge it. */
export interface Docket {
  readonly proposals: readonly Proposal[];
  /** Domains of which the repository only says MX: judged where a live record says that senders look for a policy (SPEC §3). */
  readonly mxOnly: readonly Proposal[];
  readonly settings: JudgeSettings;
}

/** Domains that are under way at once (SPEC §2); what is behind them waits and costs no memory. */
const IN_FLIGHT = 256;

/** observe → judge for each domain, as a bounded stream in the order of the docket. `now` is ISO 8601, read once a domain. */
export async function* gate(docket: Docket, network: Network, now: () => string): AsyncGenerator<DomainVerdict> {
  const { proposals, mxOnly, settings } = docket;
  const work = [
    ...proposals.map((proposal) => ({ proposal, always: true })),
    ...mxOnly.map((proposal) => ({ proposal, always: false })),
  ];
  const underWay: Promise<DomainVerdict | undefined>[] = [];
  for (const { proposal, always } of work) {
    underWay.push(judgeOne(proposal, { always, settings, network, now }));
    if (underWay.length >= IN_FLIGHT) yield* verdictOf(await underWay.shift());
  }
  while (underWay.length > 0) yield* verdictOf(await underWay.shift());
}

function verdictOf(verdict: DomainVerdict | undefined): readonly DomainVerdict[] {
  return verdict ? [verdict] : [];
}

interface Bench {
  readonly always: boolean;
  readonly settings: JudgeSettings;
  readonly network: Network;
  readonly now: () => string;
}

async function judgeOne(
  proposal: Proposal,
  { always, settings, network, now }: Bench,
): Promise<DomainVerdict | undefined> {
  if (!always && !(await mayHavePolicy(proposal, network))) return undefined;
  const asOf = now();
  const evidence = await observe(proposal, network, asOf);
  return judge({ proposal, evidence, asOf, settings });
}

/** Not seen is not absent: only a clear answer without an STS record ends it. */
async function mayHavePolicy({ policyDomain }: Proposal, network: Network): Promise<boolean> {
  const seen = await network.txt(`_mta-sts.${policyDomain}`);
  if (seen.kind === "unobserved") return true;
  return seen.value.kind === "records" && selectStsRecord(seen.value.records).kind !== "none";
}
