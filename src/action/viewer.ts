import type { Api } from "./api.ts";
import type { ApiFailure } from "./api-failure.ts";
import type { Author } from "./comment-list.ts";

const ACTIONS_BOT: Author = { login: "github-actions[bot]", type: "Bot" };

/**
 * Whose comments are our own. `askViewer` false: the token is the job's own, whose comments are by `github-actions[bot]`, and
 * which cannot ask who it is.
 */
export async function commentAuthor(api: Api, askViewer: boolean): Promise<Author | ApiFailure> {
  if (!askViewer) return ACTIONS_BOT;
  const answer = await api.get("/user");
  if (answer.kind === "answer") {
    const { login, type } = (answer.data ?? {}) as Partial<Author>;
    return typeof login === "string" && typeof type === "string" ? { login, type } : { kind: "unusable" };
  }
  // An app's installation token is not allowed to ask.
  return answer.failure.kind === "forbidden" ? ACTIONS_BOT : answer.failure;
}
