import type { Collected } from "../collect/collect.ts";
import type { Contact } from "../evidence.ts";
import type { Docket } from "../gate.ts";
import { rules } from "../judge/rules.ts";
import type { Options } from "../options.ts";
import type { DomainVerdict, RunFacts } from "../verdict.ts";
import type { Network } from "../world.ts";
import type { OpenedRepository, ReadBase } from "./repository.ts";
import type { Rooms } from "./rooms.ts";
import { openRunClock, type RunClock } from "./run-clock.ts";
import type { RunEvent } from "./run-event.ts";
import type { Runner } from "./runner.ts";
import { openRunEvidence, type RunEvidence } from "./run-evidence.ts";
import { openTally, type TallySum } from "./tally.ts";
import { trackedPaths } from "./tracked-paths.ts";

/** What the user and the event ask for. */
export interface Question {
  readonly options: Options;
  readonly event: RunEvent;
  readonly runner: Runner;
  /** The text of `ca-file`. */
  readonly caText: string | undefined;
  /** Reads a base that the clone lacks; undefined: there is no other way to it. */
  readonly readBase?: ReadBase | undefined;
}

export interface Judged {
  readonly run: RunFacts;
  readonly sum: TallySum;
  /** Milliseconds of the run's time that are left for telling it. */
  readonly timeLeft: number;
}

/** Days; configurable up to here by `certificate-expiry-days`. */
const CERTIFICATE_EXPIRY = 14;

/** Repository → collect → network → gate. Each domain goes to `onVerdict` as it comes. */
export async function judgeChange(
  question: Question,
  onVerdict: (domain: DomainVerdict) => void,
  rooms: Rooms,
): Promise<Judged> {
  const { options, event, runner, readBase } = question;
  const clock = openRunClock(options.timeout);
  try {
    const opening = rooms.openAt({ workspace: runner.workspace, event, readBase, signal: clock.signal });
    const opened = await clock.settled(opening);
    try {
      const { workspace } = runner;
      const tracked = (): Promise<readonly string[]> => trackedPaths(opened.repository);
      const scope = { options, workspace, commit: event.commit, tracked, now, signal: clock.signal };
      const evidence = await clock.settled(openRunEvidence(scope));
      try {
        return await clock.settled(judgeOpened({ ...question, opened, clock, evidence }, onVerdict, rooms));
      } finally {
        await evidence.close();
      }
    } finally {
      opened.close();
    }
  } finally {
    clock.close();
  }
}

interface OpenQuestion extends Question {
  readonly opened: OpenedRepository;
  readonly clock: RunClock;
  readonly evidence: RunEvidence;
}

async function judgeOpened(
  question: OpenQuestion,
  onVerdict: (domain: DomainVerdict) => void,
  rooms: Rooms,
): Promise<Judged> {
  const { options, event, opened, clock, caText, evidence } = question;
  const known = rules.map(({ id }) => id);
  const collected = await rooms.collect(opened.repository, options, known);
  const deadline = clock.judging(collected.proposals.length + collected.mxOnly.length);
  const network = evidence.over(
    rooms.createNetwork({ options, deadline, ...(caText === undefined ? {} : { caText }) }),
  );
  const tally = openTally();
  const owed = new Set<string>(collected.proposals.map(({ policyDomain }) => policyDomain));
  const asOf = now();
  for await (const domain of rooms.gate(docketOf(collected, event), network, now)) {
    owed.delete(domain.policyDomain);
    tally.add(domain);
    onVerdict(domain);
  }
  // An empty sum is `ready`: no domain may get lost on the way to it.
  if (owed.size > 0) throw new Error(`${owed.size} of ${collected.proposals.length} domains got no verdict`);
  evidence.finish();
  const sum = tally.sum();
  return { sum, timeLeft: clock.remaining(), run: runFacts({ question, collected, network, asOf }, sum) };
}

const now = (): string => new Date().toISOString();

function docketOf({ proposals, mxOnly, config, baseConfig }: Collected, { pullRequest }: RunEvent): Docket {
  // A stranger's config may not switch rules off (SPEC §6).
  const { rules: settings, waivers, certificateExpiryDays } = pullRequest?.from === "fork" ? baseConfig : config;
  const off = Object.keys(settings);
  return {
    proposals,
    mxOnly,
    settings: { off, waivers, certificateExpiryDays: certificateExpiryDays ?? CERTIFICATE_EXPIRY },
  };
}

interface Ended {
  readonly question: OpenQuestion;
  readonly collected: Collected;
  readonly network: Network;
  readonly asOf: string;
}

function runFacts({ question, collected, network, asOf }: Ended, sum: TallySum): RunFacts {
  const { opened, event, options, evidence } = question;
  const judged = [...collected.proposals, ...collected.mxOnly].map(({ policyDomain }) => policyDomain);
  const read = evidence.notes(new Set(judged));
  const api: readonly Contact[] =
    opened.apiHost === undefined ? [] : [{ purpose: "api", name: opened.apiHost, address: "", port: 443 }];
  return {
    verdict: sum.verdict,
    mode: "gate",
    asOf,
    validUntil: sum.validUntil,
    vantage: network.vantage(),
    contacts: [...network.contacts(), ...api],
    counts: sum.counts,
    commit: opened.repository.commit,
    base: opened.repository.baseCommit,
    notes: [...collected.notes, ...collected.loosened, ...opened.notes, ...read, ...notesOf(event, options)],
    rules,
  };
}

function notesOf({ name, pullRequest }: RunEvent, { mode }: Options): readonly string[] {
  const verify =
    "This version judges the push and does not verify afterwards that what is deployed equals the repository.";
  const config = "The pull request comes from a fork, so rules and waivers are those of the base's config.";
  return [...(name === "push" && mode === "auto" ? [verify] : []), ...(pullRequest?.from === "fork" ? [config] : [])];
}
