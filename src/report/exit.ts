import type { RunFacts, VerdictKind } from "../verdict.ts";

export interface ExitPolicy {
  readonly failOn: "error" | "warning" | "never";
  readonly onUnknown: "fail" | "warn";
}

/**
 * The exit status of a run that was configured rightly: 0 ready, or only what `fail-on` and `on-unknown` let pass; 1 blocked,
 * or warnings under `fail-on: warning`; 3 unknown. Never changes the verdict. 2 belongs to the entries.
 */
export function exitStatus(verdict: VerdictKind, counts: RunFacts["counts"], policy: ExitPolicy): 0 | 1 | 3 {
  if (refused(verdict, counts, policy.failOn)) return 1;
  if (verdict === "ready" || policy.onUnknown === "warn") return 0;
  // `fail-on: never` lets proven errors pass; what is unknown beside them still counts.
  return verdict === "blocked" && counts.unknowns === 0 ? 0 : 3;
}

function refused(verdict: VerdictKind, counts: RunFacts["counts"], failOn: ExitPolicy["failOn"]): boolean {
  if (failOn === "never") return false;
  return verdict === "blocked" || counts.errors > 0 || (failOn === "warning" && counts.warnings > 0);
}
