import { OptionError } from "../errors.ts";
import { type Options, parseOptions } from "../options.ts";
import { exitStatus } from "../report/exit.ts";
import type { Reporter } from "../report/reporter.ts";
import { REPORTERS } from "../report/reporters.ts";
import { caText } from "../run/ca-file.ts";
import { judgeChange, type Question } from "../run/change.ts";
import { openReportFile, type ReportFile } from "../run/report-file.ts";
import { ROOMS, type Rooms } from "../run/rooms.ts";
import type { RunEvent } from "../run/run-event.ts";
import { readRunner } from "../run/runner.ts";
import { openGit } from "../world/git.ts";
import type { DomainVerdict, Fix } from "../verdict.ts";
import type { Arguments } from "./arguments.ts";
import { inertFences } from "./inert-fence.ts";
import { inertJson } from "./inert-json.ts";
import { writeFixes } from "./working-tree.ts";

/** What the command line is given by its process. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  /** For what is no part of the report. */
  readonly tell: (text: string) => void;
  readonly colour: boolean;
  /** The working folder: the checkout to judge. */
  readonly folder: string;
}

/** `--format` → the reporter whose text is printed. */
const FORMATS: Readonly<Record<string, string>> = {
  text: "text",
  json: "json-v1",
  markdown: "summary",
  github: "annotations",
};

/** What a report needs beyond its own sinks where it is printed to a log. */
const INERT: Readonly<Record<string, (text: string) => string>> = { "json-v1": inertJson, summary: inertFences };

/** Milliseconds that git may take to name a commit. */
const GIT_TIME = 20_000;

/**
 * Judges the change from `--base` to HEAD in the checkout around the working folder, and prints one report.
 * @returns the exit status of SPEC §6
 */
export async function gateCommand(given: Arguments, terminal: Terminal, rooms = ROOMS): Promise<0 | 1 | 3> {
  const options = optionsOf(given);
  const printed = reporterFor(given.format);
  const runner = { ...readRunner(terminal.env), workspace: terminal.folder };
  const event = await headEvent(options, runner.workspace);
  const question: Question = { options, runner, event, caText: caText(options, runner.workspace) };
  const file = options.reportFile === undefined ? undefined : openReportFile(runner.workspace, options.reportFile);
  try {
    return await report(question, { fix: given.fix, terminal, printed, file, rooms });
  } finally {
    file?.discard();
  }
}

interface Outlets {
  readonly fix: boolean;
  readonly terminal: Terminal;
  readonly printed: Reporter;
  readonly file: ReportFile | undefined;
  readonly rooms: Rooms;
}

async function report(question: Question, { fix, terminal, printed, file, rooms }: Outlets): Promise<0 | 1 | 3> {
  const { options, runner } = question;
  const context = { label: options.label ?? "default", rulePage: runner.rulePage };
  const shown = printed.open({ ...context, colour: terminal.colour });
  const kept = file && reporterFor("json").open({ ...context, emit: file.write });
  const folds = [shown, ...(kept ? [kept] : [])];
  const fixes = new Map<string, Fix>();
  const onVerdict = (domain: DomainVerdict): void => {
    for (const fold of folds) fold.add(domain);
    if (fix) for (const found of fixesOf(domain)) fixes.set(JSON.stringify(found), found);
  };
  const { run } = await judgeChange(question, onVerdict, rooms);
  const text = shown.finish(run);
  terminal.print(INERT[printed.id]?.(text) ?? text);
  if (file && kept) {
    file.write(kept.finish(run));
    file.finish();
  }
  if (fix) terminal.tell(await writeFixes(runner.workspace, run.commit, [...fixes.values()]));
  return exitStatus(run.verdict, run.counts, options);
}

/** What the findings that stand propose; a waived one proposes nothing. */
function fixesOf({ rules }: DomainVerdict): readonly Fix[] {
  return rules.flatMap((outcome) =>
    outcome.kind === "failed" || outcome.kind === "unknown"
      ? (outcome.findings ?? []).flatMap((one) => one.fix ?? [])
      : [],
  );
}

function optionsOf({ operands, options: given }: Arguments): Options {
  if (operands.length > 1)
    throw new OptionError("domain", "one domain a run in this version; the config file takes many");
  const [domain] = operands;
  if (domain !== undefined && given["domain"] !== undefined) throw new OptionError("--domain", "is said twice");
  const options = parseOptions({ ...given, ...(domain === undefined ? {} : { domain }) });
  if (options.mode === "observe")
    throw new OptionError("--mode", "observing is a command of its own", { allowed: ["auto", "gate"] });
  // These are for GitHub's API, which the command line never asks.
  if (options.githubToken !== undefined)
    throw new OptionError("--github-token", "says nothing to the command line; nothing is asked of GitHub");
  if (options.comment === "always")
    throw new OptionError("--comment", "there is no pull request to comment on", { allowed: ["auto", "never"] });
  if (options.suggest)
    throw new OptionError("--suggest", "there is no pull request to suggest on; --fix writes the fixes");
  return options;
}

function reporterFor(format = "text"): Reporter {
  const found = Object.hasOwn(FORMATS, format) && REPORTERS.find(({ id }) => id === FORMATS[format]);
  if (!found) throw new OptionError("--format", "has no such value", { allowed: Object.keys(FORMATS) });
  return found;
}

async function headEvent({ base = "HEAD^" }: Options, workspace: string): Promise<RunEvent> {
  const git = await openGit({ workspace, signal: AbortSignal.timeout(GIT_TIME) });
  try {
    const commit = await git.resolveCommit("HEAD");
    if (commit === undefined) throw new OptionError("--base", "this repository has no commit yet");
    return { name: "command line", commit, base: { kind: "revision", text: base }, pullRequest: null };
  } finally {
    git.close();
  }
}
