import type { ReportContext, Reporter } from "../../src/report/reporter.ts";
import type { DomainVerdict, RunFacts } from "../../src/verdict.ts";
import { CASES, CONTEXT, HOSTILE_VERDICT, hostileRun, runOf } from "./verdicts.ts";

/** The text of one reporter over these domains. */
export function reported(
  reporter: Reporter,
  domains: readonly DomainVerdict[],
  { run = runOf(...domains), context = CONTEXT }: { run?: RunFacts; context?: ReportContext } = {},
): string {
  const fold = reporter.open(context);
  for (const domain of domains) fold.add(domain);
  return fold.finish(run);
}

/** Every golden case with the run that belongs to it. */
export const GOLDENS = Object.entries(CASES).map(([title, domains]) => {
  const run = title === "hostile" ? hostileRun(HOSTILE_VERDICT.consequence) : runOf(...domains);
  return { title, domains, run };
});
