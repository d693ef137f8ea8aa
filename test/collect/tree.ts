import type { PathVersion, Repository, Tree } from "../../src/world.ts";

/** Files of one commit, path → text. */
export type Files = Readonly<Record<string, string>>;

export interface LiteralRepository extends Repository {
  /** Every path whose contents were asked for, of either side. */
  readonly reads: string[];
  /** How many files each search went through. */
  readonly searches: number[];
}

export interface LiteralHistory {
  readonly versions: readonly PathVersion[];
  readonly complete: boolean;
}

/** A repository from two literals; `history` answers for the paths that it names. */
export function literalRepository(
  base: Files,
  proposed: Files,
  history: Readonly<Record<string, LiteralHistory>> = {},
): LiteralRepository {
  const reads: string[] = [];
  const searches: number[] = [];
  const paths = [...new Set([...Object.keys(base), ...Object.keys(proposed)])];
  return {
    reads,
    searches,
    commit: "c".repeat(40),
    baseCommit: "b".repeat(40),
    proposed: { ...literalTree(proposed, reads), search: literalSearch(proposed, searches) },
    base: literalTree(base, reads),
    changed: async () => new Set(paths.filter((path) => base[path] !== proposed[path])),
    history: async (path) => history[path] ?? { versions: [], complete: true },
    workspaceFile: async (path) => {
      const text = proposed[path];
      return text === undefined ? undefined : Buffer.from(text);
    },
  };
}

/** The same repository with files in its workspace that git does not track. */
export function withWorkspace<T extends Repository>(repository: T, untracked: Files): T {
  const workspaceFile: Repository["workspaceFile"] = async (path) => {
    const text = untracked[path];
    return text === undefined ? repository.workspaceFile(path) : Buffer.from(text);
  };
  return { ...repository, workspaceFile };
}

function literalTree(files: Files, reads: string[]): Tree {
  return {
    list: async () => Object.entries(files).map(([path, text]) => ({ path, size: Buffer.byteLength(text) })),
    read: async (path) => {
      reads.push(path);
      const text = files[path];
      return text === undefined ? undefined : Buffer.from(text);
    },
  };
}

function literalSearch(files: Files, searches: number[]): NonNullable<Tree["search"]> {
  return async (paths, pattern) => {
    searches.push(paths.length);
    return paths.filter((path) => pattern.test(Buffer.from(files[path] ?? "").toString("latin1")));
  };
}

/** `2026-03-01` and what the path said then; null: it was not there. */
export function version(day: string, text: string | null): PathVersion {
  return { commit: "a".repeat(40), at: `${day}T12:00:00.000Z`, bytes: text === null ? null : Buffer.from(text) };
}
