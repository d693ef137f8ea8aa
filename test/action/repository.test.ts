import { describe, expect, onTestFinished, test } from "vitest";
import type { RunEvent } from "../../src/action/event.ts";
import { openAt } from "../../src/action/repository.ts";
import { createRepository } from "../../src/demo/repository.ts";
import { CollectError, OptionError } from "../../src/errors.ts";
import { type GitHubHost, startGitHub } from "./github-host.ts";

const POLICY = "version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 86400\n";

async function checkout() {
  const repository = await createRepository({ base: { "p.txt": POLICY, same: "x" }, head: { "p.txt": `${POLICY}\n` } });
  onTestFinished(repository.close);
  return repository;
}

function open(workspace: string, event: Pick<RunEvent, "commit" | "base">, host?: GitHubHost) {
  const runner = {
    workspace,
    repository: "org/repo",
    apiUrl: host?.url ?? "http://127.0.0.1:9",
    runUrl: undefined,
    rulePage: String,
  };
  const full = { name: "pull_request", pullRequest: null, ...event };
  const token = host ? "ghs_x" : undefined;
  return openAt({ runner, event: full, token, signal: AbortSignal.timeout(10_000) });
}

const text = async (octets: Promise<Uint8Array | undefined>): Promise<string> =>
  Buffer.from((await octets) ?? []).toString();

describe("openAt", () => {
  test("a merge commit against its first parent, whatever the payload says", async () => {
    const { folder, merge, base, head } = await checkout();
    const opened = await open(folder, { commit: merge, base: { kind: "first-parent", otherwise: head } });
    expect(opened.repository).toMatchObject({ commit: merge, baseCommit: base });
    expect([...(await opened.repository.changed())]).toEqual(["p.txt"]);
    opened.close();
  });

  test("a commit that is no merge against the payload's base", async () => {
    const { folder, head, base } = await checkout();
    const opened = await open(folder, { commit: head, base: { kind: "first-parent", otherwise: base } });
    expect(opened.repository.baseCommit).toBe(base);
    opened.close();
  });

  test("a revision by name", async () => {
    const { folder, merge, base } = await checkout();
    const opened = await open(folder, { commit: merge, base: { kind: "revision", text: "HEAD^" } });
    expect(opened.repository.baseCommit).toBe(base);
    opened.close();
    await expect(open(folder, { commit: merge, base: { kind: "revision", text: "nope" } })).rejects.toThrow(
      OptionError,
    );
  });

  test("depth 1: the base comes through the API, and the report says so", async () => {
    const { shallowClone, merge, base } = await checkout();
    const host = await startGitHub();
    const blob = (path: string, sha: string): object => ({ path, mode: "100644", type: "blob", sha, size: 1 });
    const same = blob("same", "1".repeat(40));
    const trees = { [base]: [blob("p.txt", "2".repeat(40)), same], [merge]: [blob("p.txt", "3".repeat(40)), same] };
    for (const [id, tree] of Object.entries(trees))
      host.blobs.set(`/repos/org/repo/git/trees/${id}`, { tree, truncated: false });
    const event = { commit: merge, base: { kind: "first-parent", otherwise: base } } as const;
    const opened = await open(await shallowClone(1), event, host);
    expect(opened.repository.baseCommit).toBe(base);
    expect([...(await opened.repository.changed())]).toEqual(["p.txt"]);
    expect(await text(opened.repository.proposed.read("p.txt"))).toBe(`${POLICY}\n`);
    expect([opened.apiHost, opened.notes.length]).toEqual([new URL(host.url).host, 1]);
    opened.close();
  });

  test("depth 1 without a token: fetch-depth: 2", async () => {
    const { shallowClone, merge, base } = await checkout();
    const event = { commit: merge, base: { kind: "first-parent", otherwise: base } } as const;
    await expect(open(await shallowClone(1), event)).rejects.toThrow(/fetch-depth: 2/);
  });

  test("a commit that was not checked out", async () => {
    const { folder, base } = await checkout();
    const event = { commit: "a".repeat(40), base: { kind: "commit", id: base } } as const;
    await expect(open(folder, event)).rejects.toThrow(CollectError);
  });
});
