import type { ReportContext, Reporter, ReportFold } from "../report/reporter.ts";
import type { ReportFile } from "../run/report-file.ts";
import { told } from "../run/told.ts";
import type { DomainVerdict, RunFacts } from "../verdict.ts";
import { appendToFile } from "./output-file.ts";

/** Where the text of this run goes. */
export interface Destinations {
  readonly env: NodeJS.ProcessEnv;
  /** The one writer to stdout: only reporters' text, and lines of {@link told}, may reach it. */
  readonly print: (text: string) => void;
  /** Undefined: nobody asked for a report file. */
  readonly reportFile: ReportFile | undefined;
}

/** Every reporter, folding over the domains of one run. */
export interface Delivered {
  readonly add: (domain: DomainVerdict) => void;
  /** Annotations and log: first, as they need neither token nor file. */
  readonly log: (run: RunFacts) => void;
  readonly comment: (run: RunFacts) => string;
  /** Job summary and report file. @throws OptionError where the report file cannot be written. */
  readonly files: (run: RunFacts) => void;
}

type Opened = ReportFold & Pick<Reporter, "destination">;

export function openReporters(reporters: readonly Reporter[], context: ReportContext, to: Destinations): Delivered {
  const wanted = reporters.filter(({ destination }) => destination !== "file" || to.reportFile);
  const folds: readonly Opened[] = wanted.map(({ destination, open }) => {
    const emit = destination === "file" ? to.reportFile?.write : undefined;
    return { destination, ...open(emit ? { ...context, emit } : context) };
  });
  const texts = (destination: Reporter["destination"], run: RunFacts): readonly string[] =>
    folds.filter((fold) => fold.destination === destination).map((fold) => fold.finish(run));
  return {
    add: (domain) => {
      for (const fold of folds) fold.add(domain);
    },
    log: (run) => texts("stdout", run).forEach(to.print),
    comment: (run) => texts("pull-request", run).join("\n"),
    files: (run) => {
      writeSummary(to, texts("job-summary", run).join("\n"));
      for (const text of texts("file", run)) to.reportFile?.write(text);
      to.reportFile?.finish();
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
