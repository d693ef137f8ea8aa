import { describe, expect, onTestFinished, test } from "vitest";
import { createRepository } from "../../src/demo/repository.ts";
import { CollectError, OptionError } from "../../src/errors.ts";
import { openAt, type ReadBase } from "../../src/run/repository.ts";
import type { RunEvent } from "../../src/run/run-event.ts";
import type { Repository } from "../../src/world.ts";

const POLICY = "version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 86400\n";

async function checkout() {
  const repository = await createRepository({ base: { "p.txt": POLICY, same: "x" }, head: { "p.txt": `${POLICY}\n` } });
  onTestFinished(repository.close);
  return repository;
}

function open(workspace: string, event: Pick<RunEvent, "commit" | "base">, readBase?: ReadBase) {
  const full = { name: "pull_request", pullRequest: null, ...event };
  return openAt({ workspace, event: full, readBase, signal: AbortSignal.timeout(10_000) });
}

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

  test("depth 1: the base comes another way, which is told what is absent", async () => {
    const { shallowClone, merge, base } = await checkout();
    const event = { commit: merge, base: { kind: "first-parent", otherwise: base } } as const;
    const opened = await open(await shallowClone(1), event, async ({ git, ...ids }) => ({
      repository: { proposed: git.tree(ids.commit), ...ids } as Repository,
      notes: ["another way"],
      apiHost: "api.example",
    }));
    expect(opened).toMatchObject({ repository: { commit: merge, baseCommit: base }, notes: ["another way"] });
    expect(Buffer.from((await opened.repository.proposed.read("p.txt")) ?? []).toString()).toBe(`${POLICY}\n`);
    opened.close();
  });

  test("another way that does not lead there ends the run", async () => {
    const { shallowClone, merge, base } = await checkout();
    const event = { commit: merge, base: { kind: "first-parent", otherwise: base } } as const;
    const readBase = () => Promise.reject(new OptionError("fetch-depth", "no"));
    await expect(open(await shallowClone(1), event, readBase)).rejects.toThrow(OptionError);
  });

  test("depth 1 without another way: fetch-depth: 2", async () => {
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
