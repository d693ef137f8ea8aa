import type { Check } from "./check.ts";
import { fieldsOf, type GateJob } from "./gate-job.ts";

/** Events under which a stranger's text would be judged with the rights of the default branch. */
const LENDING = ["pull_request_target", "workflow_run"];

/** When the gate runs. */
export function eventChecks(job: GateJob): readonly Check[] {
  const { events, at } = job;
  const lending = LENDING.find((name) => events.has(name));
  const judges = events.has("pull_request") || events.has("merge_group");
  return [
    lending === undefined
      ? { check: "events", outcome: "ok", message: `${job.path} runs on ${[...events.keys()].join(", ")}` }
      : {
          check: "events",
          outcome: "problem",
          message: `${job.path} runs on ${lending}, where the gate refuses to run`,
          location: at("on"),
          fix: "on: pull_request",
        },
    ...(judges ? [mergeGroup(job), pathFilter(job)] : []),
  ];
}

function mergeGroup({ path, events, at }: GateJob): Check {
  if (events.has("merge_group")) return { check: "merge-group", outcome: "ok", message: `${path} runs on merge_group` };
  return {
    check: "merge-group",
    outcome: "problem",
    message: `${path} does not run on merge_group, so a required check never reports in a merge queue`,
    location: at("on"),
    fix: "add merge_group to on:",
  };
}

function pathFilter({ path, events, at }: GateJob): Check {
  const filters = fieldsOf(events.get("pull_request"));
  const filter = ["paths", "paths-ignore"].find((name) => filters[name] !== undefined);
  if (filter === undefined) return { check: "path-filter", outcome: "ok", message: `${path} has no path filter` };
  return {
    check: "path-filter",
    outcome: "problem",
    message: `${path} has ${filter}, and a required check whose workflow is filtered away stays pending for ever`,
    location: at("on", "pull_request", filter),
    fix: `leave out ${filter}: the gate answers at once where nothing touches mail`,
  };
}

// Of rulesets, then of classic branch protection. No sign in it that a log could not show.
const BY_HAND = [
  "on the default branch, and by whoever may read its rules:",
  `gh api 'repos/{owner}/{repo}/rules/branches/{branch}' --jq 'map(select(.type == "required_status_checks") | .parameters)'`,
  "gh api 'repos/{owner}/{repo}/branches/{branch}/protection/required_status_checks' --jq .contexts",
  "or in the web pages: Settings > Rules, and Settings > Branches",
].join("\n");

/** Nothing on this side of GitHub's API tells which checks a merge needs. */
export function requiredCheck({ checkName }: GateJob): Check {
  return {
    check: "required-check",
    outcome: "not-asked",
    message: `nothing is asked of GitHub here: see whether ${checkName} is among the required checks of the default branch`,
    fix: BY_HAND,
  };
}
