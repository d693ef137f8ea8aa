import { isUtf8 } from "node:buffer";
import { CollectError } from "../errors.ts";
import type { Tree, TreeEntry } from "../world.ts";
import { type GitCalls, runGit } from "./git-command.ts";
import type { GitObjects } from "./git-objects.ts";
import { searchObjects } from "./git-search.ts";

/** Octets. A policy is cut at 64 KiB by senders; a zone file larger than this is no one's to review. */
export const LARGEST_BLOB = 1024 * 1024;

/** The regular files of one commit. Links (120000) and submodules (160000) are never listed, so never followed. */
export function gitTree(calls: GitCalls, objects: GitObjects, commit: string): Tree {
  let found: Promise<Listing> | undefined;
  let listed: readonly TreeEntry[] | undefined;
  const listing = () => (found ??= listFiles(calls, commit));
  return {
    list: async () => {
      const { tabs } = await listing();
      return (listed ??= Array.from(tabs.keys(), (path) => ({ path, size: -1 })));
    },
    read: async (path) => {
      const { text, tabs } = await listing();
      const tab = tabs.get(path);
      return tab === undefined ? undefined : readBlob(objects, { path, id: idBefore(text, tab) });
    },
    search: async (paths, pattern) => {
      const { text, tabs } = await listing();
      const there = paths.filter((path) => tabs.has(path));
      const ids = there.map((path) => idBefore(text, tabs.get(path) ?? 0));
      const found = await searchObjects(calls, ids, pattern);
      return found?.map((index) => there[index] as string);
    },
  };
}

const idBefore = (text: string, tab: number): string => text.slice(text.lastIndexOf(" ", tab) + 1, tab);

/** The tree on the other side of `differences`, without a second walk through what is the same on both. */
export function earlierTree(
  objects: GitObjects,
  later: Tree,
  differences: () => Promise<ReadonlyMap<string, Difference>>,
): Tree {
  return {
    list: async () => {
      const [listed, changes] = await Promise.all([later.list(), differences()]);
      const differing = [...changes.values()];
      // Most changes neither add nor take away a file: then the paths are the same.
      if (differing.every((change) => isFile(change) && change.kept)) return listed;
      const kept = listed.filter(({ path }) => isThere(changes.get(path)));
      const gone = differing.filter((change) => isFile(change) && !change.kept);
      return [...kept, ...gone.map(({ path }) => ({ path, size: -1 }))];
    },
    read: async (path) => {
      const change = (await differences()).get(path);
      if (!change) return later.read(path);
      return isFile(change) ? readBlob(objects, change) : undefined;
    },
  };
}

const isFile = ({ mode }: Difference): boolean => mode.startsWith("100");

const isThere = (change: Difference | undefined): boolean => change === undefined || isFile(change);

async function readBlob(objects: GitObjects, { path, id }: Pick<Difference, "path" | "id">): Promise<Uint8Array> {
  const object = await objects.read(id, LARGEST_BLOB);
  if (object && object.size > LARGEST_BLOB) throw tooLarge(path, object.size);
  if (object?.type !== "blob" || !object.bytes) throw absent(path);
  return object.bytes;
}

/** What git says of a commit, one record a file: `<mode> <type> <id> TAB <path> NUL`. */
interface Listing {
  readonly text: string;
  /** Where the tab is, by path: of few files more is asked for, and there may be many. */
  readonly tabs: ReadonlyMap<string, number>;
}

/** Without `-l`: the sizes of 10,000 files cost five times what their names do, and of few files is the size of interest. */
async function listFiles(calls: GitCalls, commit: string): Promise<Listing> {
  const { status, stdout } = await runGit(calls, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  if (status !== 0) throw new CollectError("git could not list the files of the commit under review");
  const text = isUtf8(stdout) ? stdout.toString("utf8") : `${nulSeparated(stdout).join("\0")}\0`;
  const tabs = new Map<string, number>();
  for (let at = 0; at < text.length; ) {
    const tab = text.indexOf("\t", at);
    const end = text.indexOf("\0", tab);
    if (tab < 0 || end < 0) break;
    if (text.startsWith("100", at)) tabs.set(text.slice(tab + 1, end), tab);
    at = end + 1;
  }
  return { text, tabs };
}

/** A path that differs between two commits, as the earlier one has it; mode `000000`: it is not there. */
export interface Difference {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
  /** The later commit has a regular file there as well. */
  readonly kept: boolean;
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
    const [mode = "", now = "", id = ""] = (texts[at] ?? "").slice(1).split(" ");
    const path = texts[at + 1] ?? "";
    found.set(path, { path, mode, id, kept: now.startsWith("100") });
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
