import { afterEach, expect, test } from "vitest";
import { API_FAULTS } from "../../src/demo/api-faults.ts";
import { type GithubApi, startGithubApi } from "../../src/demo/github-api.ts";
import { createRepository } from "../../src/demo/repository.ts";

const opened: GithubApi[] = [];
afterEach(() => Promise.all(opened.splice(0).map((api) => api.close())));

async function started(): Promise<GithubApi> {
  const api = await startGithubApi();
  opened.push(api);
  return api;
}

const COMMENTS = "/repos/example/mail/issues/1/comments";

async function ask(api: GithubApi, method: string, path: string, body?: object): Promise<Response> {
  return fetch(api.url + path, { method, ...(body && { body: JSON.stringify(body) }) });
}

test("a comment is written by the bot, edited in place, and deleted", async () => {
  const api = await started();
  const created = await ask(api, "POST", COMMENTS, { body: "one" });
  expect(created.status).toBe(201);
  const { id, user } = (await created.json()) as { id: number; user: object };
  expect(user).toEqual({ login: "github-actions[bot]", type: "Bot", id: 41_898_282 });
  const one = `/repos/example/mail/issues/comments/${id}`;
  expect((await ask(api, "PATCH", one, { body: "two" })).status).toBe(200);
  expect(api.comments.map(({ body }) => body)).toEqual(["two"]);
  expect((await ask(api, "DELETE", one)).status).toBe(204);
  expect((await ask(api, "GET", one)).status).toBe(404);
  expect(api.requests.map(({ method }) => method)).toEqual(["POST", "PATCH", "DELETE", "GET"]);
});

test("pages are linked to the next one, and the last is not", async () => {
  const api = await started();
  for (const body of ["a", "b", "c"]) api.plant("mallory", body);
  const first = await ask(api, "GET", `${COMMENTS}?per_page=2`);
  expect(first.headers.get("link")).toBe(`<${api.url}${COMMENTS}?per_page=2&page=2>; rel="next"`);
  expect(await first.json()).toMatchObject([{ body: "a", user: { login: "mallory", type: "User" } }, { body: "b" }]);
  const second = await ask(api, "GET", `${COMMENTS}?per_page=2&page=2`);
  expect(second.headers.get("link")).toBeNull();
  expect(await second.json()).toMatchObject([{ body: "c" }]);
});

test("the head of the pull request is what it is told to be", async () => {
  const api = await started();
  api.head = "a".repeat(40);
  expect(await (await ask(api, "GET", "/repos/example/mail/pulls/1")).json()).toMatchObject({
    head: { sha: api.head },
  });
});

test("a fault overrules everything", async () => {
  const api = await started();
  api.fault = ({ method }) =>
    method === "POST" ? { status: 429, headers: { "retry-after": "3" }, body: "{" } : undefined;
  const refused = await ask(api, "POST", COMMENTS, { body: "one" });
  expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([429, "3", "{"]);
  expect(api.comments).toEqual([]);
  expect((await ask(api, "GET", COMMENTS)).status).toBe(200);
});

test.each<[keyof typeof API_FAULTS, string, number, RegExp]>([
  ["read-only", "POST", 403, /Resource not accessible by integration/],
  ["read-only", "GET", 200, /^\[\]$/],
  ["forbidden", "GET", 403, /not accessible/],
  ["unauthorised", "GET", 401, /Bad credentials/],
  ["not-found", "GET", 404, /Not Found/],
  ["unprocessable", "POST", 422, /Validation Failed/],
  ["rate-limited", "GET", 429, /rate limit/],
  ["rate-limited-long", "GET", 429, /rate limit/],
  ["server-error", "GET", 502, /^<html>/],
  ["truncated-json", "GET", 200, /"$/],
])("%s, on %s", async (name, method, status, text) => {
  const api = await started();
  api.fault = API_FAULTS[name];
  const answer = await ask(api, method, COMMENTS, method === "GET" ? undefined : { body: "x" });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toMatch(text);
});

test("slow: no answer within a moment", async () => {
  const api = await started();
  api.fault = API_FAULTS.slow;
  await expect(fetch(api.url + COMMENTS, { signal: AbortSignal.timeout(80) })).rejects.toThrow(/timeout/);
});

test("trees, blobs and commits of a repository, as the git database has them", async () => {
  const api = await started();
  const text = "long ".repeat(40);
  const repository = await createRepository({ base: { "a/b.txt": text }, head: {} });
  api.folder = repository.folder;
  const read = async (path: string): Promise<unknown> =>
    (await ask(api, "GET", `/repos/example/mail/git/${path}`)).json();
  const { tree } = (await read(`trees/${repository.base}?recursive=1`)) as { tree: { path: string; sha: string }[] };
  expect(tree).toMatchObject([{ path: "a/b.txt", mode: "100644", type: "blob", size: 200 }]);
  const blob = (await read(`blobs/${tree[0]?.sha}`)) as { content: string; encoding: BufferEncoding };
  expect(Buffer.from(blob.content, blob.encoding).toString()).toBe(text);
  expect(await read(`commits/${repository.merge}`)).toMatchObject({
    parents: [{ sha: repository.base }, { sha: repository.head }],
  });
  expect(await read(`blobs/${"0".repeat(40)}`)).toEqual({ message: "Not Found" });
  await repository.close();
});
