import type { ReportContext, Reporter, ReportFold } from "../report/reporter.ts";
import type { ReportFiles } from "../run/report-files.ts";
import { told } from "../run/told.ts";
import type { DomainVerdict, RunFacts } from "../verdict.ts";
import { folded } from "./log-group.ts";
import { appendToFile } from "./output-file.ts";

/** Where the text of this run goes. */
export interface Destinations {
  readonly env: NodeJS.ProcessEnv;
  /** The one writer to stdout: only reporters' text, and lines of {@link told}, may reach it. */
  readonly print: (text: string) => void;
  readonly reportFiles: Pick<ReportFiles, "of">;
}

/** Every reporter, folding over the domains of one run. */
export interface Delivered {
  readonly add: (domain: DomainVerdict) => void;
  /** Annotations and log: first, as they need neither token nor file. */
  readonly log: (run: RunFacts) => void;
  readonly comment: (run: RunFacts) => string;
  /** Job summary and report files. @throws OptionError where one of these cannot be written. */
  readonly files: (run: RunFacts) => void;
}

type Opened = ReportFold & Pick<Reporter, "id" | "destination">;

export function openReporters(reporters: readonly Reporter[], context: ReportContext, to: Destinations): Delivered {
  const wanted = reporters.filter(({ id, destination }) => destination !== "file" || to.reportFiles.of(id));
  const folds: readonly Opened[] = wanted.map(({ id, destination, open }) => {
    const emit = to.reportFiles.of(id)?.write;
    return { id, destination, ...open(emit ? { ...context, emit } : context) };
  });
  const texts = (destination: Reporter["destination"], run: RunFacts): readonly string[] =>
    folds.filter((fold) => fold.destination === destination).map((fold) => fold.finish(run));
  return {
    add: (domain) => {
      for (const fold of folds) fold.add(domain);
    },
    log: (run) => {
      for (const { id, destination, finish } of folds)
        if (destination === "stdout") to.print(id === "text" ? folded(finish(run)) : finish(run));
    },
    comment: (run) => texts("pull-request", run).join("\n"),
    files: (run) => {
      writeSummary(to, texts("job-summary", run).join("\n"));
      for (const { id, finish } of folds) {
        const file = to.reportFiles.of(id);
        file?.write(finish(run));
        file?.finish();
      }
    },
  };
}

/** A job summary that cannot be written costs one notice, never a verdict. */
export function writeSummary({ env, print }: Pick<Destinations, "env" | "print">, text: string): void {
  try {
    appendToFile(env["GITHUB_STEP_SUMMARY"], text);
  } catch {
    print(told("notice", "The job summary could not be written, so the report is only in this log."));
  }
}
