import type { Docket } from "../gate.ts";
import type { Options } from "../options.ts";
import type { Proposal } from "../proposal.ts";
import type { RunEvent } from "./run-event.ts";

/** What verify judges: what the repository says, with nothing that changes. */
export function verifyDocket(docket: Docket, { proxy, evidence }: Pick<Options, "proxy" | "evidence">): Docket {
  return {
    ...docket,
    mode: "verify",
    proposals: docket.proposals.map(asItStands),
    mxOnly: docket.mxOnly.map(asItStands),
    // Who gave the run a way to port 25, or to what another machine saw there, counts on it.
    settings: { ...docket.settings, probesNeeded: proxy !== undefined || evidence.length > 0 },
  };
}

function asItStands(proposal: Proposal): Proposal {
  const { proposed, publishing } = proposal;
  return {
    ...proposal,
    base: proposed,
    touched: [],
    publishing: { proposed: publishing.proposed, base: publishing.proposed },
  };
}

const AFTER_PUSH = 900_000; // milliseconds

/** How long a deploy is waited for, in milliseconds. Evidence that was gathered before is not going to change. */
export function longestWait(
  { waitForDeploy, evidence }: Pick<Options, "waitForDeploy" | "evidence">,
  { name, work }: Pick<RunEvent, "name" | "work">,
): number {
  if (work === "verify" && evidence.length > 0) return 0;
  return waitForDeploy ?? (name === "push" ? AFTER_PUSH : 0);
}
