import type { Repository, Tree, TreeEntry } from "../world.ts";

/** One side of the change: the tracked files of a commit, each read at most once. */
export interface Side {
  readonly name: "proposed" | "base";
  readonly paths: ReadonlySet<string>;
  /** Undefined: git tracks no regular file there. @throws CollectError when it is too large. */
  readonly bytes: (path: string) => Promise<Uint8Array | undefined>;
  readonly text: (path: string) => Promise<string | undefined>;
}

export interface Sides {
  readonly proposed: Side;
  readonly base: Side;
  readonly changed: ReadonlySet<string>;
  readonly workspaceFile: Repository["workspaceFile"];
  /** {@link Tree.search} of the proposed side; undefined where it cannot be searched. */
  readonly search: NonNullable<Tree["search"]>;
}

/** Both sides of a change. What did not change is read once, from the proposed side, where it is sure to be in the clone. */
export async function openSides(repository: Repository): Promise<Sides> {
  const { proposed, base } = repository;
  const [changed, after, before] = await Promise.all([repository.changed(), proposed.list(), base.list()]);
  const paths = pathsOf(after);
  // Most changes neither add nor take away a file.
  const same = before === after || (before.length === after.length && before.every(({ path }) => paths.has(path)));
  const fromProposed = remembered(proposed);
  const fromBase = remembered(base);
  const baseBytes = (path: string) => (changed.has(path) ? fromBase(path) : fromProposed(path));
  return {
    changed,
    workspaceFile: repository.workspaceFile,
    search: async (sought, pattern) => proposed.search?.(sought, pattern),
    proposed: sideOf("proposed", { paths, bytes: fromProposed }),
    base: sideOf("base", {
      paths: same ? paths : pathsOf(before),
      bytes: baseBytes,
    }),
  };
}

function pathsOf(entries: readonly TreeEntry[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path } of entries) paths.add(path);
  return paths;
}

type Read = (path: string) => Promise<Uint8Array | undefined>;

function sideOf(name: Side["name"], { paths, bytes }: { paths: ReadonlySet<string>; bytes: Read }): Side {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return {
    name,
    paths,
    bytes,
    text: async (path) => {
      const found = await bytes(path);
      return found && decoder.decode(found);
    },
  };
}

/** A file that many zones include is fetched once; the number kept bounds memory. */
function remembered(tree: Tree): Read {
  const kept = new Map<string, Promise<Uint8Array | undefined>>();
  return (path) => {
    const found = kept.get(path) ?? tree.read(path);
    kept.delete(path);
    kept.set(path, found);
    const [oldest] = kept.keys();
    if (kept.size > 64 && oldest !== undefined) kept.delete(oldest);
    return found;
  };
}
