import { constants } from "node:fs";
import { access, type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { CollectError } from "../errors.ts";

/** Octets. What a tool made of a whole infrastructure, such as a plan. */
export const LARGEST_WORKSPACE_FILE = 64 * 1024 * 1024;

/**
 * The octets of a regular file of the checkout that holds `workspace`, tracked or not; undefined: there is none. `path` is relative
 * to the checkout's root. No link is followed in any part of it, and nothing of git's own folder is read: it may hold a token.
 * @throws CollectError for a path that leaves the checkout, a link, another kind of file, or a file that is too large.
 */
export async function workspaceFile(workspace: string, path: string): Promise<Uint8Array | undefined> {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || /[\\\0]/.test(part)))
    throw refused(path, "is no path inside the repository");
  if (parts.some((part) => part.toLowerCase() === ".git")) throw refused(path, "lies in git's own folder");
  const root = await realpath(await checkoutRoot(workspace));
  let folder = root;
  for (const part of parts.slice(0, -1)) {
    folder = join(folder, part);
    const entry = await lstat(folder).catch(() => undefined);
    if (!entry) return undefined;
    if (!entry.isDirectory()) throw refused(path, "is reached through a link or a file, which is never followed");
  }
  const whole = join(root, ...parts);
  const entry = await lstat(whole).catch(() => undefined);
  if (!entry) return undefined;
  if (!entry.isFile()) throw refused(path, "is no regular file");
  return readVetted(path, { whole, root, entry });
}

interface Vetted {
  readonly whole: string;
  readonly root: string;
  readonly entry: { readonly dev: number; readonly ino: number };
}

/** What was opened must be what was looked at: a folder may have become a link in between. */
async function readVetted(path: string, { whole, root, entry }: Vetted): Promise<Uint8Array> {
  // O_NONBLOCK: opening a FIFO must not wait for its writer.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(whole, flags).catch(() => {
    throw refused(path, "cannot be opened");
  });
  try {
    const stat = await file.stat();
    const real = await realpath(whole).catch(() => "");
    if (!stat.isFile() || stat.dev !== entry.dev || stat.ino !== entry.ino || !real.startsWith(root + sep))
      throw refused(path, "changed while it was opened");
    if (stat.size > LARGEST_WORKSPACE_FILE) throw tooLarge(path);
    return await bounded(file, path);
  } finally {
    await file.close();
  }
}

const PIECE = 1024 * 1024;

/** The size that a file claims bounds nothing: those of /proc say 0. */
async function bounded(file: FileHandle, path: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE), 0, PIECE, null);
    if (bytesRead === 0) return Buffer.concat(pieces);
    length += bytesRead;
    if (length > LARGEST_WORKSPACE_FILE) throw tooLarge(path);
    pieces.push(buffer.subarray(0, bytesRead));
  }
}

/** The folder that has `.git`, found by walking up. */
async function checkoutRoot(workspace: string): Promise<string> {
  for (let folder = resolve(workspace); ; folder = dirname(folder)) {
    const found = await access(join(folder, ".git")).then(
      () => true,
      () => false,
    );
    if (found) return folder;
    if (dirname(folder) === folder) return resolve(workspace);
  }
}

const refused = (path: string, why: string): CollectError =>
  new CollectError(`the file ${path.slice(0, 200)} ${why}, so it is not read`);

const tooLarge = (path: string): CollectError => refused(path, `has more than ${LARGEST_WORKSPACE_FILE / PIECE} MiB`);
