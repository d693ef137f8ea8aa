/** Lines of a report that are shown in the log as they are. */
const SHORT = 100;

/**
 * A long report folded in the log, all but its last line, which is the verdict. Only for text that is inert: a line of it that was a command
 * could end the group.
 */
export function folded(report: string): string {
  const lines = report.trimEnd().split("\n");
  if (lines.length <= SHORT) return report;
  return [`::group::The report, ${lines.length} lines`, ...lines.slice(0, -1), "::endgroup::", lines.at(-1), ""].join(
    "\n",
  );
}
