import type { DomainVerdict, RunFacts } from "../verdict.ts";

/** Turns a stream of domain verdicts into text. Pure; memory stays bounded because a fold keeps only what it will show. */
export interface Reporter {
  /** Also the name of its file, its test and its page. */
  readonly id: string;
  readonly destination: "stdout" | "job-summary" | "pull-request" | "file";
  readonly open: (context: ReportContext) => ReportFold;
}

export interface ReportFold {
  readonly add: (domain: DomainVerdict) => void;
  /** The whole text; or, where `context.emit` was given, what has not been emitted yet. Called once. */
  readonly finish: (run: RunFacts) => string;
}

/** What a report needs to know that no verdict says. Trusted text only: nothing here comes from the repository under review. */
export interface ReportContext {
  /** Tells the comments of several gates on one pull request apart; `default` where none was given. */
  readonly label: string;
  /** URL of a rule's page. */
  readonly rulePage: (rule: string) => string;
  /** URL of the workflow run, whose job summary has everything. */
  readonly runUrl?: string;
  /** Of this program; semantic versioning. */
  readonly version?: string;
  /** Where a file format needs a file and a finding lies in none: a path from the root of the repository. */
  readonly anchorFile?: string;
  /** ANSI colours, for a terminal. */
  readonly colour?: boolean;
  /** Takes text as soon as it is final, so that a report of 100,000 domains is never held in memory (`json-v1` only). */
  readonly emit?: (piece: string) => void;
}
