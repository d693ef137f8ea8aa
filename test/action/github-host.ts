import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type ApiAccess, openApi } from "../../src/action/api.ts";

export interface StoredComment {
  readonly id: number;
  readonly user: { readonly login: string; readonly type: string } | null;
  body: string;
}

/** Answers one request instead of the host. `carryOut` does what the request asks for, without an answer. */
export interface Fault {
  /** `METHOD /path`, matched by its beginning. */
  readonly on: string;
  /** How often; once when not said. */
  times?: number;
  readonly answer: (
    reply: (status: number, body?: unknown, headers?: object) => void,
    carryOut: () => void,
    response: ServerResponse,
  ) => void;
}

export interface StoredReview extends StoredComment {
  readonly line?: number | null;
}

export interface GitHubHost {
  readonly url: string;
  readonly comments: StoredComment[];
  /** Comments on lines of the diff. */
  readonly reviews: StoredReview[];
  /** What the pull request changes, as GitHub lists it. */
  readonly files: { readonly filename: string; readonly patch?: string }[];
  /** `METHOD /path?query`, in order. */
  readonly requests: string[];
  readonly faults: Fault[];
  head: string;
  readonly blobs: Map<string, unknown>;
}

export const BOT = { login: "github-actions[bot]", type: "Bot" } as const;
export const HEAD = "c".repeat(40);

/** The few routes of GitHub's REST API that the action asks, on loopback, with faults by name. */
export async function startGitHub(comments: StoredComment[] = []): Promise<GitHubHost> {
  const host: GitHubHost & { url: string } = {
    url: "",
    comments,
    reviews: [],
    files: [],
    requests: [],
    faults: [],
    head: HEAD,
    blobs: new Map(),
  };
  const server = createServer((request, response) => void serve(host, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return host;
}

/** The real client, whose waits take no time and are written down. */
export async function clientOf(host: GitHubHost, more: Partial<ApiAccess> = {}) {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const api = await openApi({ token: "ghs_secret", baseUrl: host.url, budget: 5_000, retries: 3, wait, ...more });
  return { api, waits };
}

async function serve(host: GitHubHost, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const piece of request) text += piece;
  const line = `${request.method} ${request.url}`;
  host.requests.push(line);
  const reply = (status: number, body: unknown = {}, headers: object = {}): void => {
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
    response.end(status === 204 ? undefined : typeof body === "string" ? body : JSON.stringify(body));
  };
  const outcome = (): readonly [number, unknown?, object?] => answerOf(host, line, text ? JSON.parse(text) : {});
  const fault = host.faults.find(({ on, times = 1 }) => line.startsWith(on) && times > 0);
  if (!fault) return reply(...outcome());
  fault.times = (fault.times ?? 1) - 1;
  fault.answer(reply, () => void outcome(), response);
}

function answerOf(host: GitHubHost, line: string, sent: { body?: string }): readonly [number, unknown?, object?] {
  const [, method, path = "", query] = /^(\w+) ([^?]+)\??(.*)$/.exec(line) ?? [];
  const { body = "" } = sent;
  const id = Number(/\/(?:issues|pulls)\/comments\/(\d+)$/.exec(path)?.[1]);
  const among: StoredComment[] = path.includes("/pulls/comments/") ? host.reviews : host.comments;
  const found = among.find((comment) => comment.id === id);
  if (path === "/user") return [403, { message: "Resource not accessible by integration" }];
  if (path.endsWith("/pulls/7")) return [200, { head: { sha: host.head } }];
  if (path.endsWith("/issues/7/comments"))
    return method === "POST" ? create(host.comments, { body }) : list(host, host.comments, { path, query });
  if (path.endsWith("/pulls/7/comments"))
    return method === "POST" ? create(host.reviews, sent) : list(host, host.reviews, { path, query });
  if (path.endsWith("/pulls/7/files")) return list(host, host.files, { path, query });
  if (host.blobs.has(path)) return [200, host.blobs.get(path)];
  if (!found) return [404, { message: "Not Found" }];
  if (method === "DELETE") among.splice(among.indexOf(found), 1);
  else found.body = body;
  return method === "DELETE" ? [204] : [200, found];
}

function create(among: StoredComment[], sent: { body?: string }): readonly [number, unknown] {
  const id = Math.max(100, ...among.map((comment) => comment.id)) + 1;
  among.push({ body: "", ...sent, id, user: BOT });
  return [201, among.at(-1)];
}

function list(
  { url }: GitHubHost,
  items: readonly unknown[],
  { path, query = "" }: { path: string; query: string | undefined },
): readonly [number, unknown, object] {
  const [page, size] = ["page", "per_page"].map((name) => Number(new URLSearchParams(query).get(name)));
  const [from, to] = [((page ?? 1) - 1) * (size ?? 30), (page ?? 1) * (size ?? 30)];
  const link = `<${url}${path}?page=${(page ?? 1) + 1}>; rel="next", <${url}${path}?page=9>; rel="last"`;
  return [200, items.slice(from, to), to < items.length ? { link } : {}];
}
