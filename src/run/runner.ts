import type { ReportContext } from "../report/reporter.ts";

/** What the runner says about itself in the environment, read and bounded. */
export interface Runner {
  readonly workspace: string;
  /** `owner/name`; undefined where the environment names none, as outside GitHub. */
  readonly repository: string | undefined;
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly runUrl: string | undefined;
  readonly rulePage: ReportContext["rulePage"];
}

type Env = NodeJS.ProcessEnv;

const SLUG = /^(?!\.)[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/;
const REF = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}$/;

export function readRunner(env: Env): Runner {
  const server = urlOf(env["GITHUB_SERVER_URL"]) ?? "https://github.com";
  const repository = matching(SLUG, env["GITHUB_REPOSITORY"]);
  const run = matching(/^[0-9]{1,20}$/, env["GITHUB_RUN_ID"]);
  return {
    workspace: env["GITHUB_WORKSPACE"] || process.cwd(),
    repository,
    apiUrl: urlOf(env["GITHUB_API_URL"]) ?? "https://api.github.com",
    runUrl: repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
    rulePage: pageOf(env, server),
  };
}

/** The page of a rule in the repository of this action, at the version that runs. */
function pageOf(env: Env, server: string): ReportContext["rulePage"] {
  // Both are empty for an action that lies in the workflow's own repository.
  const repository = matching(SLUG, env["GITHUB_ACTION_REPOSITORY"]) ?? matching(SLUG, env["GITHUB_REPOSITORY"]) ?? "";
  const ref = matching(REF, env["GITHUB_ACTION_REF"]) ?? "HEAD";
  return (rule) => (repository ? `${server}/${repository}/blob/${ref}/docs/rules/${rule}.md` : `docs/rules/${rule}.md`);
}

const matching = (pattern: RegExp, text: string | undefined): string | undefined =>
  text !== undefined && pattern.test(text) ? text : undefined;

/** Without credentials, query and final slash: it is printed, and paths are put behind it. */
function urlOf(text: string | undefined): string | undefined {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? `${url.origin}${url.pathname.replace(/\/+$/, "")}` : undefined;
}
