import type { PullRequest } from "../run/run-event.ts";
import type { ApiFailure } from "./api-failure.ts";

// Why there is no comment, for the log and the report. Nothing of what the API said is repeated.

const ELSEWHERE = "the annotations and the job summary say everything";

export const NOTES = {
  moved: `The pull request has a newer head, so no comment was written for this one; ${ELSEWHERE}.`,
  newerRun: `A run with newer evidence has already written the comment, so this one left it as it is; ${ELSEWHERE}.`,
  crowded: `The pull request has more than 3,000 comments, so none was added; ${ELSEWHERE}.`,
  noToken: `There is no \`github-token\`, so no comment was written; ${ELSEWHERE}.`,
} as const;

const ORIGINS: Readonly<Record<PullRequest["from"], string>> = {
  repository: "give the job `permissions: pull-requests: write`, or set `comment: never`",
  fork: "runs for a fork cannot have `pull-requests: write`, which a comment needs",
  dependabot: "runs for Dependabot cannot have `pull-requests: write` unless the workflow's permissions grant it",
};

const REASONS: Readonly<Record<Exclude<ApiFailure["kind"], "forbidden">, string>> = {
  transient: "GitHub's API did not answer",
  limited: "GitHub's rate limit is reached",
  unauthorized: "GitHub refused the token",
  gone: "the token cannot see the pull request",
  locked: "the conversation is locked",
  invalid: "GitHub refused the text",
  redirected: "GitHub's API pointed to another place, which is not followed",
  late: "the time for GitHub's API was up",
  unusable: "GitHub's API gave no usable answer",
};

/** One sentence. */
export function failureNote({ kind }: ApiFailure, { from }: PullRequest): string {
  const reason = kind === "forbidden" ? `the token may not write one (${ORIGINS[from]})` : REASONS[kind];
  return `No comment was written because ${reason}; ${ELSEWHERE}.`;
}

/** Why there are no suggestions; the comment and the report have the same fixes. */
export const SUGGESTION_NOTES = {
  moved: "The pull request has a newer head, so no suggestion was made for this one; the job summary has the fixes.",
  crowded:
    "The pull request has more than 3,000 review comments, so no suggestion was added; the job summary has the fixes.",
  readOnly:
    "Runs for a fork or for Dependabot cannot have `pull-requests: write`, which suggestions need; the job summary has the fixes.",
  noToken: "There is no `github-token`, so no suggestion was made; the job summary has the fixes.",
  internal: "Suggestions were not kept because of an internal error; annotations and job summary are complete.",
} as const;

/** One sentence. */
export function suggestionNote({ kind }: ApiFailure): string {
  const may = "give the job `permissions: pull-requests: write`, or leave `suggest` out";
  const reason = kind === "forbidden" ? `the token may not write them (${may})` : REASONS[kind];
  return `Suggestions are missing because ${reason}; the job summary has the fixes.`;
}
