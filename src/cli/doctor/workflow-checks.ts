import type { Check } from "./check.ts";
import { eventChecks, requiredCheck } from "./event-checks.ts";
import { type GateJob, gateJobs } from "./gate-job.ts";
import { permissionCheck } from "./permission-check.ts";
import { stepChecks } from "./step-checks.ts";

/** A workflow of the repository. */
export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
}

/** Everything that is wrong with how the gate is run. */
export function workflowChecks(files: readonly WorkflowFile[]): readonly Check[] {
  const readings = files.map(({ path, text }) => gateJobs(path, text));
  const broken = readings.flatMap((reading): readonly Check[] =>
    reading.kind === "read"
      ? []
      : [{ check: "workflow", outcome: "unseen", message: `${reading.path} is no YAML: ${reading.why}` }],
  );
  const jobs = readings.flatMap((reading) => (reading.kind === "read" ? reading.jobs : []));
  return [...broken, onChanges(jobs, files.length), ...jobs.flatMap(jobChecks)];
}

const CHANGES = ["pull_request", "merge_group", "push"];

function onChanges(jobs: readonly GateJob[], files: number): Check {
  const job = jobs.find(({ events }) => CHANGES.some((name) => events.has(name)));
  if (job) return { check: "workflow", outcome: "ok", message: `${job.path} runs the gate in the job ${job.id}` };
  const message =
    jobs.length > 0
      ? "the gate runs, but on no pull_request, merge_group or push"
      : `none of ${files} workflows runs the gate`;
  return { check: "workflow", outcome: "problem", message, fix: "mta-sts-gate init DOMAIN writes a workflow" };
}

function jobChecks(job: GateJob): readonly Check[] {
  const isRequired = job.events.has("pull_request") || job.events.has("merge_group");
  return [...eventChecks(job), permissionCheck(job), ...stepChecks(job), ...(isRequired ? [requiredCheck(job)] : [])];
}
