import { isUtf8 } from "node:buffer";
import { CollectError } from "../errors.ts";
import type { Tree, TreeEntry } from "../world.ts";
import { type GitCalls, runGit } from "./git-command.ts";
import type { GitObjects } from "./git-objects.ts";

/** Octets. A policy is cut at 64 KiB by senders; a zone file larger than this is no one's to review. */
export const LARGEST_BLOB = 1024 * 1024;

interface Blob extends TreeEntry {
  readonly id: string;
}

/** The regular files of one commit. Links (120000) and submodules (160000) are never listed, so never followed. */
export function gitTree(calls: GitCalls, objects: GitObjects, commit: string): Tree {
  let found: Promise<ReadonlyMap<string, Blob>> | undefined;
  let listed: readonly TreeEntry[] | undefined;
  const blobs = () => (found ??= listBlobs(calls, commit));
  return {
    list: async () => {
      const all = await blobs();
      return (listed ??= [...all.values()]);
    },
    read: async (path) => {
      const blob = (await blobs()).get(path);
      return blob && readBlob(objects, blob);
    },
  };
}

/** The tree on the other side of `differences`, without a second walk through what is the same on both. */
export function earlierTree(
  objects: GitObjects,
  later: Tree,
  differences: () => Promise<ReadonlyMap<string, Difference>>,
): Tree {
  return {
    list: async () => {
      const [listed, changes] = await Promise.all([later.list(), differences()]);
      const there = new Set(listed.filter(({ path }) => changes.has(path)).map(({ path }) => path));
      const gone = [...changes.values()].filter((change) => isFile(change) && !there.has(change.path));
      const kept = listed.filter(({ path }) => isThere(changes.get(path)));
      if (gone.length === 0) return kept.length === listed.length ? listed : kept;
      return [...kept, ...gone.map(({ path }) => ({ path, size: -1 }))];
    },
    read: async (path) => {
      const change = (await differences()).get(path);
      if (!change) return later.read(path);
      return isFile(change) ? readBlob(objects, { path, id: change.id, size: -1 }) : undefined;
    },
  };
}

const isFile = ({ mode }: Difference): boolean => mode.startsWith("100");

const isThere = (change: Difference | undefined): boolean => change === undefined || isFile(change);

async function readBlob(objects: GitObjects, { path, id }: Blob): Promise<Uint8Array> {
  const object = await objects.read(id, LARGEST_BLOB);
  if (object && object.size > LARGEST_BLOB) throw tooLarge(path, object.size);
  if (object?.type !== "blob" || !object.bytes) throw absent(path);
  return object.bytes;
}

/** Without `-l`: the sizes of 10,000 files cost five times what their names do, and of few files is the size of interest. */
async function listBlobs(calls: GitCalls, commit: string): Promise<ReadonlyMap<string, Blob>> {
  const { status, stdout } = await runGit(calls, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  if (status !== 0) throw new CollectError("git could not list the files of the commit under review");
  const blobs = new Map<string, Blob>();
  for (const line of nulSeparated(stdout)) {
    // `<mode> <type> <id> TAB <path>`
    const tab = line.indexOf("\t");
    const path = line.slice(tab + 1);
    if (line.startsWith("100"))
      blobs.set(path, { path, id: line.slice(line.lastIndexOf(" ", tab) + 1, tab), size: -1 });
  }
  return blobs;
}

/** A path that differs between two commits, as the earlier one has it; mode `000000`: it is not there. */
export interface Difference {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

export async function differencesBetween(
  calls: GitCalls,
  baseCommit: string,
  commit: string,
): Promise<ReadonlyMap<string, Difference>> {
  const flags = ["-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv"];
  const { status, stdout } = await runGit(calls, ["diff-tree", ...flags, baseCommit, commit]);
  if (status !== 0) throw new CollectError("git could not compare the change with its base");
  const texts = nulSeparated(stdout);
  const found = new Map<string, Difference>();
  // `:<mode> <mode> <id> <id> <letter> NUL <path> NUL`
  for (let at = 0; at + 1 < texts.length; at += 2) {
    const [mode = "", , id = ""] = (texts[at] ?? "").slice(1).split(" ");
    const path = texts[at + 1] ?? "";
    found.set(path, { path, mode, id });
  }
  return found;
}

/** Records that end in NUL; octets that are no UTF-8 are written `\xNN`, so that two paths never become one. */
export function nulSeparated(bytes: Buffer): readonly string[] {
  if (isUtf8(bytes)) return bytes.toString("utf8").split("\0").slice(0, -1);
  const texts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(0, start);
    const end = found < 0 ? bytes.length : found;
    texts.push(pathText(bytes.subarray(start, end)));
    start = end + 1;
  }
  return texts;
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function pathText(bytes: Buffer): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    return bytes.toString("latin1").replaceAll(/[\x80-\xff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
  }
}

function tooLarge(path: string, size: number): CollectError {
  return new CollectError(
    `${path} has ${size} octets; a file of more than ${LARGEST_BLOB} is not read, so what it says is not known`,
  );
}

function absent(path: string): CollectError {
  return new CollectError(
    `the clone does not have the contents of ${path}; fetch without a filter, so that it can be judged`,
  );
}
