import type { Api } from "./api.ts";
import type { ApiFailure } from "./api-failure.ts";
import { type Author, type Comment, listOwn, markerLine } from "./comment-list.ts";
import { SUGGESTION_NOTES, suggestionNote } from "./comment-notes.ts";
import { diffLines } from "./diff-lines.ts";
import { headMoved, type PullAtHead } from "./pull-head.ts";
import { isSuggestionMarker, type Suggestion, suggestionsFor } from "./suggestion.ts";
import { commentAuthor } from "./viewer.ts";
import type { WantedFix } from "./wanted-fixes.ts";

/** What to suggest on lines of the diff. */
export interface SuggestionOrder extends PullAtHead {
  readonly label: string;
  readonly fixes: readonly WantedFix[];
  /** False: the token is the job's own, which cannot ask who it is. */
  readonly askViewer: boolean;
}

/** `note`: one sentence for the reader of the log and the report, where a suggestion is missing. */
export interface SuggestionResult {
  readonly created: number;
  readonly deleted: number;
  readonly note?: string;
}

interface Attempt {
  readonly failure?: ApiFailure;
  readonly note?: string;
}

interface Counted {
  created: number;
  deleted: number;
  /** Markers that GitHub refused (422): no further attempt helps. */
  readonly refused: Set<string>;
}

/** Keeps one review comment for each fix whose lines the diff shows. Never throws for what the API does. */
export async function keepSuggestions(api: Api, order: SuggestionOrder): Promise<SuggestionResult> {
  const counted: Counted = { created: 0, deleted: 0, refused: new Set() };
  const ended = (note?: string): SuggestionResult => {
    const { created, deleted } = counted;
    // Nobody misses a suggestion where there is nothing to suggest.
    return { created, deleted, ...(note === undefined || order.fixes.length === 0 ? {} : { note }) };
  };
  const author = await commentAuthor(api, order.askViewer);
  if ("kind" in author) return ended(suggestionNote(author));
  for (;;) {
    const { failure, note } = await attemptOnce(api, { ...order, author }, counted);
    if (failure === undefined) return ended(counted.refused.size > 0 ? suggestionNote({ kind: "invalid" }) : note);
    // Every further attempt lists again first: a 5xx may have created the comment.
    if (!(await api.again(failure))) return ended(suggestionNote(failure));
  }
}

type Order = SuggestionOrder & { readonly author: Author };

const pullPath = ({ repository, pullRequest }: PullAtHead): string =>
  `/repos/${repository}/pulls/${pullRequest.number}`;

const ownComments = (api: Api, order: Order) =>
  listOwn(api, `${pullPath(order)}/comments`, { marker: isSuggestionMarker(order.label), author: order.author });

async function attemptOnce(api: Api, order: Order, counted: Counted): Promise<Attempt> {
  const own = await ownComments(api, order);
  if (own.kind === "failed") return own;
  const wanted = await wantedSuggestions(api, order);
  if (wanted.kind === "failed") return wanted;
  const { kept, idle } = sorted(own.comments, wanted.suggestions);
  const missing = wanted.suggestions.filter(({ marker }) => !kept.has(marker) && !counted.refused.has(marker));
  if (idle.length === 0 && missing.length === 0) return {};
  // An older run that finishes last would delete what a newer one suggests.
  const moved = await headMoved(api, order);
  if (typeof moved === "object") return { failure: moved };
  if (moved) return { note: SUGGESTION_NOTES.moved };
  const failure = await deleteAll(api, order, { idle, counted });
  if (failure) return { failure };
  // Behind what was read there may be the same suggestion.
  if (!own.complete) return { note: SUGGESTION_NOTES.crowded };
  const refusal = await createAll(api, order, { missing, counted });
  return refusal ? { failure: refusal } : {};
}

type Wanted =
  | { readonly kind: "suggestions"; readonly suggestions: readonly Suggestion[] }
  | { readonly kind: "failed"; readonly failure: ApiFailure };

async function wantedSuggestions(api: Api, order: Order): Promise<Wanted> {
  const paths = new Set(order.fixes.map(({ fix }) => fix.path));
  if (paths.size === 0) return { kind: "suggestions", suggestions: [] };
  const diff = await diffLines(api, `${pullPath(order)}/files`, paths);
  if (diff.kind === "failed") return diff;
  return { kind: "suggestions", suggestions: suggestionsFor(order.fixes, diff.files, order.label) };
}

/** Of our own comments, the lowest id of each that is wanted stays; one whose lines are gone from the diff helps nobody. */
function sorted(
  own: readonly Comment[],
  wanted: readonly Suggestion[],
): { readonly kept: ReadonlySet<string>; readonly idle: readonly Comment[] } {
  const markers = new Set(wanted.map(({ marker }) => marker));
  const kept = new Set<string>();
  const idle = own.filter((comment) => {
    const marker = markerLine(comment);
    if (comment.outdated || !markers.has(marker) || kept.has(marker)) return true;
    kept.add(marker);
    return false;
  });
  return { kept, idle };
}

/** One that is gone already was deleted by the run we race with. */
async function deleteAll(
  api: Api,
  { repository }: Order,
  { idle, counted }: { readonly idle: readonly Comment[]; readonly counted: Counted },
): Promise<ApiFailure | undefined> {
  for (const { id } of idle) {
    const answer = await api.write("DELETE", `/repos/${repository}/pulls/comments/${id}`);
    if (answer.kind === "failure" && answer.failure.kind !== "gone") return answer.failure;
    if (answer.kind === "answer") counted.deleted += 1;
  }
  return undefined;
}

async function createAll(
  api: Api,
  order: Order,
  { missing, counted }: { readonly missing: readonly Suggestion[]; readonly counted: Counted },
): Promise<ApiFailure | undefined> {
  for (const suggestion of missing) {
    const answer = await api.write("POST", `${pullPath(order)}/comments`, reviewComment(suggestion, order));
    if (answer.kind === "answer") counted.created += 1;
    // The others may lie on lines that GitHub takes.
    else if (answer.failure.kind === "invalid") counted.refused.add(suggestion.marker);
    else return answer.failure;
  }
  if (missing.length > 0) await settle(api, order, counted);
  return undefined;
}

const reviewComment = ({ path, startLine, endLine, body }: Suggestion, { pullRequest }: Order): object => ({
  commit_id: pullRequest.head,
  path,
  ...(startLine === endLine ? {} : { start_line: startLine, start_side: "RIGHT" }),
  line: endLine,
  side: "RIGHT",
  body,
});

/** Listing and creating are not one step: of the same suggestions that runs at the same time made, the lowest id stays. */
async function settle(api: Api, order: Order, counted: Counted): Promise<void> {
  const own = await ownComments(api, order);
  if (own.kind === "failed") return;
  const seen = new Set<string>();
  const idle = own.comments.filter((comment) => seen.has(markerLine(comment)) || !seen.add(markerLine(comment)));
  await deleteAll(api, order, { idle, counted });
}
