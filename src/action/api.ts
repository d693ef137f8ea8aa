import { type ApiFailure, failureOf } from "./api-failure.ts";
import { boundedFetch, type Fetch } from "./bounded-fetch.ts";

/** GitHub's REST API, one request at a time. Never throws for what the API does, never prints, never repeats the token. */
export interface Api {
  /** Host and port, for the report's list of contacts. */
  readonly host: string;
  /** GET; a failure that may pass is tried again, as far as the patience lasts. `limit`: octets of the body. */
  readonly get: (path: string, limit?: number) => Promise<ApiAnswer>;
  /** One attempt. Whether a failed write happened all the same is not known: look again before the next. */
  readonly write: (method: "POST" | "PATCH" | "DELETE", path: string, body?: object) => Promise<ApiAnswer>;
  /** Waits before another attempt; false when there is none left, or when no attempt would help. */
  readonly again: (failure: ApiFailure) => Promise<boolean>;
}

export type ApiAnswer =
  | { readonly kind: "answer"; readonly data: unknown; readonly link: string | undefined }
  | { readonly kind: "failure"; readonly failure: ApiFailure };

export interface ApiAccess {
  readonly token: string;
  /** `GITHUB_API_URL`; GitHub Enterprise Server has its own. */
  readonly baseUrl: string;
  /** Milliseconds for everything that is asked of this API, waits included. */
  readonly budget: number;
  readonly retries: number;
  readonly signal?: AbortSignal;
  /** Milliseconds to wait; real time when not said. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Milliseconds for one attempt: one that hangs must leave time for looking what it did. */
const ATTEMPT = 15_000;
/** Octets: 100 comments of 65,536 characters, mostly ASCII. */
const BODY_LIMIT = 16 * 1024 * 1024;
const QUIET = { debug: silent, info: silent, warn: silent, error: silent };
function silent(): void {}

type Request = (
  route: string,
  parameters: object,
) => Promise<{ status: number; data: unknown; headers: { link?: string } }>;

/** @throws nothing for the network; what it throws is a mistake of ours. */
export async function openApi(access: ApiAccess): Promise<Api> {
  // Loaded here: it costs more than the rest of the start-up, and many runs say nothing to GitHub.
  const { getOctokit } = await import(/* webpackIgnore: true */ "./later/octokit.ts");
  // Without `log`, here and in each request, octokit writes header text of the server to stderr.
  const octokit = getOctokit(access.token, { baseUrl: access.baseUrl, log: QUIET });
  const request = octokit.request as unknown as Request;
  const fetch = octokit.request.endpoint.DEFAULTS.request?.["fetch"] as Fetch | undefined;
  const end = AbortSignal.any([AbortSignal.timeout(access.budget), ...(access.signal ? [access.signal] : [])]);
  const again = patience(access, end);

  const ask = async (route: string, parameters: object, limit = BODY_LIMIT): Promise<ApiAnswer> => {
    if (end.aborted) return { kind: "failure", failure: { kind: "late" } };
    try {
      const signal = AbortSignal.any([end, AbortSignal.timeout(ATTEMPT)]);
      // A redirect would carry the token elsewhere; it comes back as an answer and is refused.
      const options = { signal, redirect: "manual", log: QUIET, fetch: boundedFetch(fetch ?? globalThis.fetch, limit) };
      const { status, data, headers } = await request(route, { ...parameters, request: options });
      if (status >= 300) return { kind: "failure", failure: { kind: "redirected" } };
      return { kind: "answer", data, link: headers.link };
    } catch (error) {
      return { kind: "failure", failure: end.aborted ? { kind: "late" } : failureOf(error) };
    }
  };
  return {
    host: new URL(access.baseUrl).host,
    again,
    get: async (path, limit) => {
      for (;;) {
        const answer = await ask(`GET ${path}`, {}, limit);
        if (answer.kind === "answer" || !(await again(answer.failure))) return answer;
      }
    },
    write: (method, path, body = {}) => ask(`${method} ${path}`, body),
  };
}

/** Milliseconds. GitHub asks for a minute where it names no time; this is as long as a comment is worth. */
const LONGEST_WAIT = 20_000;

function patience({ retries, wait = sleep }: ApiAccess, end: AbortSignal): Api["again"] {
  let left = retries;
  let waitedForLimit = false;
  return async (failure) => {
    if (end.aborted || left <= 0 || (failure.kind !== "transient" && failure.kind !== "limited")) return false;
    if (failure.kind === "limited" && (waitedForLimit || failure.wait === null || failure.wait > LONGEST_WAIT))
      return false;
    waitedForLimit ||= failure.kind === "limited";
    const backoff = 400 * 2 ** (retries - left) * (0.5 + Math.random());
    left -= 1;
    await wait(failure.kind === "limited" ? (failure.wait ?? 0) : backoff, end);
    return !end.aborted;
  };
}

/** Ends early, without an error, when `signal` aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, ms);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    }
    signal.addEventListener("abort", finish);
    if (signal.aborted) finish();
  });
}
