import { execFileSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";

const opened: DemoRepository[] = [];
afterEach(() => Promise.all(opened.splice(0).map((repository) => repository.close())));

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" }).trim();

async function created(): Promise<DemoRepository> {
  const repository = await createRepository({
    base: { "a/policy.txt": "old\n", "gone.txt": "x\n" },
    head: { "a/policy.txt": "new\n", "gone.txt": null },
    baseAt: "2026-10-01T12:00:00Z",
  });
  opened.push(repository);
  return repository;
}

test("a merge commit whose parents are base and head", async () => {
  const { folder, base, head, merge } = await created();
  expect(git(folder, "rev-parse", "HEAD", "HEAD^1", "HEAD^2").split("\n")).toEqual([merge, base, head]);
  expect(git(folder, "show", `${base}:a/policy.txt`)).toBe("old");
  expect(git(folder, "show", "HEAD:a/policy.txt")).toBe("new");
  expect(git(folder, "ls-tree", "-r", "--name-only", "HEAD")).toBe("a/policy.txt");
  expect(git(folder, "show", "-s", "--format=%cI", base)).toMatch(/^2026-10-01T12:00:00(Z|\+00:00)$/);
});

test("another state of the same pull request starts from base again", async () => {
  const { folder, base, push } = await created();
  const { merge } = await push({ "b.txt": "b\n" });
  expect(git(folder, "rev-parse", `${merge}^1`)).toBe(base);
  expect(git(folder, "diff", "--name-only", base, merge)).toBe("b.txt");
});

test("a shallow clone lacks what it should lack", async () => {
  const { base, merge, shallowClone } = await created();
  const [one, two] = [await shallowClone(1), await shallowClone(2)];
  expect(git(one, "rev-parse", "HEAD")).toBe(merge);
  expect(() => git(one, "cat-file", "-e", base)).toThrow();
  expect(() => git(two, "cat-file", "-e", base)).not.toThrow();
});

test("nothing is left behind", async () => {
  const repository = await created();
  await repository.close();
  await expect(stat(repository.folder)).rejects.toThrow("ENOENT");
});
