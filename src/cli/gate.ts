import { resolve } from "node:path";
import { judgeChange, type Question } from "../action/change.ts";
import type { RunEvent } from "../action/event.ts";
import { caText, ROOMS } from "../action/run.ts";
import { readRunner } from "../action/runner.ts";
import { OptionError } from "../errors.ts";
import { type Options, parseOptions } from "../options.ts";
import { exitStatus } from "../report/exit.ts";
import type { Reporter } from "../report/reporter.ts";
import { REPORTERS } from "../report/reporters.ts";
import { openGit } from "../world/git.ts";
import type { Arguments } from "./arguments.ts";

/** What the command line is given by its process. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  readonly colour: boolean;
}

const FORMATS: Readonly<Record<string, string>> = {
  text: "text",
  json: "json-v1",
  markdown: "summary",
  github: "annotations",
};

/** Milliseconds that git may take to name a commit. */
const GIT_TIME = 20_000;

/**
 * Judges the change from `--base` to HEAD in the checkout around the working folder, and prints one report.
 * @returns the exit status of SPEC §6
 */
export async function gateCommand(
  { operands, options: given, format }: Arguments,
  terminal: Terminal,
): Promise<0 | 1 | 3> {
  if (operands.length > 1)
    throw new OptionError("domain", "one domain a run in this version; the config file takes many");
  const [domain] = operands;
  const options = parseOptions({ ...given, ...(domain === undefined ? {} : { domain }) });
  const reporter = reporterFor(format);
  const runner = { ...readRunner(terminal.env), workspace: process.cwd() };
  const question: Question = { options, runner, event: await headEvent(options), caText: caText(options, runner) };
  const fold = reporter.open({ label: options.label ?? "default", rulePage: runner.rulePage, colour: terminal.colour });
  const { run } = await judgeChange(question, fold.add, ROOMS);
  terminal.print(fold.finish(run));
  return exitStatus(run.verdict, run.counts, options);
}

function reporterFor(format = "text"): Reporter {
  const found = REPORTERS.find(({ id }) => id === FORMATS[format]);
  if (!found) throw new OptionError("format", "has no such value", { allowed: Object.keys(FORMATS) });
  return found;
}

async function headEvent({ base = "HEAD^" }: Options): Promise<RunEvent> {
  const git = await openGit({ workspace: resolve("."), signal: AbortSignal.timeout(GIT_TIME) });
  try {
    const commit = await git.resolveCommit("HEAD");
    if (commit === undefined) throw new OptionError("base", "this repository has no commit yet");
    return { name: "command line", commit, base: { kind: "revision", text: base }, pullRequest: null };
  } finally {
    git.close();
  }
}
