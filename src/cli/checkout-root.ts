import { realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** The folder that holds `.git`, from where paths of a repository begin; undefined: there is none around `folder`. */
export async function checkoutRoot(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (await stat(join(at, ".git")).catch(() => undefined)) return realpath(at);
    if (dirname(at) === at) return undefined;
  }
}
