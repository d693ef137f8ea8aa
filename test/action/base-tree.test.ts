import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type AbsentApiBase, repositoryWithBase } from "../../src/action/base-tree.ts";
import { CollectError, OptionError } from "../../src/errors.ts";
import type { Git } from "../../src/world/git.ts";
import type { Tree } from "../../src/world.ts";
import { clientOf, type GitHubHost, startGitHub } from "./github-host.ts";

const [COMMIT, BASE] = ["a".repeat(40), "b".repeat(40)];
const PROPOSED: Tree = { list: async () => [], read: async () => undefined };
const git = { tree: () => PROPOSED } as unknown as Git;
const ABSENT: AbsentApiBase = { git, commit: COMMIT, baseCommit: BASE, repository: "org/repo" };

const idOf = (text: string): string =>
  createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest("hex");
const entry = (path: string, text: string, more: object = {}): object => ({
  path,
  mode: "100644",
  type: "blob",
  sha: idOf(text),
  size: Buffer.byteLength(text),
  ...more,
});

async function hostWith(base: readonly object[], proposed: readonly object[], more: object = {}): Promise<GitHubHost> {
  const host = await startGitHub();
  host.blobs.set(`/repos/org/repo/git/trees/${BASE}`, { tree: base, truncated: false, ...more });
  host.blobs.set(`/repos/org/repo/git/trees/${COMMIT}`, { tree: proposed, truncated: false });
  return host;
}

const blob = (host: GitHubHost, id: string, body: unknown): unknown =>
  host.blobs.set(`/repos/org/repo/git/blobs/${id}`, body);
const base64 = (text: string): object => ({ encoding: "base64", content: Buffer.from(text).toString("base64") });

const open = async (host: GitHubHost) => repositoryWithBase((await clientOf(host, { retries: 2 })).api, ABSENT);

describe("a base that the clone lacks", () => {
  test("changed: by blob id, with files that came and went", async () => {
    const base = [entry("same", "x"), entry("edited", "1"), entry("gone", "x"), entry("dir", "", { type: "tree" })];
    const host = await hostWith(base, [entry("same", "x"), entry("edited", "2"), entry("new", "x")]);
    const repository = await open(host);
    expect([...(await repository.changed())].sort()).toEqual(["edited", "gone", "new"]);
    expect(repository).toMatchObject({ commit: COMMIT, baseCommit: BASE, proposed: PROPOSED });
    expect(await repository.history("same")).toEqual({ versions: [], complete: false });
    expect(host.requests).toHaveLength(2);
  });

  test("list and read; links and submodules are not there", async () => {
    const link = entry("link", "/etc/passwd", { mode: "120000" });
    const module = entry("sub", "x", { mode: "160000", type: "commit" });
    const host = await hostWith([entry("mta-sts.txt", "version: STSv1\r\n"), link, module], []);
    blob(host, idOf("version: STSv1\r\n"), base64("version: STSv1\r\n"));
    const { base } = await open(host);
    expect(await base.list()).toEqual([{ path: "mta-sts.txt", size: 16 }]);
    expect(Buffer.from((await base.read("mta-sts.txt")) ?? []).toString()).toBe("version: STSv1\r\n");
    expect(await base.read("link")).toBeUndefined();
    expect(await base.read("sub")).toBeUndefined();
    expect(await base.read("none")).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ["other octets than the id names", base64("y")],
    ["another encoding", { encoding: "utf-8", content: "x" }],
    ["no content", {}],
    ["nothing", null],
    ["no JSON", "x"],
  ])("a blob that has %s is no file of the base", async (_, body) => {
    const host = await hostWith([entry("file", "x")], []);
    blob(host, idOf("x"), body);
    const { base } = await open(host);
    await expect(base.read("file")).rejects.toThrow(/fetch-depth: 2/);
  });

  test("a file above the limit is not fetched", async () => {
    const { base } = await open(await hostWith([entry("zone", "x", { size: 1024 * 1024 + 1 })], []));
    await expect(base.read("zone")).rejects.toThrow(CollectError);
  });

  test("a path that is a property of every object is no file", async () => {
    const { base } = await open(await hostWith([entry("__proto__", "x")], []));
    expect(await base.read("constructor")).toBeUndefined();
    expect(await base.list()).toEqual([{ path: "__proto__", size: 1 }]);
  });
});

describe("where the API cannot stand in, the error names fetch-depth: 2", () => {
  test.each<[string, object]>([
    ["a tree that is cut", { truncated: true }],
    ["a tree that does not say whether it is cut", { truncated: undefined }],
    ["no tree", { tree: {} }],
  ])("%s", async (_, more) => {
    await expect(open(await hostWith([], [], more))).rejects.toThrow(/fetch-depth: 2/);
  });

  test.each([401, 403, 404, 409, 500, 301])("status %d", async (status) => {
    const host = await hostWith([], []);
    host.faults.push({ on: `GET /repos/org/repo/git/trees/${BASE}`, times: 9, answer: (reply) => reply(status) });
    await expect(open(host)).rejects.toThrow(OptionError);
    const asked = host.requests.filter((line) => line.includes(BASE)).length;
    expect(asked).toBe(status === 500 ? 3 : 1);
  });
});
