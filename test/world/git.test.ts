import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { baseMissing, type Git, openGit, openRepository } from "../../src/world/git.ts";

const root = mkdtempSync(join(tmpdir(), "git-test-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const POLICY = ".well-known/mta-sts.txt";
const env = {
  PATH: process.env["PATH"] ?? "",
  HOME: root,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

interface Scratch {
  readonly folder: string;
  readonly git: (...args: string[]) => string;
  readonly write: (path: string, text: string) => void;
  readonly commit: (day: number) => string;
}

function scratch(name: string): Scratch {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  let date = "";
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: folder,
      env: { ...env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date },
      stdio: "pipe",
    })
      .toString()
      .trim();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const commit = (day: number) => {
    date = `2026-03-${String(day).padStart(2, "0")}T12:00:00Z`;
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", `day ${day}`);
    return git("rev-parse", "HEAD");
  };
  git("init", "-q", "-b", "main");
  return { folder, git, write, commit };
}

const open: Git[] = [];
async function opened(workspace: string): Promise<Git> {
  const git = await openGit({ workspace });
  open.push(git);
  return git;
}
afterEach(() => {
  for (const git of open.splice(0)) git.close();
});

let repo: Scratch;
const ids: string[] = [];
beforeAll(() => {
  repo = scratch("origin");
  repo.write(POLICY, "one");
  repo.write("CNAME", "mta-sts.example.com\n");
  ids.push(repo.commit(1));
  repo.write("README.md", "text");
  ids.push(repo.commit(2));
  repo.write(POLICY, "two");
  ids.push(repo.commit(3));
  repo.git("rm", "-q", POLICY);
  ids.push(repo.commit(4));
  repo.write(POLICY, "three");
  repo.write("dé.txt", "x");
  repo.write("big.zone", "x".repeat(1024 * 1024 + 1));
  repo.write("full.zone", "x".repeat(1024 * 1024));
  symlinkSync("/etc/passwd", join(repo.folder, "link.zone"));
  ids.push(repo.commit(5));
});

async function both(commit: string, baseCommit: string) {
  const result = await openRepository({ workspace: repo.folder, commit, baseCommit });
  if (result.kind !== "open") throw new Error(result.kind);
  open.push(result.repository as unknown as Git);
  return result.repository;
}

describe("a repository at two commits", () => {
  test("lists regular files, and no links; sizes are not asked for, as they cost more than the names", async () => {
    const { proposed, base } = await both(ids[4] as string, ids[3] as string);
    const listed = await proposed.list();
    expect(listed.map(({ path }) => path).toSorted()).toEqual([
      POLICY,
      "CNAME",
      "README.md",
      "big.zone",
      "dé.txt",
      "full.zone",
    ]);
    expect(listed.find(({ path }) => path === POLICY)?.size).toBe(-1);
    expect((await base.list()).map(({ path }) => path)).toEqual(["CNAME", "README.md"]);
  });

  test("reads octets, many at once, in whatever order they come", async () => {
    const { proposed } = await both(ids[4] as string, ids[3] as string);
    const paths = [POLICY, "full.zone", "none", "link.zone", "CNAME", "dé.txt"];
    const read = await Promise.all(paths.map((path) => proposed.read(path)));
    expect(read.map((bytes) => bytes && Buffer.from(bytes).toString().slice(0, 20))).toEqual([
      "three",
      "x".repeat(20),
      undefined,
      undefined,
      "mta-sts.example.com\n",
      "x",
    ]);
    expect(read[1]).toHaveLength(1024 * 1024);
  });

  test("searches many at once; a match is a file's own, and as many as are needed are held in memory", async () => {
    const many = scratch("many");
    const names = Array.from({ length: 400 }, (_, index) => `zones/d${String(index).padStart(4, "0")}`);
    for (const [index, name] of names.entries())
      many.write(name, index % 100 === 7 ? `${"x".repeat(index)}\n$INCLUDE é ${index}` : "x\n".repeat(index % 40));
    many.write("zones/large", `${"y".repeat(3 * 1024 * 1024)}$INCLUDE`);
    many.write("zones/empty", "");
    const commit = many.commit(1);
    const tree = (await opened(many.folder)).tree(commit);
    const all = [...names, "zones/large", "zones/empty", "zones/absent"];
    const found = ["zones/d0007", "zones/d0107", "zones/d0207", "zones/d0307"];
    expect(await tree.search?.(all, /\$include/i)).toEqual([...found, "zones/large"]);
    expect(await tree.search?.(all.toReversed(), /\$INCLUDE \xc3\xa9/)).toEqual(found.toReversed());
    expect(await tree.search?.(["zones/empty", ...found], /^.+ 307$/m)).toEqual(["zones/d0307"]);
    expect(await tree.search?.([], /x/)).toEqual([]);
    expect(await tree.search?.(all, /never/g)).toEqual([]);
  });

  test("an object that the clone lacks: a search tells nothing", async () => {
    const lacking = scratch("lacking");
    for (const name of ["a", "b", "c"]) lacking.write(name, `text ${name}`);
    const commit = lacking.commit(1);
    const id = lacking.git("rev-parse", "HEAD:b");
    rmSync(join(lacking.folder, ".git/objects", id.slice(0, 2), id.slice(2)));
    const tree = (await opened(lacking.folder)).tree(commit);
    expect(await tree.search?.(["a", "b", "c"], /text/)).toBeUndefined();
    expect(await tree.search?.(["a", "c"], /text c/)).toEqual(["c"]);
  });

  test("a file over 1 MiB is an error that names it, and the next file is still read", async () => {
    const { proposed } = await both(ids[4] as string, ids[3] as string);
    await expect(proposed.read("big.zone")).rejects.toThrow(/^big\.zone has 1048577 octets/);
    expect(Buffer.from((await proposed.read(POLICY)) ?? []).toString()).toBe("three");
  });

  test("names the paths that differ", async () => {
    const { changed } = await both(ids[2] as string, ids[0] as string);
    expect([...(await changed())].toSorted()).toEqual([POLICY, "README.md"]);
  });

  test("tells the first-parent versions of a path", async () => {
    const { history } = await both(ids[4] as string, ids[4] as string);
    const { versions, complete } = await history(POLICY);
    expect(versions.map(({ at, bytes }) => [at, bytes && Buffer.from(bytes).toString()])).toEqual([
      ["2026-03-05T12:00:00.000Z", "three"],
      ["2026-03-04T12:00:00.000Z", null],
      ["2026-03-03T12:00:00.000Z", "two"],
      ["2026-03-01T12:00:00.000Z", "one"],
    ]);
    expect(complete).toBe(true);
    expect(await history("never/was.txt")).toEqual({ versions: [], complete: true });
  });

  test("a merge counts from the day it reached the branch", async () => {
    const side = scratch("merges");
    side.write(POLICY, "old");
    side.commit(1);
    side.git("checkout", "-q", "-b", "topic");
    side.write(POLICY, "new");
    side.commit(2);
    side.git("checkout", "-q", "main");
    side.commit(9);
    side.git("merge", "-q", "--no-ff", "-m", "merge", "topic");
    const git = await opened(side.folder);
    const { versions } = await git.history(side.git("rev-parse", "HEAD"), POLICY);
    expect(versions.map(({ at }) => at)).toEqual(["2026-03-09T12:00:00.000Z", "2026-03-01T12:00:00.000Z"]);
  });
});

describe("commits", () => {
  test("revisions are resolved, and texts that are none are refused", async () => {
    const git = await opened(repo.folder);
    expect(await git.resolveCommit("main")).toBe(ids[4]);
    expect(await git.resolveCommit("HEAD~1")).toBe(ids[3]);
    expect(await git.resolveCommit((ids[0] as string).slice(0, 10))).toBe(ids[0]);
    expect(await git.resolveCommit("nowhere")).toBeUndefined();
    for (const rev of ["--all", "-x", "HEAD:CNAME", "a b", "", "a\nb", "$(id)"])
      await expect(git.resolveCommit(rev)).rejects.toMatchObject({ name: "OptionError", option: "base" });
  });

  test("parents and presence", async () => {
    const git = await opened(repo.folder);
    expect(await git.parentsOf(ids[4] as string)).toEqual([ids[3]]);
    expect(await git.parentsOf(ids[0] as string)).toEqual([]);
    expect(await git.hasCommit("0".repeat(40))).toBe(false);
    await expect(git.parentsOf("0".repeat(40))).rejects.toThrow(/does not have the commit/);
    await expect(git.hasCommit("HEAD")).rejects.toThrow("not the id of a git object");
  });
});

describe("a shallow clone", () => {
  function clone(name: string, depth: number): string {
    const folder = join(root, name);
    execFileSync("git", ["clone", "-q", `--depth=${depth}`, `file://${repo.folder}`, folder], { env, stdio: "pipe" });
    return folder;
  }

  test("depth 1 knows the base's id and says that it is missing", async () => {
    const workspace = clone("one", 1);
    const git = await opened(workspace);
    expect(git.shallow).toBe(true);
    const [parent] = await git.parentsOf(ids[4] as string);
    expect(parent).toBe(ids[3]);
    const result = await openRepository({ workspace, commit: ids[4] as string, baseCommit: parent as string });
    expect(result).toMatchObject({ kind: "base-missing", baseCommit: ids[3] });
    if (result.kind === "base-missing") open.push(result.git);
    expect(baseMissing(ids[3] as string)).toMatchObject({
      option: "fetch-depth",
      message: expect.stringContaining("fetch-depth: 2"),
    });
  });

  test("depth 2 reads the base, and does not claim to know its whole history", async () => {
    const workspace = clone("two", 2);
    const result = await openRepository({ workspace, commit: ids[4] as string, baseCommit: ids[3] as string });
    if (result.kind !== "open") throw new Error(result.kind);
    expect((await result.repository.base.list()).map(({ path }) => path)).toEqual(["CNAME", "README.md"]);
    expect((await result.repository.history("CNAME")).complete).toBe(false);
    result.repository.close();
  });
});

describe("what is no usable clone", () => {
  test("no repository: the checkout was forgotten", async () => {
    const folder = mkdtempSync(join(root, "empty-"));
    await expect(openGit({ workspace: folder })).rejects.toMatchObject({ name: "OptionError", option: "checkout" });
    mkdirSync(join(folder, ".git"));
    await expect(openGit({ workspace: folder })).rejects.toMatchObject({ name: "OptionError", option: "checkout" });
  });

  test("no git on this machine", async () => {
    const before = process.env["PATH"];
    process.env["PATH"] = root;
    try {
      await expect(openGit({ workspace: repo.folder })).rejects.toMatchObject({ name: "OptionError", option: "git" });
    } finally {
      process.env["PATH"] = before;
    }
  });

  test("a git that the repository brought along is never run", async () => {
    const side = scratch("trap");
    side.write("bin/git", `#!/bin/sh\ntouch ${side.folder}/ran\n`);
    execFileSync("chmod", ["+x", join(side.folder, "bin/git")]);
    const id = side.commit(1);
    const before = process.env["PATH"];
    process.env["PATH"] = `${side.folder}/bin:bin:${before}`;
    try {
      const git = await opened(side.folder);
      expect(await git.hasCommit(id)).toBe(true);
    } finally {
      process.env["PATH"] = before;
    }
    expect(readdirSync(side.folder)).not.toContain("ran");
  });

  test("a commit under review that is not there", async () => {
    const access = { workspace: repo.folder, commit: "1".repeat(40), baseCommit: ids[0] as string };
    await expect(openRepository(access)).rejects.toThrow(/does not have the commit under review/);
  });

  test("a folder below the root, and a .git that is a file", async () => {
    const side = scratch("worktrees");
    side.write("sub/folder/a.txt", "a");
    const id = side.commit(1);
    expect(await (await opened(join(side.folder, "sub/folder"))).hasCommit(id)).toBe(true);
    side.git("worktree", "add", "-q", join(root, "linked"), "-b", "other");
    const linked = await opened(join(root, "linked"));
    expect((await linked.tree(id).list()).map(({ path }) => path)).toEqual(["sub/folder/a.txt"]);
  });
});

describe("waits", () => {
  test("an aborted run gets no answer, and does not hang", async () => {
    const access = { workspace: repo.folder, signal: AbortSignal.abort() };
    await expect(openGit(access)).rejects.toThrow(/gave no answer in time/);
  });

  test("after close, questions fail at once", async () => {
    const git = await opened(repo.folder);
    await git.hasCommit(ids[0] as string);
    git.close();
    await expect(git.hasCommit(ids[0] as string)).rejects.toThrow();
  });

  test("configuration of the clone starts no program", async () => {
    const side = scratch("hostile");
    side.write(".gitattributes", "*.txt diff=evil filter=evil\n");
    side.write("a.txt", "one");
    const first = side.commit(1);
    side.write("a.txt", "two");
    const second = side.commit(2);
    const trap = `touch ${side.folder}/ran`;
    for (const key of [
      "core.fsmonitor",
      "diff.external",
      "diff.evil.command",
      "diff.evil.textconv",
      "filter.evil.smudge",
      "core.pager",
    ])
      side.git("config", key, trap);
    const git = await opened(side.folder);
    expect([...(await git.trees(first, second).changed())]).toEqual(["a.txt"]);
    await git.tree(second).read("a.txt");
    await git.history(second, "a.txt");
    expect(readdirSync(side.folder)).not.toContain("ran");
  });
});
