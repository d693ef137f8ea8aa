import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gitObject } from "./github-objects.ts";
import { type FakeReviewComment, pullFiles, showsLines } from "./github-reviews.ts";

export interface FakeComment {
  readonly id: number;
  readonly user: { readonly login: string; readonly type: "Bot" | "User"; readonly id: number };
  body: string;
  readonly created_at: string;
  updated_at: string;
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A way of not answering as asked; `undefined` answers normally. */
export type ApiFault = (request: ApiRequest) =>
  | {
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Milliseconds before the answer. */
      readonly delay?: number;
    }
  | undefined;

/** The part of GitHub's REST API that the action uses, for one pull request. */
export interface GithubApi {
  readonly url: string;
  readonly comments: FakeComment[];
  readonly reviewComments: FakeReviewComment[];
  /** What `GET /repos/…/pulls/N` names as the head. Hex id. */
  head: string;
  /** The git repository that trees, blobs and commits are read from; empty: there is none. */
  folder: string;
  fault: ApiFault;
  readonly requests: readonly ApiRequest[];
  /** A comment that somebody else wrote. */
  readonly plant: (login: string, body: string) => FakeComment;
  readonly close: () => Promise<void>;
}

/** The author of everything that the job's own token writes. */
const ACTIONS_BOT = { login: "github-actions[bot]", type: "Bot", id: 41_898_282 } as const;

export async function startGithubApi(): Promise<GithubApi> {
  const requests: ApiRequest[] = [];
  let lastId = 1_000;
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const asked = { method: request.method ?? "", path: request.url ?? "", body };
    requests.push(asked);
    const fault = api.fault(asked);
    const { status, body: said, headers = {} } = fault ?? answer(asked);
    if (fault?.delay && !(await stays(response, fault.delay))) return;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(said ?? "");
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const comment = (user: FakeComment["user"], body: string): FakeComment => {
    lastId += 1;
    const now = new Date().toISOString();
    const written = { id: lastId, user, body, created_at: now, updated_at: now };
    api.comments.push(written);
    return written;
  };
  const answer = ({
    method,
    path,
    body,
  }: ApiRequest): { status: number; body?: string; headers?: Record<string, string> } => {
    const [route = "", query = ""] = path.split("?");
    const json = (status: number, value: unknown, headers: Record<string, string> = {}) => ({
      status,
      body: JSON.stringify(value),
      headers,
    });
    if (/^\/repos\/[^/]+\/[^/]+\/pulls\/[0-9]+$/.test(route))
      return json(200, { number: 1, state: "open", head: { sha: api.head } });
    const listed = new URLSearchParams(query);
    if (/\/pulls\/[0-9]+\/files$/.test(route)) return page(pullFiles(api.folder, api.head), listed, path);
    if (/\/pulls\/[0-9]+\/comments$/.test(route))
      return method === "POST" ? review(body) : page(api.reviewComments, listed, path);
    if (route === "/user") return json(403, { message: "Resource not accessible by integration" });
    if (/\/issues\/[0-9]+\/comments$/.test(route)) {
      if (method === "POST") return json(201, comment(ACTIONS_BOT, (JSON.parse(body) as { body: string }).body));
      return page(api.comments, listed, path);
    }
    const object = gitObject(api.folder, route);
    if (object) return json(200, object);
    const [, kind, id] = /\/(issues|pulls)\/comments\/([0-9]+)$/.exec(route) ?? [];
    const among: FakeComment[] = kind === "pulls" ? api.reviewComments : api.comments;
    const found = among.find((one) => one.id === Number(id));
    if (!found) return json(404, { message: "Not Found" });
    if (method === "DELETE") {
      among.splice(among.indexOf(found), 1);
      return { status: 204 };
    }
    if (method === "PATCH") {
      found.body = (JSON.parse(body) as { body: string }).body;
      found.updated_at = new Date().toISOString();
    }
    return json(200, found);
  };
  const review = (text: string): { status: number; body: string } => {
    const { start_line, line, side, commit_id, path, body } = JSON.parse(text) as FakeReviewComment & { side: string };
    const file = pullFiles(api.folder, api.head).find(({ filename }) => filename === path);
    const last = Number(line);
    if (side !== "RIGHT" || commit_id !== api.head || !file || !showsLines(file, start_line ?? last, last))
      return { status: 422, body: JSON.stringify({ message: "Validation Failed" }) };
    lastId += 1;
    const now = new Date().toISOString();
    const dates = { created_at: now, updated_at: now };
    const lines = { commit_id, path, line, ...(start_line === undefined ? {} : { start_line }) };
    const written = { id: lastId, user: ACTIONS_BOT, body, ...dates, ...lines };
    api.reviewComments.push(written);
    return { status: 201, body: JSON.stringify(written) };
  };
  const page = (
    items: readonly unknown[],
    query: URLSearchParams,
    path: string,
  ): { status: number; body: string; headers: Record<string, string> } => {
    const size = Number(query.get("per_page") ?? 30);
    const number = Number(query.get("page") ?? 1);
    const part = items.slice((number - 1) * size, number * size);
    const next = new URL(path, url);
    next.searchParams.set("page", String(number + 1));
    const headers: Record<string, string> = items.length > number * size ? { link: `<${next.href}>; rel="next"` } : {};
    return { status: 200, body: JSON.stringify(part), headers };
  };
  const api: GithubApi = {
    url,
    comments: [],
    reviewComments: [],
    head: "",
    folder: "",
    fault: () => undefined,
    requests,
    plant: (login, body) => comment({ login, type: "User", id: 7 }, body),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}

/** Waits; false when the client, or the whole server, has gone first. */
function stays(response: ServerResponse, delay: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), delay);
    response.once("close", () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
