import type { RolloutConfig } from "../config.ts";
import type { JudgeSettings } from "./inspection.ts";

/** What the rollout rules go by: what the operator declares, else the worst that is usual. */
export interface RolloutTerms {
  /** Whose refusals are errors; those of the others are warnings with a date. */
  readonly senders: NonNullable<RolloutConfig["senders"]>;
  /** Milliseconds: the greatest max_age of an enforce policy that the history does not show. */
  readonly ceiling: number;
  /** Milliseconds between a merge and the last sender that is served what was there before. */
  readonly lag: number;
  /** The pipeline makes a policy live on every address before its id. */
  readonly policyFirst: boolean;
}

const LONGEST_MAX_AGE = 31_557_600; // seconds (RFC 8461 §3.2)
const DEPLOY_LAG = 86_400; // seconds (SPEC §5)

export function rolloutTerms({ rollout }: Pick<JudgeSettings, "rollout">): RolloutTerms {
  return {
    senders: rollout?.senders ?? "id-checking",
    ceiling: (rollout?.maxAgeCeiling ?? LONGEST_MAX_AGE) * 1000,
    lag: (rollout?.deployLag ?? DEPLOY_LAG) * 1000,
    policyFirst: rollout?.deploy === "policy-first",
  };
}
