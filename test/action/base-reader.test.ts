import { expect, onTestFinished, test } from "vitest";
import { baseReader } from "../../src/action/base-reader.ts";
import { createRepository } from "../../src/demo/repository.ts";
import { openAt } from "../../src/run/repository.ts";
import { startGitHub } from "./github-host.ts";

const POLICY = "version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 86400\n";

async function checkout() {
  const repository = await createRepository({ base: { "p.txt": POLICY, same: "x" }, head: { "p.txt": `${POLICY}\n` } });
  onTestFinished(repository.close);
  const { merge, base } = repository;
  const event = {
    name: "pull_request",
    commit: merge,
    base: { kind: "first-parent", otherwise: base },
    pullRequest: null,
  } as const;
  return { ...repository, event, workspace: await repository.shallowClone(1) };
}

const runnerOf = (workspace: string, apiUrl: string, repository: string | undefined = "org/repo") => ({
  workspace,
  repository,
  apiUrl,
  runUrl: undefined,
  rulePage: String,
});

test("depth 1: the base comes through the API, and the report says so", async () => {
  const { workspace, event, merge, base } = await checkout();
  const host = await startGitHub();
  const blob = (path: string, sha: string): object => ({ path, mode: "100644", type: "blob", sha, size: 1 });
  const same = blob("same", "1".repeat(40));
  const trees = { [base]: [blob("p.txt", "2".repeat(40)), same], [merge]: [blob("p.txt", "3".repeat(40)), same] };
  for (const [id, tree] of Object.entries(trees))
    host.blobs.set(`/repos/org/repo/git/trees/${id}`, { tree, truncated: false });
  const readBase = baseReader(runnerOf(workspace, host.url), "ghs_x");
  const opened = await openAt({ workspace, event, readBase, signal: AbortSignal.timeout(10_000) });
  expect(opened.repository.baseCommit).toBe(base);
  expect([...(await opened.repository.changed())]).toEqual(["p.txt"]);
  expect(Buffer.from((await opened.repository.proposed.read("p.txt")) ?? []).toString()).toBe(`${POLICY}\n`);
  expect([opened.apiHost, opened.notes.length]).toEqual([new URL(host.url).host, 1]);
  opened.close();
});

test("no token, or no repository to ask for: no way", async () => {
  expect(baseReader(runnerOf("/", "http://127.0.0.1:9"), undefined)).toBeUndefined();
  expect(baseReader({ ...runnerOf("/", "http://127.0.0.1:9"), repository: undefined }, "ghs_x")).toBeUndefined();
});
