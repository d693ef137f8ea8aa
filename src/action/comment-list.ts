import type { Api } from "./api.ts";
import type { ApiFailure } from "./api-failure.ts";
import { readPages } from "./pages.ts";

/** A comment on the pull request, as far as this gate reads it. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: Author;
  /** A review comment whose lines the diff no longer has. */
  readonly outdated?: true;
}

export interface Author {
  readonly login: string;
  /** `Bot`, `User` … */
  readonly type: string;
}

/** What makes a comment our own: its whole first line, or what must hold of it, and its author. */
export interface Own {
  readonly marker: string | ((line: string) => boolean);
  readonly author: Author;
}

export type CommentList =
  | { readonly kind: "comments"; readonly comments: readonly Comment[]; readonly complete: boolean }
  | { readonly kind: "failed"; readonly failure: ApiFailure };

const PAGES = 30;

/**
 * Comments whose first line is exactly the marker and whose author is `author`, lowest id first. Both must hold: anyone can plant
 * a comment with the marker, and edit it after the gate has written into it (THREATS §3.5).
 */
export async function listOwn(api: Api, path: string, own: Own): Promise<CommentList> {
  const comments: Comment[] = [];
  const pages = await readPages(api, { path, most: PAGES }, (items) => {
    comments.push(...items.flatMap((item) => readComment(item) ?? []).filter((it) => isOwn(it, own)));
    return true;
  });
  if (pages.kind === "failed") return pages;
  return { kind: "comments", comments: comments.toSorted((a, b) => a.id - b.id), complete: pages.complete };
}

/** Reads one comment of the API's JSON; undefined where it is none. A deleted account leaves `user: null`. */
export function readComment(item: unknown): Comment | undefined {
  const { id, body, user, line } = (item ?? {}) as Readonly<Record<"id" | "body" | "line", unknown>> & {
    user?: Partial<Author> | null;
  };
  if (!Number.isSafeInteger(id) || typeof body !== "string") return undefined;
  if (typeof user?.login !== "string" || typeof user.type !== "string") return undefined;
  const author = { login: user.login, type: user.type };
  return { id: id as number, body, author, ...(line === null ? { outdated: true } : {}) };
}

/** The line that a marker fills. GitHub may keep CRLF. */
export const markerLine = ({ body }: Pick<Comment, "body">): string => body.split(/\r?\n/, 1)[0] ?? "";

function isOwn(comment: Comment, { marker, author }: Own): boolean {
  if (comment.author.login !== author.login || comment.author.type !== author.type) return false;
  const line = markerLine(comment);
  return typeof marker === "string" ? line === marker : marker(line);
}
