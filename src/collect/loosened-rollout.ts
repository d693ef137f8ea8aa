import type { RolloutConfig } from "../config.ts";

// What counts when nothing is said (SPEC §5), in seconds.
const CEILING = 31_557_600;
const DEPLOY_LAG = 86_400;

/** What the edited config now declares of senders, the past and the pipeline by which the rollout rules find less. */
export function loosenedRollout(after: RolloutConfig, before: RolloutConfig): readonly string[] {
  return [...senders(after, before), ...ceiling(after, before), ...deploy(after, before), ...lag(after, before)];
}

function senders(after: RolloutConfig, before: RolloutConfig): readonly string[] {
  return before.senders === "all" && after.senders !== "all"
    ? ["Refusals by senders that do not compare ids are no longer errors after this change."]
    : [];
}

function ceiling(
  { maxAgeCeiling: after = CEILING }: RolloutConfig,
  { maxAgeCeiling: before = CEILING }: RolloutConfig,
) {
  return after < before
    ? [`An unknown past is taken to be over after ${after} seconds, no longer ${before}, by this change.`]
    : [];
}

function deploy(after: RolloutConfig, before: RolloutConfig): readonly string[] {
  return after.deploy === "policy-first" && before.deploy !== "policy-first"
    ? ["This change declares that the pipeline makes a policy live before its id (deploy: policy-first)."]
    : [];
}

function lag({ deployLag: after = DEPLOY_LAG }: RolloutConfig, { deployLag: before = DEPLOY_LAG }: RolloutConfig) {
  return after < before
    ? [`A deploy is taken to be over after ${after} seconds, no longer ${before}, by this change.`]
    : [];
}
