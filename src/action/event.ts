import { OptionError } from "../errors.ts";
import type { Options } from "../options.ts";
import type { BaseRevision, PullRequest, RunEvent } from "../run/run-event.ts";
import { isCommitId } from "./commit-id.ts";
import { type EventPayload, readPayload } from "./event-payload.ts";

type Env = NodeJS.ProcessEnv;

/**
 * Reads what the workflow's event says about the change. The input `base` wins over what the event names.
 * @throws OptionError for an event without a base, for one that must not be gated, and for a payload that is none.
 */
export function readEvent(env: Env, { base, mode }: Pick<Options, "base" | "mode">): RunEvent {
  const name = env["GITHUB_EVENT_NAME"] ?? "";
  refuse(name);
  const payload = readPayload(env["GITHUB_EVENT_PATH"]);
  const event = eventOf(name, payload, env);
  if (base !== undefined) return { ...event, name, base: { kind: "revision", text: base } };
  if (event.base) return { ...event, name, base: event.base };
  // To observe needs no base: compared with itself a commit changes nothing, and all domains are looked at.
  if (mode === "observe") return { ...event, name, base: { kind: "commit", id: event.commit } };
  throw new OptionError("base", withoutBase(name, mode), { allowed: ["a branch, a tag or a commit id"] });
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

function withoutBase(name: string, mode: Options["mode"]): string {
  if (name === "push")
    return "this push created its branch, so the event names no revision to judge against; say `base:`";
  const lack =
    mode === "auto" ? "mode auto is verify here, which this version does not have" : "the event names no base";
  return `on the event ${name || "(none)"}, ${lack}; say \`base:\` to gate against a revision`;
}

function commitOf(env: Env): string {
  const commit = env["GITHUB_SHA"] ?? "";
  if (isCommitId(commit)) return commit;
  throw new OptionError("GITHUB_SHA", "is no commit id, so the commit to judge is not known");
}
