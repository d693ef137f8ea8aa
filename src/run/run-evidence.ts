import type { ObservationLine } from "../evidence-line.ts";
import type { Options } from "../options.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Vantage } from "../verdict.ts";
import { replayedNetwork } from "../world/replay.ts";
import type { Network } from "../world.ts";
import { type EvidenceFiles, openEvidenceFiles } from "./evidence-files.ts";
import { type EvidenceLog, openEvidenceLog } from "./evidence-log.ts";

/** What a run reads of other runs, and what it writes down for others. */
export interface RunEvidence {
  /** Evidence answers first, then `live`. Only what `live` answers is written down: what is copied must not look new. */
  readonly over: (live: Network, narrowed?: (network: Network) => Network) => Network;
  /** The same where the evidence is from before a deploy: it answers for probes and TLSA, and nothing of what was deployed since. */
  readonly overDeploy: (live: Network) => Network;
  /** Policy domains that the evidence is about. */
  readonly domains: ReadonlySet<string>;
  /** What earlier runs saw of a domain's record, policy and MX, at any time. */
  readonly memoryOf: (domain: DomainName) => readonly ObservationLine[];
  /** One sentence each, for the report. `judged`: the domains of this run. */
  readonly notes: (judged: ReadonlySet<string>) => readonly string[];
  /** Ends `evidence-file`. @throws OptionError where the evidence that was read, or the file, is not what it should be. */
  readonly finish: () => void;
  /** Observations that were written down. */
  readonly observations: () => number;
  readonly close: () => Promise<void>;
}

export interface EvidenceScope {
  readonly options: Pick<Options, "evidence" | "evidenceMaxAge" | "evidenceFile">;
  readonly workspace: string;
  /** Hex id; `null` where nothing is checked out. */
  readonly commit: string | null;
  /** Paths that git tracks. Asked only where evidence is given. */
  readonly tracked: () => Promise<readonly string[]>;
  readonly now: () => string;
  readonly signal: AbortSignal;
}

/** @throws OptionError for evidence that is none, and for an `evidence-file` that cannot be written. */
export async function openRunEvidence(scope: EvidenceScope): Promise<RunEvidence> {
  const { options, workspace, commit, now } = scope;
  const files = options.evidence.length === 0 ? undefined : await readFiles(scope);
  const path = options.evidenceFile;
  let log: EvidenceLog | undefined;
  try {
    log = path === undefined ? undefined : openEvidenceLog({ workspace, path, commit, now });
  } catch (error) {
    await files?.close();
    throw error;
  }
  let answered: () => number = () => 0;
  let vantage: () => Vantage | undefined = () => undefined;
  const over = (
    live: Network,
    narrowed = (network: Network) => network,
    such: (question: string) => boolean = () => true,
  ): Network => {
    vantage = live.vantage;
    const asked = narrowed(log?.over(live) ?? live);
    if (!files) return asked;
    const find: EvidenceFiles["find"] = (question) => (such(question) ? files.find(question) : undefined);
    const replayed = replayedNetwork({ find, vantage: files.vantage, live: asked });
    const before = answered;
    answered = () => before() + replayed.answered();
    return replayed.network;
  };
  return {
    over,
    overDeploy: (live) => over(live, undefined, (question) => /^(probe|tlsa) /.test(question)),
    domains: files?.domains ?? new Set(),
    memoryOf: (domain) => files?.memoryOf(domain) ?? [],
    notes: (judged) => (files ? notesOf(files, { judged, answered: answered(), options }) : []),
    finish: () => {
      const fault = files?.fault();
      if (fault) throw fault;
      const from = vantage();
      if (from) log?.finish(from);
    },
    observations: () => log?.observations() ?? 0,
    close: async () => {
      log?.discard();
      await files?.close();
    },
  };
}

async function readFiles({ options, workspace, tracked, now, signal }: EvidenceScope): Promise<EvidenceFiles> {
  const { evidence: globs, evidenceMaxAge: maxAge } = options;
  return openEvidenceFiles({ globs, maxAge, workspace, tracked: await tracked(), now: now(), signal });
}

interface Read {
  readonly judged: ReadonlySet<string>;
  readonly answered: number;
  readonly options: Pick<Options, "evidenceMaxAge">;
}

const HOUR = 3_600_000; // milliseconds

function notesOf({ span, files, stale, future, domains, vantage }: EvidenceFiles, { judged, answered, options }: Read) {
  const others = [...domains].filter((domain) => !judged.has(domain)).length;
  const age = `${Math.round((options.evidenceMaxAge / HOUR) * 10) / 10} h`;
  const from = vantage ? ` (port 25: ${vantage.port25}, resolver: ${vantage.resolver})` : "";
  return [
    span
      ? `${answered} answers came from ${files} evidence files, gathered between ${span[0]} and ${span[1]}${from}.`
      : `The ${files} evidence files have no observation that counts as live.`,
    ...(stale > 0 ? [`${stale} observations in the evidence are older than ${age}: they count as history only.`] : []),
    ...(future > 0 ? [`${future} observations in the evidence are dated in the future: they count as nothing.`] : []),
    ...(others > 0 ? [`The evidence is also about ${others} domains that this run does not judge.`] : []),
  ];
}
