import type { PathVersion, Repository } from "../world.ts";

export interface PathHistory {
  /** Newest first. */
  readonly versions: readonly PathVersion[];
  readonly complete: boolean;
}

export type ReadHistory = (path: string) => Promise<PathHistory>;

/** The history of each path, walked at most once: several domains may have one policy, or one file of records. */
export function rememberedHistory({ history }: Repository): ReadHistory {
  const kept = new Map<string, Promise<PathHistory>>();
  return (path) => {
    const found = kept.get(path) ?? history(path);
    kept.set(path, found);
    return found;
  };
}
