import type { Options } from "../options.ts";
import type { PullRequest } from "../run/run-event.ts";
import type { Api, ApiAnswer } from "./api.ts";
import type { ApiFailure } from "./api-failure.ts";
import { saysTheSame, stampedBody, stampOf } from "./comment-body.ts";
import { type Author, type Comment, listOwn, readComment } from "./comment-list.ts";
import { failureNote, NOTES } from "./comment-notes.ts";
import { headMoved } from "./pull-head.ts";
import { commentAuthor } from "./viewer.ts";

/** What to keep on the pull request, and when. */
export interface CommentOrder {
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: PullRequest;
  /** The exact first line, by which the comment is found again. */
  readonly marker: string;
  /** Markdown, below 60,000 characters. */
  readonly body: string;
  /** Written instead when GitHub refuses `body` (422). */
  readonly shortBody: string;
  readonly when: Options["comment"];
  /** `auto` stays silent where nothing touched mail, but turns a comment green that is there. */
  readonly touchesMail: boolean;
  /** ISO 8601, when the evidence was gathered: older evidence never overwrites newer. */
  readonly asOf: string;
  /** False: the token is the job's own, which cannot ask who it is. */
  readonly askViewer: boolean;
}

/** `note`: one sentence for the reader of the log and the report. */
export interface CommentResult {
  readonly kind: "written" | "unchanged" | "skipped";
  readonly id?: number;
  readonly note?: string;
}

type Attempt = CommentResult | { readonly kind: "failed"; readonly failure: ApiFailure };

/** Keeps the one comment of this gate up to date. Never throws for what the API does; no fault here changes a verdict. */
export async function keepComment(api: Api, order: CommentOrder): Promise<CommentResult> {
  if (order.when === "never") return { kind: "skipped" };
  const author = await commentAuthor(api, order.askViewer);
  if ("kind" in author) return skipped(failureNote(author, order.pullRequest));
  for (let written = false; ; written = true) {
    const attempt = await attemptOnce(api, order, author);
    // Found as we would write it, after a write without an answer: that write did happen.
    if (attempt.kind === "unchanged" && written) return { ...attempt, kind: "written" };
    if (attempt.kind !== "failed") return attempt;
    // Every further attempt lists again first: a 5xx may have created the comment.
    if (!(await api.again(attempt.failure))) return skipped(failureNote(attempt.failure, order.pullRequest));
  }
}

const pathOf = ({ repository, pullRequest }: CommentOrder): string =>
  `/repos/${repository}/issues/${pullRequest.number}/comments`;
const commentPath = ({ repository }: CommentOrder, id: number): string => `/repos/${repository}/issues/comments/${id}`;
const skipped = (note: string | undefined): CommentResult => ({
  kind: "skipped",
  ...(note === undefined ? {} : { note }),
});

async function attemptOnce(api: Api, order: CommentOrder, author: Author): Promise<Attempt> {
  const list = await listOwn(api, pathOf(order), { marker: order.marker, author });
  if (list.kind === "failed") return list;
  const [kept, ...duplicates] = list.comments;
  if (!kept && !list.complete) return skipped(NOTES.crowded);
  if (!kept && order.when === "auto" && !order.touchesMail) return { kind: "skipped" };
  await deleteAll(api, order, duplicates);
  if (kept && isNewer(kept, order)) return skipped(NOTES.newerRun);
  const body = stampedBody(order.body, order.marker, { asOf: order.asOf, head: order.pullRequest.head });
  if (kept && saysTheSame(kept.body, body)) return { kind: "unchanged", id: kept.id };
  // Asked right before the write.
  const moved = await headMoved(api, order);
  if (typeof moved === "object") return { kind: "failed", failure: moved };
  if (moved) return skipped(NOTES.moved);
  return kept ? update(api, order, kept.id) : create(api, order);
}

/** Another run judged the same head on later evidence. A date in the future is nobody's: it would silence us for good. */
function isNewer({ body }: Comment, { asOf, pullRequest }: CommentOrder): boolean {
  const stamp = stampOf(body);
  const [theirs, ours] = [Date.parse(stamp?.asOf ?? ""), Date.parse(asOf)];
  return stamp?.head === pullRequest.head && theirs > ours && theirs < Date.now() + 300_000;
}

/** Writes the body, or the short one where GitHub refuses it. */
async function send(order: CommentOrder, write: (body: string) => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const stamp = { asOf: order.asOf, head: order.pullRequest.head };
  const answer = await write(stampedBody(order.body, order.marker, stamp));
  if (answer.kind === "answer" || answer.failure.kind !== "invalid") return answer;
  return write(stampedBody(order.shortBody, order.marker, stamp));
}

async function update(api: Api, order: CommentOrder, id: number): Promise<Attempt> {
  const answer = await send(order, (body) => api.write("PATCH", commentPath(order, id), { body }));
  if (answer.kind === "answer") return { kind: "written", id };
  // Deleted since it was listed.
  return answer.failure.kind === "gone" ? create(api, order) : { kind: "failed", failure: answer.failure };
}

async function create(api: Api, order: CommentOrder): Promise<Attempt> {
  const answer = await send(order, (body) => api.write("POST", pathOf(order), { body }));
  if (answer.kind === "failure") return { kind: "failed", failure: answer.failure };
  const created = readComment(answer.data);
  return created ? settle(api, order, created) : { kind: "failed", failure: { kind: "unusable" } };
}

/** Listing and creating are not one step: of the comments that runs at the same time created, the lowest id stays. */
async function settle(api: Api, order: CommentOrder, created: Comment): Promise<Attempt> {
  const list = await listOwn(api, pathOf(order), { marker: order.marker, author: created.author });
  if (list.kind === "failed") return { kind: "written", id: created.id };
  const [kept = created, ...duplicates] = list.comments;
  await deleteAll(api, order, duplicates);
  if (kept.id === created.id || isNewer(kept, order) || saysTheSame(kept.body, created.body))
    return { kind: "written", id: kept.id };
  const answer = await api.write("PATCH", commentPath(order, kept.id), { body: created.body });
  return answer.kind === "answer" ? { kind: "written", id: kept.id } : { kind: "failed", failure: answer.failure };
}

/** One that is gone already was deleted by the run we race with; one that stays is deleted by the next run. */
async function deleteAll(api: Api, order: CommentOrder, comments: readonly Comment[]): Promise<void> {
  for (const { id } of comments) await api.write("DELETE", commentPath(order, id));
}
