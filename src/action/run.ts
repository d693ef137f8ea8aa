import type { Contact } from "../evidence.ts";
import { type Options, parseOptions } from "../options.ts";
import { exitStatus } from "../report/exit.ts";
import { inertLog } from "../report/inert.ts";
import type { ReportContext } from "../report/reporter.ts";
import { REPORTERS } from "../report/reporters.ts";
import { caText } from "../run/ca-file.ts";
import { type Judged, judgeChange, type Question } from "../run/change.ts";
import { anchorFile, openReportFiles, type ReportFiles } from "../run/report-files.ts";
import { ROOMS, type Rooms } from "../run/rooms.ts";
import { type Runner, readRunner } from "../run/runner.ts";
import { told } from "../run/told.ts";
import { VERSION } from "../run/version.ts";
import type { DomainVerdict, RunFacts } from "../verdict.ts";
import { baseReader } from "./base-reader.ts";
import type { CommentResult } from "./comment.ts";
import { SUGGESTION_NOTES } from "./comment-notes.ts";
import { type Delivered, openReporters } from "./deliver.ts";
import { readEvent } from "./event.ts";
import { readInputs } from "./inputs.ts";
import { observeRun } from "./observe-run.ts";
import { writeOutputs } from "./output-file.ts";
import { labelOf, tellPullRequest } from "./pull-request.ts";
import { type Suggested, suggestFixes } from "./pull-suggestions.ts";
import { openFixCollection, type WantedFix } from "./wanted-fixes.ts";

/** What a run is given by its process. */
export interface Stage {
  readonly env: NodeJS.ProcessEnv;
  /** The one writer to stdout. */
  readonly print: (text: string) => void;
}

/**
 * The whole run, from inputs to outputs.
 * @returns the exit status; a value means that every step was completed
 * @throws OptionError or CollectError for what the user must change; anything else is a defect of ours
 */
export async function run(stage: Stage, rooms: Rooms = ROOMS): Promise<0 | 1 | 3> {
  const options = parseOptions(readInputs(stage.env));
  const runner = readRunner(stage.env);
  const event = readEvent(stage.env, options);
  const question: Question = {
    options,
    event,
    runner,
    caText: caText(options, runner.workspace),
    readBase: baseReader(runner, options.githubToken),
    tell: (line) => stage.print(`${inertLog(line)}\n`),
  };
  if (options.mode === "observe") return observeRun(question, stage);
  const reportFiles = openReportFiles(runner.workspace, options);
  try {
    const reports = openReporters(REPORTERS, contextOf(options, runner), { ...stage, reportFiles });
    const fixes = openFixCollection();
    const onVerdict = (domain: DomainVerdict): void => {
      reports.add(domain);
      if (options.suggest) fixes.add(domain);
    };
    const judged = await judgeChange(question, onVerdict, rooms);
    const status = exitStatus(judged.run.verdict, judged.run.counts, options);
    const facts = { ...judged.run, notes: [...judged.run.notes, ...passedOn(status, judged.run)] };
    await deliver({ stage, question, reports, reportFiles, fixes: fixes.fixes() }, { ...judged, run: facts });
    return status;
  } finally {
    reportFiles.discard();
  }
}

const NOT_KEPT: Awaited<ReturnType<typeof tellPullRequest>> = {
  kind: "skipped",
  note: "The comment was not kept because of an internal error; annotations and job summary are complete.",
};

const NOT_SUGGESTED: Suggested = { note: SUGGESTION_NOTES.internal };

interface Outlets {
  readonly stage: Stage;
  readonly question: Question;
  readonly reports: Delivered;
  readonly reportFiles: ReportFiles;
  readonly fixes: readonly WantedFix[];
}

async function deliver({ stage, question, reports, reportFiles, fixes }: Outlets, judged: Judged): Promise<void> {
  reports.log(judged.run);
  const started = performance.now();
  // No fault of reporting changes a verdict (SPEC §6), and a defect of ours in the comment is one.
  const comment = await tellPullRequest(question, judged, reports.comment(judged.run)).catch(() => NOT_KEPT);
  const timeLeft = judged.timeLeft - (performance.now() - started);
  const suggested = await suggestFixes(question, { timeLeft }, fixes).catch((): Suggested => NOT_SUGGESTED);
  // A fork's token can write neither; the comment's notice says so.
  const missing = [comment.note, suggested.readOnly && comment.note ? undefined : suggested.note];
  const lacks = missing.flatMap((note) => note ?? []);
  for (const note of lacks) stage.print(told("notice", note));
  const notes = [...judged.run.notes, ...lacks];
  const contacts = withContact(judged.run.contacts, comment.contact ?? suggested.contact);
  reports.files({ ...judged.run, notes, contacts });
  // Last: until here the outputs say `unknown`.
  const { evidenceFile } = question.options;
  writeOutputs(stage.env, { ...outputsOf(judged, comment, reportFiles), "evidence-file": evidenceFile ?? "" });
}

function withContact(contacts: readonly Contact[], met: Contact | undefined): readonly Contact[] {
  const known = met === undefined || contacts.some(({ purpose, name }) => purpose === met.purpose && name === met.name);
  return known ? contacts : [...contacts, met];
}

function outputsOf({ run: { verdict, counts }, sum }: Judged, comment: CommentResult, files: ReportFiles) {
  return {
    verdict,
    ...counts,
    "report-file": files.of("json-v1")?.path ?? "",
    "sarif-file": files.of("sarif")?.path ?? "",
    "suggested-id": sum.suggestedId ?? "",
    "comment-id": String(comment.id ?? ""),
  };
}

const contextOf = (options: Options, { rulePage, runUrl }: Runner): ReportContext => ({
  label: labelOf(options),
  rulePage,
  version: VERSION,
  ...anchorFile(options),
  ...(runUrl === undefined ? {} : { runUrl }),
});

/** A green step over a verdict that is not ready must say by whose leave. */
function passedOn(status: number, { verdict }: RunFacts): readonly string[] {
  if (status !== 0 || verdict === "ready") return [];
  return [`The verdict is ${verdict}; the step passes all the same, because fail-on or on-unknown says so.`];
}
