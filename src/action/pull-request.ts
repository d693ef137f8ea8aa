import type { Contact } from "../evidence.ts";
import type { Options } from "../options.ts";
import { commentMarker } from "../report/comment.ts";
import type { Judged, Question } from "../run/change.ts";
import { openApi } from "./api.ts";
import { type CommentResult, keepComment } from "./comment.ts";
import { NOTES } from "./comment-notes.ts";

/** Milliseconds for everything that is asked of GitHub's API; the time of the run bounds it, too. */
const LONGEST = 60_000;
/** Milliseconds for it all the same where the time of the run is up: it is then that a reader must be told. */
const SHORTEST = 5_000;
const RETRIES = 3;

/** What became of the comment, and whom it was asked of. */
export type Told = CommentResult & { readonly contact?: Contact };

/** Keeps the comment on the pull request of this run, where there is one. No fault here changes a verdict. */
export async function tellPullRequest(question: Question, judged: Judged, body: string): Promise<Told> {
  const { options, event, runner } = question;
  const { pullRequest } = event;
  const { comment: when, githubToken: token } = options;
  if (!pullRequest || when === "never") return { kind: "skipped" };
  const wanted = when === "always" || judged.sum.touchesMail;
  if (!token || !runner.repository) return wanted ? { kind: "skipped", note: NOTES.noToken } : { kind: "skipped" };
  const marker = commentMarker(labelOf(options));
  const budget = Math.ceil(Math.max(SHORTEST, Math.min(LONGEST, judged.timeLeft)));
  const api = await openApi({ token, baseUrl: runner.apiUrl, budget, retries: RETRIES });
  const contact: Contact = { purpose: "api", name: api.host, address: "", port: 443 };
  const result = await keepComment(api, {
    repository: runner.repository,
    pullRequest,
    marker,
    body,
    shortBody: shortBody(judged, marker, runner.runUrl),
    when,
    touchesMail: judged.sum.touchesMail,
    asOf: judged.run.asOf,
    // An installation token, as the job's own is, may not ask who it is.
    askViewer: !token.startsWith("ghs_"),
  });
  // Nobody misses a comment where nothing touches mail: a job that may only read stays quiet.
  return { ...(wanted || result.kind !== "skipped" ? result : { kind: "skipped" }), contact };
}

/** The label that tells several gates on one pull request apart. */
export const labelOf = ({ label }: Pick<Options, "label">): string => label ?? "default";

/** Nothing from outside: it is written where GitHub refused the whole report. */
function shortBody({ run }: Judged, marker: string, runUrl: string | undefined): string {
  const { domains, errors, warnings, unknowns } = run.counts;
  const counts = `${domains} domains: ${errors} errors, ${warnings} warnings, ${unknowns} unknowns.`;
  const where = runUrl === undefined ? "the job summary" : `[the job summary](${runUrl})`;
  return `${marker}\n## Verdict: ${run.verdict}\n\n${counts} GitHub refused the whole report as a comment; ${where} has it.\n`;
}
