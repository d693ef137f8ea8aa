import { CollectError, OptionError } from "../errors.ts";
import type { Repository, Tree } from "../world.ts";
import { type GitCalls, ignore, runGit } from "./git-command.ts";
import { gitDirectory, noCheckout } from "./git-directory.ts";
import { type History, parentIds, pathHistory } from "./git-history.ts";
import { type GitObjects, openObjects } from "./git-objects.ts";
import { differencesBetween, earlierTree, gitTree, LARGEST_BLOB } from "./git-tree.ts";
import { workspaceFile } from "./workspace-file.ts";

export interface GitAccess {
  /** A folder inside the checkout. */
  readonly workspace: string;
  /** Aborts every wait: the run's deadline. */
  readonly signal?: AbortSignal;
  /** Milliseconds that one answer of git may take; 30 s when not said. */
  readonly patience?: number;
}

/** A clone on this disk, read through fixed plumbing commands; nothing of the repository is ever executed (SPEC §8). */
export interface Git {
  readonly shallow: boolean;
  /** The full id of the commit that `rev` names; undefined when it names none here. @throws OptionError for a text that is no revision. */
  readonly resolveCommit: (rev: string) => Promise<string | undefined>;
  /** Ids of the parents, also of those that a shallow clone lacks. @throws CollectError when the commit itself is not here. */
  readonly parentsOf: (commit: string) => Promise<readonly string[]>;
  readonly hasCommit: (commit: string) => Promise<boolean>;
  readonly tree: (commit: string) => Tree;
  /** The trees of two commits and the paths that differ between them, from one list and one comparison. */
  readonly trees: (baseCommit: string, commit: string) => Pick<Repository, "proposed" | "base" | "changed">;
  /** `tree`: that of the commit, where it is at hand. */
  readonly history: (baseCommit: string, path: string, tree?: Tree) => Promise<History>;
  /** A file of the checkout, tracked or not. @throws CollectError for a link and for what lies outside or is too large. */
  readonly workspaceFile: (path: string) => Promise<Uint8Array | undefined>;
  /** Ends every child process; later questions fail. */
  readonly close: () => void;
}

export type GitRepository = Repository & { readonly close: () => void };

/** `base-missing`: the clone is too shallow; read the base through the API with what `git` has, or throw {@link baseMissing}. */
export type Opened =
  | { readonly kind: "open"; readonly repository: GitRepository }
  | { readonly kind: "base-missing"; readonly baseCommit: string; readonly git: Git };

/** @throws OptionError when there is no git, or no checkout. */
export async function openGit({ workspace, signal, patience = 30_000 }: GitAccess): Promise<Git> {
  const ended = new AbortController();
  const calls: GitCalls = {
    directory: await gitDirectory(workspace),
    workspace,
    signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
    patience,
  };
  const asked = await runGit(calls, ["rev-parse", "--is-shallow-repository"]);
  if (asked.status !== 0) throw noCheckout();
  const objects = openObjects(calls);
  return {
    shallow: asked.stdout.toString("latin1").trim() === "true",
    resolveCommit: (rev) => resolveCommit(calls, rev),
    parentsOf: (commit) => parentsOf(objects, commit),
    hasCommit: async (commit) => (await objects.read(commit, LARGEST_BLOB))?.type === "commit",
    tree: (commit) => gitTree(calls, objects, commit),
    trees: (baseCommit, commit) => treesOf(calls, objects, { baseCommit, commit }),
    history: (commit, path, tree) =>
      // A file that is too large is met again on the walk, and ends it.
      pathHistory(calls, objects, { commit, path, now: tree?.read(path).catch(() => undefined) }),
    workspaceFile: (path) => workspaceFile(workspace, path),
    close: () => {
      objects.close();
      ended.abort();
    },
  };
}

/**
 * The repository at two commits, given by their full ids.
 * @throws OptionError when there is no git or no checkout, CollectError when the commit under review is not in the clone.
 */
export async function openRepository(
  access: GitAccess & { readonly commit: string; readonly baseCommit: string },
): Promise<Opened> {
  const { commit, baseCommit } = access;
  const git = await openGit(access);
  const trees = git.trees(baseCommit, commit);
  // Asked before it is known that both commits are here: of many files, git's answer takes as long as all that comes before.
  for (const early of [trees.proposed.list(), trees.changed()]) early.catch(ignore);
  if (!(await git.hasCommit(commit))) {
    git.close();
    throw new CollectError(`the clone does not have the commit under review, ${commit}; check it out before this step`);
  }
  if (!(await git.hasCommit(baseCommit))) return { kind: "base-missing", baseCommit, git };
  const repository = {
    commit,
    baseCommit,
    ...trees,
    history: (path: string) => git.history(baseCommit, path, trees.base),
    workspaceFile: git.workspaceFile,
    close: git.close,
  };
  return { kind: "open", repository };
}

/** What to throw where the API cannot stand in for a base that the clone lacks. */
export function baseMissing(baseCommit: string): OptionError {
  return new OptionError(
    "fetch-depth",
    `the clone does not have the base ${baseCommit}, so nothing can be compared: set fetch-depth: 2 on actions/checkout`,
    { allowed: ["fetch-depth: 2", "fetch-depth: 0"] },
  );
}

// No dash in front, no path after a colon, no blanks: what is left can only name a commit.
const REVISION = /^[A-Za-z0-9_@][A-Za-z0-9_./@{}^~+-]{0,255}$/;

async function resolveCommit(calls: GitCalls, rev: string): Promise<string | undefined> {
  if (!REVISION.test(rev)) throw new OptionError("base", "is a branch, a tag or a commit of the repository");
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{commit}`];
  const { status, stdout } = await runGit(calls, args);
  const id = stdout.toString("latin1").trim();
  return status === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
}

async function parentsOf(objects: GitObjects, commit: string): Promise<readonly string[]> {
  const object = await objects.read(commit, LARGEST_BLOB);
  if (object?.type !== "commit" || !object.bytes)
    throw new CollectError(`the clone does not have the commit ${commit}`);
  return parentIds(object.bytes);
}

function treesOf(
  calls: GitCalls,
  objects: GitObjects,
  { baseCommit, commit }: { readonly baseCommit: string; readonly commit: string },
): Pick<Repository, "proposed" | "base" | "changed"> {
  let found: ReturnType<typeof differencesBetween> | undefined;
  const differences = () => (found ??= differencesBetween(calls, baseCommit, commit));
  const proposed = gitTree(calls, objects, commit);
  const changed = async () => new Set((await differences()).keys());
  return { proposed, base: earlierTree(objects, proposed, differences), changed };
}
