import type { Location } from "../../location.ts";

/**
 * `unseen`: could not look. `not-asked`: nothing here could look, or there is nothing to look at; how to do so by hand is the fix.
 * Neither is ever `ok`.
 */
export type Outcome = "ok" | "problem" | "unseen" | "not-asked";

/** What is looked at, in the order in which it is told. */
export const CHECKS = {
  workflow: "a workflow runs the gate on changes",
  events: "no event lends rights to a stranger's change",
  "merge-group": "the merge queue is judged too",
  "path-filter": "the required check always reports",
  permissions: "the job has the permissions it needs, and no others",
  checkout: "the checkout is there and deep enough",
  credentials: "the checkout leaves no token behind",
  pinned: "every action is at a commit",
  "required-check": "a merge needs the gate",
  clone: "this clone has its history",
  config: "the config file can be read",
  repository: "HEAD says what is to be judged, and its DNS files are read",
  resolver: "DNS answers from here",
  "port-25": "MX hosts can be reached from here",
} as const;

/** One thing that was looked at. */
export interface Check {
  readonly check: keyof typeof CHECKS;
  readonly outcome: Outcome;
  /** One sentence, without its full stop. Text in it may come from outside. */
  readonly message: string;
  readonly location?: Location;
  /** What to change or to run. */
  readonly fix?: string;
}

/** 1: something is wrong. 3: nothing is, and something could not be looked at. 0: all is well, as far as it can be seen from here. */
export function statusOf(checks: readonly Check[]): 0 | 1 | 3 {
  if (checks.some(({ outcome }) => outcome === "problem")) return 1;
  return checks.some(({ outcome }) => outcome === "unseen") ? 3 : 0;
}
