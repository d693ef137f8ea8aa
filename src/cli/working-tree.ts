import { lstat, readFile, realpath, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { OptionError } from "../errors.ts";
import { fixedText } from "../fix.ts";
import { inertLog, log } from "../report/inert.ts";
import type { Fix } from "../verdict.ts";
import { openGit } from "../world/git.ts";
import { checkoutRoot } from "./checkout-root.ts";

/** Milliseconds that reading the files may take. */
const TIME = 60_000;

/**
 * Writes the fixes into the files of the working tree.
 * @returns what was done, one line a file
 * @throws OptionError where one of the files is not as `commit` has it; then none was written.
 */
export async function writeFixes(workspace: string, commit: string, fixes: readonly Fix[]): Promise<string> {
  if (fixes.length === 0) return "no finding has a fix that can be written\n";
  const root = await checkoutRoot(workspace);
  if (root === undefined) throw new OptionError("--fix", "there is no working tree here");
  const git = await openGit({ workspace, signal: AbortSignal.timeout(TIME) });
  try {
    const tree = git.tree(commit);
    const files: { readonly path: string; readonly target: string; readonly text: string; readonly count: number }[] =
      [];
    for (const [path, mine] of Map.groupBy(fixes, (fix) => fix.path)) {
      const target = join(root, ...path.split("/"));
      const committed = await tree.read(path);
      const before = await plainFile(root, target);
      if (!committed || !before || !before.equals(committed)) throw edited(path);
      files.push({ path, target, text: fixedText(before.toString("utf8"), mine), count: mine.length });
    }
    for (const { target, text } of files) await writeFile(target, text);
    return files.map(({ path, count }) => `${log`fixed ${inertLog(path)} (${count})`}\n`).join("");
  } finally {
    git.close();
  }
}

/** The octets of a regular file below `root`; a link, on the way or at the end, is not followed. UTF-8 only: nothing else is edited. */
async function plainFile(root: string, target: string): Promise<Buffer | undefined> {
  const entry = await lstat(target).catch(() => undefined);
  if (!entry?.isFile()) return undefined;
  const real = await realpath(target);
  if (real !== target || !real.startsWith(root + sep)) return undefined;
  const octets = await readFile(target);
  return Buffer.from(octets.toString("utf8")).equals(octets) ? octets : undefined;
}

const edited = (path: string): OptionError =>
  new OptionError("--fix", `${path} is not in the working tree as it is in HEAD, so nothing was written`);
