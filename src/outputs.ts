export interface OutputRow {
  readonly name: string;
  /** One sentence for action.yml and the README. Values are enumerations, counts, paths and ids, never text from outside. */
  readonly help: string;
  /** SPEC names it and this version never sets it. */
  readonly built: boolean;
}

const row = (name: string, help: string, built = true): OutputRow => ({ name, help, built });

/** Every output, in the order the tables list them. The one source of action.yml and the README table. */
export const OUTPUTS: readonly OutputRow[] = [
  row(
    "verdict",
    "`ready`, `blocked` or `unknown`; the worst domain wins. Of `mode: observe`, which judges nothing: `unknown`.",
  ),
  row("errors", "How many errors were found."),
  row("warnings", "How many warnings were found."),
  row("unknowns", "How many needed facts could not be observed."),
  row("domains", "How many domains were judged; of `mode: observe`, observed."),
  row("report-file", "Path of the JSON report, where the input asked for one."),
  row("sarif-file", "Path of the SARIF file, where the input asked for one."),
  row("evidence-file", "Path of the evidence, where the input asked for it."),
  row("suggested-id", "An id that is valid and new, where exactly one domain needs one."),
  row("comment-id", "Number of the comment on the pull request, where there is one."),
];
