import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Path → text; `null` deletes the path. */
export type Files = Readonly<Record<string, string | null>>;

/** A temporary git repository with a pull request in it, as actions/checkout leaves one behind. */
export interface DemoRepository {
  readonly folder: string;
  /** Hex ids. `merge` is what GITHUB_SHA is on pull_request: its first parent is `base`, its second `head`. */
  readonly base: string;
  readonly head: string;
  readonly merge: string;
  /** Another state of the same pull request, on top of `base`. */
  readonly push: (files: Files) => Promise<{ readonly head: string; readonly merge: string }>;
  /** A clone as `fetch-depth: N` gives it, of the merge commit unless another is named. */
  readonly shallowClone: (depth: number, tip?: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface DemoHistory {
  readonly base: Files;
  readonly head: Files;
  /** Committer's date of the base commit, ISO 8601; now unless given. */
  readonly baseAt?: string;
  /** What the base branch said before, oldest first. */
  readonly past?: readonly { readonly files: Files; readonly at: string }[];
}

const run = promisify(execFile);

export async function createRepository({
  base: baseFiles,
  head: headFiles,
  baseAt,
  past = [],
}: DemoHistory): Promise<DemoRepository> {
  const root = await mkdtemp(join(tmpdir(), "mta-sts-gate-repo-"));
  const folder = join(root, "checkout");
  await mkdir(folder);
  const git = gitIn(folder);
  await git(["init", "--quiet", "--initial-branch=main"]);
  for (const { files, at } of past) await commit({ git, folder, message: "past", at }, files);
  await commit({ git, folder, message: "base", at: baseAt }, baseFiles);
  const base = await git(["rev-parse", "HEAD"]);
  const push = async (files: Files): Promise<{ head: string; merge: string }> => {
    await git(["checkout", "--quiet", "--force", "-B", "change", base]);
    await commit({ git, folder, message: "change" }, files);
    const head = await git(["rev-parse", "HEAD"]);
    await git(["checkout", "--quiet", "--detach", base]);
    await git(["merge", "--quiet", "--no-ff", "--no-edit", "-m", "merge", head]);
    return { head, merge: await git(["rev-parse", "HEAD"]) };
  };
  let clones = 0;
  const shallowClone = async (depth: number, tip?: string): Promise<string> => {
    clones += 1;
    const clone = join(root, `clone-${clones}`);
    await git(["branch", "--force", "pull", tip ?? "HEAD"]);
    await git(["clone", "--quiet", `--depth=${depth}`, "--branch=pull", `file://${folder}`, clone]);
    return clone;
  };
  const first = await push(headFiles);
  const close = (): Promise<void> => rm(root, { recursive: true, force: true });
  return { folder, base, ...first, push, shallowClone, close };
}

type Git = (args: readonly string[], at?: string) => Promise<string>;

function gitIn(folder: string): Git {
  return async (args, at) => {
    const date = at ?? new Date().toISOString();
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Demo",
      GIT_AUTHOR_EMAIL: "demo@example.com",
      GIT_COMMITTER_NAME: "Demo",
      GIT_COMMITTER_EMAIL: "demo@example.com",
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    };
    const { stdout } = await run("git", [...args], { cwd: folder, env, timeout: 20_000 });
    return stdout.trim();
  };
}

interface Commit {
  readonly git: Git;
  readonly folder: string;
  readonly message: string;
  readonly at?: string | undefined;
}

async function commit({ git, folder, message, at }: Commit, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await (text === null ? rm(target, { force: true }) : writeFile(target, text));
  }
  await git(["add", "--all", "--force"]);
  await git(["commit", "--quiet", "--allow-empty", "-m", message], at);
}
