import type { Api } from "./api.ts";
import type { ApiFailure } from "./api-failure.ts";

export type Pages =
  /** `complete`: the last page was read, or nothing more was wanted. */
  { readonly kind: "read"; readonly complete: boolean } | { readonly kind: "failed"; readonly failure: ApiFailure };

const PER_PAGE = 100;

/** Reads a list of the API page by page, at most `most` pages; `each` answers whether it wants more. */
export async function readPages(
  api: Api,
  { path, most }: { readonly path: string; readonly most: number },
  each: (items: readonly unknown[]) => boolean,
): Promise<Pages> {
  // Pages are counted here and never followed: a Link that loops, or that names another host, leads nowhere.
  for (let page = 1; page <= most; page += 1) {
    const answer = await api.get(`${path}?per_page=${PER_PAGE}&page=${page}`);
    if (answer.kind === "failure") return { kind: "failed", failure: answer.failure };
    const next = nextHost(answer.link);
    if (!Array.isArray(answer.data)) return { kind: "failed", failure: { kind: "unusable" } };
    if (next !== undefined && next !== api.host) return { kind: "failed", failure: { kind: "redirected" } };
    const more = each(answer.data);
    if (!more || next === undefined || answer.data.length === 0) return { kind: "read", complete: true };
  }
  return { kind: "read", complete: false };
}

/** Host of the Link header's `rel="next"` (RFC 8288); the empty text where its URL is none. */
function nextHost(link: string | undefined): string | undefined {
  const next = link?.split(",").find((part) => part.includes('rel="next"'));
  if (next === undefined) return undefined;
  const url = /<([^<>]*)>/.exec(next)?.[1] ?? "";
  return URL.canParse(url) ? new URL(url).host : "";
}
