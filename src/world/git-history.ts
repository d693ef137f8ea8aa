import { CollectError } from "../errors.ts";
import type { PathVersion } from "../world.ts";
import { type GitCalls, runGit } from "./git-command.ts";
import type { GitObjects } from "./git-objects.ts";
import { LARGEST_BLOB } from "./git-tree.ts";

export interface History {
  /** Newest first. */
  readonly versions: readonly PathVersion[];
  /** False: there may be older versions, which a shallow clone lacks or which are more than are read. */
  readonly complete: boolean;
}

const MOST_VERSIONS = 200;
const LARGEST_TREE = 64 * 1024 * 1024;

export interface Walk {
  readonly commit: string;
  readonly path: string;
  /** The octets at `commit`, where they are read without a walk through its folders, which may be long. */
  readonly now?: Promise<Uint8Array | undefined> | undefined;
}

/** First-parent versions of `path` up to `commit`: what the base branch said, merge by merge. */
export async function pathHistory(calls: GitCalls, objects: GitObjects, { commit, path, now }: Walk): Promise<History> {
  const limit = `--max-count=${MOST_VERSIONS + 1}`;
  const { status, stdout } = await runGit(calls, [
    "rev-list",
    "--first-parent",
    "--timestamp",
    limit,
    commit,
    "--",
    path,
  ]);
  if (status !== 0) throw new CollectError("git could not walk the history of the base branch");
  const commits = [...stdout.toString("latin1").matchAll(/^([0-9]+) ([0-9a-f]+)$/gm)];
  const versions: PathVersion[] = [];
  for (const [index, [, seconds, id]] of commits.slice(0, MOST_VERSIONS).entries()) {
    // Nothing has differed since the newest of these commits, so it has what `commit` has.
    const known = index === 0 ? await now : undefined;
    const bytes = known ?? (await pathAt(objects, id as string, path));
    if (bytes === "unread") return { versions, complete: false };
    versions.push({ commit: id as string, at: new Date(Number(seconds) * 1000).toISOString(), bytes });
  }
  return { versions, complete: commits.length <= MOST_VERSIONS && (await reachesRoot(calls, objects, commit)) };
}

/** In a shallow clone the walk ends at a commit whose parents are named and not there. */
async function reachesRoot(calls: GitCalls, objects: GitObjects, commit: string): Promise<boolean> {
  const { status, stdout } = await runGit(calls, ["rev-list", "--first-parent", "--max-parents=0", commit]);
  const [last] = stdout.toString("latin1").trim().split("\n").slice(-1);
  if (status !== 0 || !last) return false;
  const object = await objects.read(last, LARGEST_BLOB);
  return object?.bytes !== undefined && parentIds(object.bytes).length === 0;
}

/** The ids in a commit object's `parent` lines, which a shallow clone keeps. */
export function parentIds(commit: Buffer): readonly string[] {
  return [...header(commit).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id]) => id as string);
}

const header = (commit: Buffer): string => commit.toString("latin1").split("\n\n", 1)[0] ?? "";

/** The blob at `path`, by walking tree objects: ids only, no path is ever given to git as an expression. */
async function pathAt(objects: GitObjects, commit: string, path: string): Promise<Buffer | null | "unread"> {
  const object = await objects.read(commit, LARGEST_BLOB);
  let [, id] = /^tree ([0-9a-f]+)$/m.exec(object?.bytes ? header(object.bytes) : "") ?? [];
  const parts = path.split("/");
  for (const [index, part] of parts.entries()) {
    const tree = id === undefined ? undefined : await objects.read(id, LARGEST_TREE);
    if (!tree?.bytes || tree.type !== "tree") return "unread";
    const child = childOf(tree.bytes, part, (id as string).length / 2);
    const last = index === parts.length - 1;
    if (!child?.mode.startsWith(last ? "100" : "40")) return null;
    id = child.id;
  }
  const blob = await objects.read(id as string, LARGEST_BLOB);
  return blob?.bytes ?? "unread";
}

/** A tree object is a row of `<mode> <name> NUL <id>`, the id in `width` octets. */
function childOf(
  tree: Buffer,
  name: string,
  width: number,
): { readonly mode: string; readonly id: string } | undefined {
  const wanted = Buffer.from(name);
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(32, at);
    const nul = tree.indexOf(0, space);
    if (space < 0 || nul < 0) return undefined;
    if (nul - space - 1 === wanted.length && tree.compare(wanted, 0, wanted.length, space + 1, nul) === 0)
      return { mode: tree.toString("latin1", at, space), id: tree.toString("hex", nul + 1, nul + 1 + width) };
    at = nul + 1 + width;
  }
  return undefined;
}
