import type { Collected } from "../collect/collect.ts";
import type { Contact } from "../evidence.ts";
import type { Docket } from "../gate.ts";
import { rules } from "../judge/rules.ts";
import type { Options } from "../options.ts";
import type { DomainVerdict, RunFacts } from "../verdict.ts";
import type { Deadline } from "../world/deadline.ts";
import type { Network } from "../world.ts";
import type { OpenedRepository, ReadBase } from "./repository.ts";
import type { Rooms } from "./rooms.ts";
import { openRunClock, type RunClock } from "./run-clock.ts";
import type { RunEvent } from "./run-event.ts";
import { openRunEvidence, type RunEvidence } from "./run-evidence.ts";
import type { Runner } from "./runner.ts";
import { openTally, type TallySum } from "./tally.ts";
import { trackedPaths } from "./tracked-paths.ts";
import { openVerdicts, type VerdictFacts } from "./verdicts.ts";

/** What the user and the event ask for. */
export interface Question {
  readonly options: Options;
  readonly event: RunEvent;
  readonly runner: Runner;
  /** The text of `ca-file`. */
  readonly caText: string | undefined;
  /** Reads a base that the clone lacks; undefined: there is no other way to it. */
  readonly readBase?: ReadBase | undefined;
  /** One line for whoever watches the run; text in it may come from outside. */
  readonly tell?: (line: string) => void;
  /** How many domains there are, at most, before the first verdict; again where verify waited before it. */
  readonly expect?: (domains: number) => void;
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
  const {
    options,
    event,
    opened,
    clock,
    caText,
    evidence,
    tell = () => undefined,
    expect = () => undefined,
  } = question;
  const known = rules.map(({ id }) => id);
  const collected = await rooms.collect(opened.repository, { ...options, all: options.all || isWhole(event) }, known);
  const createNetwork = (deadline: Deadline, resolver = options.resolver): Network =>
    rooms.createNetwork({ options: { ...options, resolver }, deadline, ...(caText === undefined ? {} : { caText }) });
  const docket = docketOf(collected, question);
  const verdicts = openVerdicts({ docket, options, event, clock, evidence, rooms, createNetwork, now, tell, expect });
  const tally = openTally();
  const owed = new Set<string>(collected.proposals.map(({ policyDomain }) => policyDomain));
  for await (const domain of verdicts.stream) {
    owed.delete(domain.policyDomain);
    tally.add(domain);
    onVerdict(domain);
  }
  // An empty sum is `ready`: no domain may get lost on the way to it.
  if (owed.size > 0) throw new Error(`${owed.size} of ${collected.proposals.length} domains got no verdict`);
  evidence.finish();
  const sum = tally.sum();
  return { sum, timeLeft: clock.remaining(), run: runFacts({ question, collected, looked: verdicts.facts() }, sum) };
}

const now = (): string => new Date().toISOString();

function docketOf({ proposals, mxOnly, config, baseConfig }: Collected, { event, evidence }: OpenQuestion): Docket {
  // A stranger's config may not switch rules off (SPEC §6).
  const {
    rules: settings,
    waivers,
    certificateExpiryDays,
    rollout,
  } = event.pullRequest?.from === "fork" ? baseConfig : config;
  const off = Object.keys(settings);
  return {
    proposals,
    mxOnly,
    settings: { off, waivers, certificateExpiryDays: certificateExpiryDays ?? CERTIFICATE_EXPIRY, rollout },
    memory: evidence.memoryOf,
  };
}

interface Ended {
  readonly question: OpenQuestion;
  readonly collected: Collected;
  readonly looked: VerdictFacts;
}

function runFacts({ question, collected, looked }: Ended, sum: TallySum): RunFacts {
  const { opened, event, evidence } = question;
  const judged = [...collected.proposals, ...collected.mxOnly].map(({ policyDomain }) => policyDomain);
  const read = evidence.notes(new Set(judged));
  const api: readonly Contact[] =
    opened.apiHost === undefined ? [] : [{ purpose: "api", name: opened.apiHost, address: "", port: 443 }];
  return {
    verdict: sum.verdict,
    mode: (event.work ?? "gate") === "gate" ? "gate" : "verify",
    asOf: looked.asOf,
    validUntil: sum.validUntil,
    vantage: looked.vantage,
    contacts: [...looked.contacts, ...api],
    counts: sum.counts,
    commit: opened.repository.commit,
    base: opened.repository.baseCommit,
    notes: [...collected.notes, ...collected.loosened, ...opened.notes, ...read, ...notesOf(event), ...looked.notes],
    rules,
  };
}

function notesOf({ work, pullRequest }: RunEvent): readonly string[] {
  const both =
    "The change was judged first, and then what is deployed was compared with the repository; of each rule the worse counts.";
  const config = "The pull request comes from a fork, so rules and waivers are those of the base's config.";
  return [...(work === "gate-then-verify" ? [both] : []), ...(pullRequest?.from === "fork" ? [config] : [])];
}

/** SPEC §3: on a schedule, and wherever else nothing changes, every domain is looked at. */
const isWhole = ({ base, commit, work }: RunEvent): boolean =>
  work === "verify" && base.kind === "commit" && base.id === commit;
