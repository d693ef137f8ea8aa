import type { Api } from "./api.ts";
import type { ApiFailure } from "./api-failure.ts";

/** A comment on the pull request, as far as this gate reads it. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: Author;
}

export interface Author {
  readonly login: string;
  /** `Bot`, `User` … */
  readonly type: string;
}

export type CommentList =
  | { readonly kind: "comments"; readonly comments: readonly Comment[]; readonly complete: boolean }
  | { readonly kind: "failed"; readonly failure: ApiFailure };

const PAGES = 30;
const PER_PAGE = 100;

/**
 * Comments whose first line is exactly `marker` and whose author is `author`, lowest id first. Both must hold: anyone can plant
 * a comment with the marker, and edit it after the gate has written into it (THREATS §3.5).
 */
export async function listOwn(api: Api, path: string, own: { marker: string; author: Author }): Promise<CommentList> {
  const comments: Comment[] = [];
  // Pages are counted here and never followed: a Link that loops, or that names another host, leads nowhere.
  for (let page = 1; page <= PAGES; page += 1) {
    const answer = await api.get(`${path}?per_page=${PER_PAGE}&page=${page}`);
    if (answer.kind === "failure") return { kind: "failed", failure: answer.failure };
    const next = nextHost(answer.link);
    if (!Array.isArray(answer.data)) return { kind: "failed", failure: { kind: "unusable" } };
    if (next !== undefined && next !== api.host) return { kind: "failed", failure: { kind: "redirected" } };
    comments.push(...answer.data.flatMap((item: unknown) => readComment(item) ?? []).filter((it) => isOwn(it, own)));
    if (next === undefined || answer.data.length === 0)
      return { kind: "comments", comments: sorted(comments), complete: true };
  }
  return { kind: "comments", comments: sorted(comments), complete: false };
}

/** Reads one comment of the API's JSON; undefined where it is none. A deleted account leaves `user: null`. */
export function readComment(item: unknown): Comment | undefined {
  const { id, body, user } = (item ?? {}) as { id?: unknown; body?: unknown; user?: Partial<Author> | null };
  if (!Number.isSafeInteger(id) || typeof body !== "string") return undefined;
  if (typeof user?.login !== "string" || typeof user.type !== "string") return undefined;
  return { id: id as number, body, author: { login: user.login, type: user.type } };
}

const isOwn = ({ body, author }: Comment, own: { marker: string; author: Author }): boolean =>
  author.login === own.author.login && author.type === own.author.type && body.split(/\r?\n/, 1)[0] === own.marker;

const sorted = (comments: readonly Comment[]): readonly Comment[] => comments.toSorted((a, b) => a.id - b.id);

/** Host of the Link header's `rel="next"` (RFC 8288); the empty text where its URL is none. */
function nextHost(link: string | undefined): string | undefined {
  const next = link?.split(",").find((part) => part.includes('rel="next"'));
  if (next === undefined) return undefined;
  const url = /<([^<>]*)>/.exec(next)?.[1] ?? "";
  return URL.canParse(url) ? new URL(url).host : "";
}
