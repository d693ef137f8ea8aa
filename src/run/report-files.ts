import { posix, resolve } from "node:path";
import { OptionError } from "../errors.ts";
import type { Options } from "../options.ts";
import { openReportFile, type ReportFile } from "./report-file.ts";

/** The files that the options ask for, by the id of the reporter that fills each. */
export interface ReportFiles {
  readonly of: (reporter: string) => ReportFile | undefined;
  /** Leaves nothing behind of files that were not finished. */
  readonly discard: () => void;
}

type Asked = Pick<Options, "reportFile" | "sarifFile" | "evidenceFile">;

/** @throws OptionError where one cannot be written, or where two have one path; then none of them is there. */
export function openReportFiles(workspace: string, { reportFile, sarifFile, evidenceFile }: Asked): ReportFiles {
  const same = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && resolve(workspace, a) === resolve(workspace, b);
  if (same(sarifFile, reportFile)) throw new OptionError("sarif-file", "is the path of report-file, too");
  if (same(sarifFile, evidenceFile)) throw new OptionError("sarif-file", "is the path of evidence-file, too");
  if (same(reportFile, evidenceFile)) throw new OptionError("report-file", "is the path of evidence-file, too");
  const opened = new Map<string, ReportFile>();
  const discard = (): void => {
    for (const file of opened.values()) file.discard();
  };
  try {
    if (reportFile !== undefined) opened.set("json-v1", openReportFile(workspace, reportFile, "report-file"));
    if (sarifFile !== undefined) opened.set("sarif", openReportFile(workspace, sarifFile, "sarif-file"));
  } catch (error) {
    discard();
    throw error;
  }
  return { of: (reporter) => opened.get(reporter), discard };
}

/** The file of the repository that says which domains are gated, as the operator named it. */
export function anchorFile({ policy, config }: Pick<Options, "policy" | "config">): { readonly anchorFile?: string } {
  const path = policy ?? config;
  return path === undefined ? {} : { anchorFile: posix.normalize(path) };
}
