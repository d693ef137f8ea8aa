import type { Contact } from "../evidence.ts";
import type { Judged, Question } from "../run/change.ts";
import { openApi } from "./api.ts";
import { SUGGESTION_NOTES } from "./comment-notes.ts";
import { labelOf } from "./pull-request.ts";
import { keepSuggestions } from "./suggestions.ts";
import type { WantedFix } from "./wanted-fixes.ts";

/** Milliseconds for the suggestions, after the comment; the time of the run bounds it, too. */
const LONGEST = 30_000;
const SHORTEST = 5_000;
const RETRIES = 3;

/** Why a suggestion is missing, and whom it was asked of. */
export interface Suggested {
  readonly note?: string;
  /** Nothing was asked, as a run for a fork or for Dependabot can only read. */
  readonly readOnly?: true;
  readonly contact?: Contact;
}

/** Keeps the suggestions on the pull request of this run, where they are asked for. No fault here changes a verdict. */
export async function suggestFixes(
  { options, event: { pullRequest }, runner }: Question,
  { timeLeft }: Pick<Judged, "timeLeft">,
  fixes: readonly WantedFix[],
): Promise<Suggested> {
  const { suggest, githubToken: token } = options;
  if (!suggest || !pullRequest) return {};
  const missing = (note: string): Suggested => (fixes.length > 0 ? { note } : {});
  if (pullRequest.from !== "repository") return { ...missing(SUGGESTION_NOTES.readOnly), readOnly: true };
  if (!token || !runner.repository) return missing(SUGGESTION_NOTES.noToken);
  const budget = Math.ceil(Math.max(SHORTEST, Math.min(LONGEST, timeLeft)));
  const api = await openApi({ token, baseUrl: runner.apiUrl, budget, retries: RETRIES });
  const { note } = await keepSuggestions(api, {
    repository: runner.repository,
    pullRequest,
    label: labelOf(options),
    fixes,
    askViewer: !token.startsWith("ghs_"),
  });
  const contact: Contact = { purpose: "api", name: api.host, address: "", port: 443 };
  return { contact, ...(note === undefined ? {} : { note }) };
}
