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
  let listed: Promise<ReadonlyMap<string, Blob>> | undefined;
  const list = () => (listed ??= listBlobs(calls, commit));
  return {
    list: async () => [...(await list()).values()].map(({ path, size }) => ({ path, size })),
    read: async (path) => {
      const blob = (await list()).get(path);
      if (!blob) return undefined;
      if (blob.size > LARGEST_BLOB) throw tooLarge(path, blob.size);
      const object = await objects.read(blob.id, LARGEST_BLOB);
      if (object?.type !== "blob" || !object.bytes) throw absent(path);
      return object.bytes;
    },
  };
}

async function listBlobs(calls: GitCalls, commit: string): Promise<ReadonlyMap<string, Blob>> {
  const { status, stdout } = await runGit(calls, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]);
  if (status !== 0) throw new CollectError("git could not list the files of the commit under review");
  const blobs = new Map<string, Blob>();
  for (const line of nulSeparated(stdout)) {
    const [, mode, id, size, path] = /^([0-7]{6}) [a-z]+ ([0-9a-f]+) +([0-9]+|-)\t([^]+)$/.exec(line) ?? [];
    if (mode?.startsWith("100") && id && path !== undefined)
      blobs.set(path, { path, id, size: size === "-" ? -1 : Number(size) });
  }
  return blobs;
}

/** Records that end in NUL; octets that are no UTF-8 are written `\xNN`, so that two paths never become one. */
export function nulSeparated(bytes: Buffer): readonly string[] {
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
