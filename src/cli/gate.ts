import { OptionError } from "../errors.ts";
import { type Options, parseOptions } from "../options.ts";
import { exitStatus } from "../report/exit.ts";
import { inertLog } from "../report/inert.ts";
import type { Reporter } from "../report/reporter.ts";
import { REPORTERS } from "../report/reporters.ts";
import { caText } from "../run/ca-file.ts";
import { judgeChange, type Question } from "../run/change.ts";
import { anchorFile, openReportFiles, type ReportFiles } from "../run/report-files.ts";
import { ROOMS, type Rooms } from "../run/rooms.ts";
import type { RunEvent } from "../run/run-event.ts";
import { readRunner } from "../run/runner.ts";
import { VERSION } from "../run/version.ts";
import type { DomainVerdict, Fix } from "../verdict.ts";
import { openGit } from "../world/git.ts";
import type { Arguments } from "./arguments.ts";
import { inertFences } from "./inert-fence.ts";
import { inertJson } from "./inert-json.ts";
import type { Progress } from "./progress.ts";
import { writeFixes } from "./working-tree.ts";

/** What the command line is given by its process. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  /** For what is no part of the report. */
  readonly tell: (text: string) => void;
  readonly colour: boolean;
  /** Left out where nobody watches. */
  readonly progress?: Progress | undefined;
  /** The working folder: the checkout to judge. */
  readonly folder: string;
}

/** `--format` → the reporter whose text is printed. */
const FORMATS: Readonly<Record<string, string>> = {
  text: "text",
  json: "json-v1",
  markdown: "summary",
  sarif: "sarif",
  github: "annotations",
};

/** What a report needs beyond its own sinks where it is printed to a log. */
const INERT: Readonly<Record<string, (text: string) => string>> = { "json-v1": inertJson, summary: inertFences };

/** Milliseconds that git may take to name a commit. */
const GIT_TIME = 20_000;

/**
 * Judges the change from `--base` to HEAD in the checkout around the working folder, or verifies HEAD, and prints one report.
 * @returns the exit status of SPEC §6
 */
export async function gateCommand(given: Arguments, terminal: Terminal, rooms = ROOMS): Promise<0 | 1 | 3> {
  const options = optionsOf(given);
  const { progress } = terminal;
  const tell = (line: string): void => {
    progress?.clear();
    terminal.tell(`${inertLog(line)}\n`);
  };
  const printed = reporterFor(given.format);
  const runner = { ...readRunner(terminal.env), workspace: terminal.folder };
  const event = await headEvent(options, runner.workspace);
  const expect = (domains: number): void => progress?.expect(domains);
  const question: Question = { options, runner, event, tell, expect, caText: caText(options, runner.workspace) };
  const files = openReportFiles(runner.workspace, options);
  try {
    return await report(question, { fix: given.fix, terminal, printed, files, rooms });
  } finally {
    progress?.end();
    files.discard();
  }
}

interface Outlets {
  readonly fix: boolean;
  readonly terminal: Terminal;
  readonly printed: Reporter;
  readonly files: ReportFiles;
  readonly rooms: Rooms;
}

async function report(question: Question, { fix, terminal, printed, files, rooms }: Outlets): Promise<0 | 1 | 3> {
  const { options, runner } = question;
  const { rulePage } = runner;
  const context = { label: options.label ?? "default", rulePage, version: VERSION, ...anchorFile(options) };
  const shown = printed.open({ ...context, colour: terminal.colour });
  const kept = REPORTERS.flatMap(({ id, open }) => {
    const file = files.of(id);
    return file ? [{ file, ...open({ ...context, emit: file.write }) }] : [];
  });
  const folds = [shown, ...kept];
  const fixes = new Map<string, Fix>();
  const onVerdict = (domain: DomainVerdict): void => {
    terminal.progress?.step();
    for (const fold of folds) fold.add(domain);
    if (fix) for (const found of fixesOf(domain)) fixes.set(JSON.stringify(found), found);
  };
  const { run } = await judgeChange(question, onVerdict, rooms);
  terminal.progress?.end();
  const text = shown.finish(run);
  terminal.print(INERT[printed.id]?.(text) ?? text);
  for (const { file, finish } of kept) {
    file.write(finish(run));
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

function optionsOf({ command, operands, options: given }: Arguments): Options {
  if (operands.length > 1)
    throw new OptionError("domain", "one domain a run in this version; the config file takes many");
  const [domain] = operands;
  if (domain !== undefined && given["domain"] !== undefined) throw new OptionError("--domain", "is said twice");
  const options = parseOptions({ ...given, ...(domain === undefined ? {} : { domain }) });
  if (options.mode === "observe")
    throw new OptionError("--mode", "observing is a command of its own", { allowed: ["auto", "gate"] });
  if (options.mode === "verify" && command !== "verify")
    throw new OptionError("--mode", "verifying is a command of its own", { allowed: ["auto", "gate"] });
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

async function headEvent({ base = "HEAD^", mode }: Options, workspace: string): Promise<RunEvent> {
  const git = await openGit({ workspace, signal: AbortSignal.timeout(GIT_TIME) });
  try {
    const commit = await git.resolveCommit("HEAD");
    if (commit === undefined) throw new OptionError("--base", "this repository has no commit yet");
    const event = { name: "command line", commit, pullRequest: null } as const;
    if (mode === "verify") return { ...event, base: { kind: "commit", id: commit }, work: "verify" };
    return { ...event, base: { kind: "revision", text: base } };
  } finally {
    git.close();
  }
}
