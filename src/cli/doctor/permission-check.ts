import type { Check } from "./check.ts";
import { fieldsOf, type GateJob } from "./gate-job.ts";

const FIX = "permissions: { contents: read, pull-requests: write }";

/** The token of the job: `contents: read`, and `pull-requests: write` for the comment, no more. */
export function permissionCheck(job: GateJob): Check {
  const wrong = faultOf(job);
  if (wrong === undefined)
    return { check: "permissions", outcome: "ok", message: `the job ${job.id} has the permissions it needs` };
  const location = job.at("jobs", job.id, "permissions");
  return { check: "permissions", outcome: "problem", message: `the job ${job.id} ${wrong}`, location, fix: FIX };
}

function faultOf({ permissions, events, gate }: GateJob): string | undefined {
  if (permissions === undefined || permissions === null)
    return "says no permissions, so it has those that the repository's settings give";
  if (permissions === "write-all") return "may write everything";
  const given = permissions === "read-all" ? { contents: "read" } : fieldsOf(permissions);
  const { contents, "pull-requests": pulls, ...others } = given as Readonly<Record<string, unknown>>;
  if (contents !== "read" && contents !== "write") return "may not read the repository: contents: read is missing";
  if (contents === "write") return "may write the repository, and the gate never does";
  const more = Object.entries(others).find(([, access]) => access === "write");
  if (more) return `has ${more[0]}: write, which the gate does not need`;
  const comments = events.has("pull_request") && gate.inputs["comment"] !== "never";
  if (comments && pulls !== "write") return "cannot comment: say pull-requests: write, or comment: never";
  return undefined;
}
