import type { ApiFault } from "./github-api.ts";

const said = (message: string): string =>
  JSON.stringify({ message, documentation_url: "https://docs.github.com/rest" });

/** What GitHub's API answers instead, by name. */
export const API_FAULTS = {
  /** A token of a fork or of Dependabot that wants to write. */
  "read-only": ({ method }) =>
    method === "GET" ? undefined : { status: 403, body: said("Resource not accessible by integration") },
  forbidden: () => ({ status: 403, body: said("Resource not accessible by integration") }),
  unauthorised: () => ({ status: 401, body: said("Bad credentials") }),
  "not-found": () => ({ status: 404, body: said("Not Found") }),
  unprocessable: ({ method }) =>
    method === "GET" ? undefined : { status: 422, body: said("Validation Failed: body is too long") },
  "rate-limited": () => ({ status: 429, headers: { "retry-after": "1" }, body: said("API rate limit exceeded") }),
  "rate-limited-long": () => ({
    status: 429,
    headers: { "retry-after": "3600" },
    body: said("API rate limit exceeded"),
  }),
  "server-error": () => ({ status: 502, body: "<html>Bad Gateway</html>", headers: { "content-type": "text/html" } }),
  "truncated-json": () => ({ status: 200, body: '[{"id": 1, "body": "' }),
  slow: () => ({ status: 200, body: "[]", delay: 60_000 }),
} as const satisfies Readonly<Record<string, ApiFault>>;
