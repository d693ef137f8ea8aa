import type { Repository } from "../world.ts";

/** Every path that git tracks, at the commit of the run or at its base. */
export async function trackedPaths({ proposed, base }: Repository): Promise<readonly string[]> {
  const lists = await Promise.all([proposed.list(), base.list()]);
  return lists.flat().map(({ path }) => path);
}
