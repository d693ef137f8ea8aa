import type { PullRequest } from "../run/run-event.ts";
import type { Api } from "./api.ts";
import type { ApiFailure } from "./api-failure.ts";

/** A pull request and the head of it that this run judged. */
export interface PullAtHead {
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: PullRequest;
}

/** Whether the pull request has another head by now. An older run that finishes last would speak of one that is gone. */
export async function headMoved(api: Api, { repository, pullRequest }: PullAtHead): Promise<boolean | ApiFailure> {
  const answer = await api.get(`/repos/${repository}/pulls/${pullRequest.number}`);
  if (answer.kind === "failure") return answer.failure;
  const head = (answer.data as { head?: { sha?: unknown } } | null)?.head?.sha;
  return typeof head === "string" ? head !== pullRequest.head : { kind: "unusable" };
}
