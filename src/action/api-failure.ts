import { BodyLimitError } from "./bounded-fetch.ts";

/** Why the API gave no answer that can be used. */
export type ApiFailure =
  /** 5xx, a broken connection, no answer in time: it may pass. A write may have happened all the same. */
  | { readonly kind: "transient" }
  /** A rate limit. `wait` in milliseconds; `null`: longer than anyone waits, or not a time. */
  | { readonly kind: "limited"; readonly wait: number | null }
  | { readonly kind: "unauthorized" }
  /** 403: the token may not do this. */
  | { readonly kind: "forbidden" }
  /** 404, 410: it is not there, or the token cannot see it. */
  | { readonly kind: "gone" }
  /** 409, 423 */
  | { readonly kind: "locked" }
  /** 422: the body is refused. */
  | { readonly kind: "invalid" }
  | { readonly kind: "redirected" }
  /** The time for this API is up. */
  | { readonly kind: "late" }
  /** Any other status, or an answer that is none. */
  | { readonly kind: "unusable" };

const BY_STATUS: Readonly<Record<number, ApiFailure["kind"]>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "gone",
  409: "locked",
  410: "gone",
  422: "invalid",
  423: "locked",
};

interface Refusal {
  readonly status?: number;
  readonly message?: string;
  readonly cause?: unknown;
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/** Reads what octokit throws. Its message is the server's text, and is never shown. */
export function failureOf(error: unknown): ApiFailure {
  const { status, message = "", cause, response } = (error ?? {}) as Refusal;
  if (error instanceof BodyLimitError || cause instanceof BodyLimitError) return { kind: "unusable" };
  const headers = response?.headers;
  // Octokit says 500 for a connection that broke; then there is no response.
  if (!headers || status === undefined || status >= 500) return { kind: "transient" };
  if (status === 429 || (status === 403 && isLimit(headers, message)))
    return { kind: "limited", wait: waitOf(headers) };
  const kind = BY_STATUS[status] ?? "unusable";
  return kind === "limited" ? { kind, wait: null } : { kind };
}

type Headers = NonNullable<NonNullable<Refusal["response"]>["headers"]>;

const isLimit = (headers: Headers, message: string): boolean =>
  headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0" || /rate limit|abuse/i.test(message);

/** Milliseconds to wait when a secondary limit names no time. */
const UNSAID_WAIT = 20_000;

function waitOf(headers: Headers): number | null {
  const after = headers["retry-after"];
  if (after !== undefined) return /^[0-9]{1,5}$/.test(after) ? Number(after) * 1000 : null;
  // The primary limit resets within the hour: nothing to wait for.
  return headers["x-ratelimit-remaining"] === "0" ? null : UNSAID_WAIT;
}
