import type { Options } from "../options.ts";
import type { Vantage } from "../verdict.ts";
import type { Network } from "../world.ts";
import { replayedNetwork } from "../world/replay.ts";
import { type EvidenceFiles, openEvidenceFiles } from "./evidence-files.ts";
import { type EvidenceLog, openEvidenceLog } from "./evidence-log.ts";

/** What a run reads of other runs, and what it writes down for others. */
export interface RunEvidence {
  /** Evidence answers first, then `live`. Only what `live` answers is written down: what is copied must not look new. */
  readonly over: (live: Network, narrowed?: (network: Network) => Network) => Network;
  /** Policy domains that the evidence is about. */
  readonly domains: ReadonlySet<string>;
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
  return {
    over: (live, narrowed = (network) => network) => {
      vantage = live.vantage;
      const asked = narrowed(log?.over(live) ?? live);
      if (!files) return asked;
      const replayed = replayedNetwork({ find: files.find, vantage: files.vantage, live: asked });
      answered = replayed.answered;
      return replayed.network;
    },
    domains: files?.domains ?? new Set(),
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

function notesOf({ span, files, stale, domains, vantage }: EvidenceFiles, { judged, answered, options }: Read) {
  const others = [...domains].filter((domain) => !judged.has(domain)).length;
  const age = `${Math.round((options.evidenceMaxAge / HOUR) * 10) / 10} h`;
  const from = vantage ? ` (port 25: ${vantage.port25}, resolver: ${vantage.resolver})` : "";
  return [
    span
      ? `${answered} answers came from ${files} evidence files, gathered between ${span[0]} and ${span[1]}${from}.`
      : `The ${files} evidence files have no observation that counts as live.`,
    ...(stale > 0 ? [`${stale} observations in the evidence are older than ${age}: they count as history only.`] : []),
    ...(others > 0 ? [`The evidence is also about ${others} domains that this run does not judge.`] : []),
  ];
}
