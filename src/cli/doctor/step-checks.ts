import type { Check } from "./check.ts";
import { type GateJob, type JobStep, textOf } from "./gate-job.ts";

/** The steps of a job that runs the gate. */
export function stepChecks(job: GateJob): readonly Check[] {
  const checkout = job.steps.findLast(({ uses, index }) => /^actions\/checkout@/i.test(uses) && index < job.gate.index);
  return [...(checkout ? [depth(job, checkout), credentials(job, checkout)] : [noCheckout(job)]), pinned(job)];
}

function noCheckout(job: GateJob): Check {
  return {
    check: "checkout",
    outcome: "problem",
    message: `no step of the job ${job.id} checks the repository out before the gate`,
    location: placeOf(job, job.gate),
    fix: "- uses: actions/checkout with fetch-depth: 0 before the gate",
  };
}

function depth(job: GateJob, step: JobStep): Check {
  // An empty input is left out.
  const text = textOf(step.inputs["fetch-depth"]);
  const fetched = text === "" ? 1 : Number(text);
  if (text.startsWith("${{"))
    return { check: "checkout", outcome: "unseen", message: `fetch-depth of the job ${job.id} is an expression` };
  if (fetched === 0) return { check: "checkout", outcome: "ok", message: `the job ${job.id} has the whole history` };
  if (fetched >= 2)
    return {
      check: "checkout",
      outcome: "ok",
      message: `the job ${job.id} has ${fetched} commits: enough to compare; how long a policy has been published is not seen`,
    };
  return {
    check: "checkout",
    outcome: "problem",
    message: `the checkout of the job ${job.id} has one commit: the base is not in it, and how long a policy has been published is not seen`,
    location: placeOf(job, step),
    fix: "fetch-depth: 0",
  };
}

function credentials(job: GateJob, step: JobStep): Check {
  // The runner reads an input as text: `"false"` says the same.
  if (textOf(step.inputs["persist-credentials"]).toLowerCase() === "false")
    return { check: "credentials", outcome: "ok", message: `the checkout of the job ${job.id} leaves no token behind` };
  return {
    check: "credentials",
    outcome: "problem",
    message: `the checkout of the job ${job.id} leaves the token where every later step can read it`,
    location: placeOf(job, step),
    fix: "persist-credentials: false",
  };
}

const AT_A_COMMIT = /^(?:\.\/|[^@]+@[0-9a-f]{40}$|docker:\/\/[^@]+@sha256:[0-9a-f]{64}$)/;

function pinned(job: GateJob): Check {
  const [loose, ...more] = job.steps.filter(({ uses }) => uses !== "" && !AT_A_COMMIT.test(uses));
  if (!loose) return { check: "pinned", outcome: "ok", message: `every action of the job ${job.id} is at a commit` };
  const unfilled = /^OWNER\/|@COMMIT$/.test(loose.uses);
  const others = more.length > 0 ? `, and so are ${more.length} more` : "";
  return {
    check: "pinned",
    outcome: "problem",
    message: unfilled
      ? `${loose.uses} in the job ${job.id} is still to be filled in`
      : `${loose.uses} in the job ${job.id} is at a name that can move${others}`,
    location: placeOf(job, loose),
    fix: unfilled
      ? "put owner and full commit id of a version that you have read"
      : "name the full commit id, with the version in a comment",
  };
}

const placeOf = (job: GateJob, { index }: JobStep) => job.at("jobs", job.id, "steps", index);
