import { OptionError } from "../errors.ts";
import type { Options } from "../options.ts";
import type { BaseRevision, PullRequest, RunEvent, Work } from "../run/run-event.ts";
import { isCommitId } from "./commit-id.ts";
import { type EventPayload, readPayload } from "./event-payload.ts";

type Env = NodeJS.ProcessEnv;

/**
 * Reads what the workflow's event says about the change, and what is to be done. The input `base` wins over what the event names.
 * @throws OptionError for an event without a base to gate against, for one that must not be judged, and for a payload that is none.
 */
export function readEvent(env: Env, { base, mode }: Pick<Options, "base" | "mode">): RunEvent {
  const name = env["GITHUB_EVENT_NAME"] ?? "";
  refuse(name);
  const payload = readPayload(env["GITHUB_EVENT_PATH"]);
  const event = eventOf(name, payload, env);
  const against: BaseRevision | undefined = base === undefined ? event.base : { kind: "revision", text: base };
  const deploys = name !== "push" || isOfDefaultBranch(payload);
  const work = workOf(name, mode, { base: against, deploys });
  if (against) return { ...event, name, base: against, work };
  if (work === "gate" && mode !== "observe")
    throw new OptionError("base", withoutBase(name), { allowed: ["a branch, a tag or a commit id"] });
  // Compared with itself a commit changes nothing, and all domains are looked at.
  return { ...event, name, base: { kind: "commit", id: event.commit }, work };
}

interface Occasion {
  readonly base: BaseRevision | undefined;
  /** What is deployed may come from this commit. */
  readonly deploys: boolean;
}

/** SPEC §7. The push that created the default branch, and an event that is about no change, have nothing to gate against. */
function workOf(name: string, mode: Options["mode"], { base, deploys }: Occasion): Work {
  if (mode === "gate" || mode === "verify") return mode;
  if (!deploys) return "gate";
  if (base === undefined) return "verify";
  return name === "push" ? "gate-then-verify" : "gate";
}

/** Nothing is deployed from a branch that waits for its pull request; where the payload does not tell, it may be. */
function isOfDefaultBranch(payload: EventPayload): boolean {
  const branch = payload.text("repository", "default_branch");
  return branch === undefined || payload.text("ref") === `refs/heads/${branch}`;
}

// Both run with the rights and secrets of the default branch over what a stranger wrote (THREATS §3.6).
function refuse(name: string): void {
  if (name !== "pull_request_target" && name !== "workflow_run") return;
  const why = `the event ${name} gives a run the rights of the default branch over a head that anyone may have written`;
  throw new OptionError("on", `${why}, so nothing was judged`, { allowed: ["pull_request", "merge_group", "push"] });
}

type Found = Omit<RunEvent, "name" | "base"> & { readonly base: BaseRevision | undefined };

function eventOf(name: string, payload: EventPayload, env: Env): Found {
  switch (name) {
    case "pull_request":
      return pullRequestEvent(payload, env);
    case "merge_group":
      return mergeGroupEvent(payload);
    case "push":
      return pushEvent(payload);
    default:
      return { commit: commitOf(env), base: undefined, pullRequest: null };
  }
}

function pullRequestEvent(payload: EventPayload, env: Env): Found {
  const base = payload.id("pull_request", "base", "sha");
  const pullRequest = {
    number: payload.count("pull_request", "number"),
    head: payload.id("pull_request", "head", "sha"),
    from: originOf(payload, env),
  };
  // GITHUB_SHA is the merge commit of refs/pull/N/merge; pull_request.merge_commit_sha can be an older one.
  return { commit: commitOf(env), base: { kind: "first-parent", otherwise: base }, pullRequest };
}

function originOf(payload: EventPayload, env: Env): PullRequest["from"] {
  // A fork that was deleted leaves `head.repo: null`; it is still not this repository.
  const [head, here] = [
    payload.text("pull_request", "head", "repo", "full_name"),
    payload.text("repository", "full_name"),
  ];
  if (head === undefined || here === undefined || head.toLowerCase() !== here.toLowerCase()) return "fork";
  const actors = [env["GITHUB_ACTOR"], payload.text("pull_request", "user", "login")];
  return actors.includes("dependabot[bot]") ? "dependabot" : "repository";
}

function mergeGroupEvent(payload: EventPayload): Found {
  const base = { kind: "commit", id: payload.id("merge_group", "base_sha") } as const;
  return { commit: payload.id("merge_group", "head_sha"), base, pullRequest: null };
}

const NO_COMMIT = /^0+$/;

function pushEvent(payload: EventPayload): Found {
  const [before, after] = [payload.id("before"), payload.id("after")];
  if (NO_COMMIT.test(after)) throw new OptionError("on", "this push deletes its branch, so there is nothing to judge");
  const base = NO_COMMIT.test(before) ? undefined : ({ kind: "commit", id: before } as const);
  return { commit: after, base, pullRequest: null };
}

function withoutBase(name: string): string {
  if (name === "push")
    return "this push created its branch, so the event names no revision to judge against; say `base:`";
  return `on the event ${name || "(none)"}, the event names no base; say \`base:\` to gate against a revision`;
}

function commitOf(env: Env): string {
  const commit = env["GITHUB_SHA"] ?? "";
  if (isCommitId(commit)) return commit;
  throw new OptionError("GITHUB_SHA", "is no commit id, so the commit to judge is not known");
}
