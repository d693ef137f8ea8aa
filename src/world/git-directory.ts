import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { OptionError } from "../errors.ts";

/**
 * The absolute GIT_DIR of the checkout that holds `workspace`, found by walking up. `.git` is a folder, or a file that names
 * one (worktrees, submodules). Naming it outright passes git's ownership check, which a container's user would fail.
 * @throws OptionError where there is no checkout.
 */
export async function gitDirectory(workspace: string): Promise<string> {
  for (let folder = resolve(workspace); ; folder = dirname(folder)) {
    const found = await namedBy(join(folder, ".git"));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) throw noCheckout();
  }
}

async function namedBy(path: string): Promise<string | undefined> {
  const entry = await stat(path).catch(() => undefined);
  if (entry?.isDirectory()) return path;
  if (!entry?.isFile() || entry.size > 4096) return undefined;
  const [, named] = /^gitdir: (.+?)\r?\n?$/.exec(await readFile(path, "utf8")) ?? [];
  if (named === undefined) return undefined;
  return isAbsolute(named) ? named : resolve(dirname(path), named);
}

export function noCheckout(): OptionError {
  return new OptionError(
    "checkout",
    "no git repository is here, so nothing can be judged: was the checkout forgotten? Run actions/checkout before this step",
    { allowed: ["uses: actions/checkout with fetch-depth: 2"] },
  );
}
