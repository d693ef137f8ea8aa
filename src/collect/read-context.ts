import type { ReadContext } from "./format.ts";
import type { Side, Sides } from "./side.ts";

/**
 * What a reading was made from: paths of files, found or not, and folders whose names were listed, with a final `/`. As long as none
 * of it differs, the reading holds for the other side too.
 */
export type Asked = Set<string>;

/** Makes the context in which a file of one side is read; what the reader asks for is added to `asked`. */
export function contextsOf(side: Side, recordPaths: readonly string[]): (asked: Asked) => ReadContext {
  let recordFiles: ReadonlySet<string> | undefined;
  const kept = new Map<string, Promise<{ readonly made: unknown; readonly asked: Asked }>>();
  let folders: ReadonlyMap<string, readonly string[]> | undefined;
  const contextFor = (asked: Asked): ReadContext => ({
    include: (path) => {
      asked.add(path);
      return side.paths.has(path) ? side.text(path) : Promise.resolve(undefined);
    },
    commit: {
      list: (folder) => {
        asked.add(`${folder}/`);
        folders ??= foldersOf(side.paths);
        return folders.get(folder) ?? [];
      },
      isRecordFile: (path) => (recordFiles ??= new Set(recordPaths)).has(path),
      once: async <T>(key: string, make: (context: ReadContext) => Promise<T>): Promise<T> => {
        const found = kept.get(key) ?? remembered(make, contextFor);
        kept.set(key, found);
        const { made, asked: below } = await found;
        for (const path of below) asked.add(path);
        return made as T;
      },
    },
  });
  return contextFor;
}

async function remembered<T>(
  make: (context: ReadContext) => Promise<T>,
  contextFor: (asked: Asked) => ReadContext,
): Promise<{ readonly made: T; readonly asked: Asked }> {
  const asked: Asked = new Set();
  return { made: await make(contextFor(asked)), asked };
}

function foldersOf(paths: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    let name = path;
    // Once a folder is known, all above it are.
    for (let known = false; !known && name !== ""; ) {
      const cut = name.lastIndexOf("/", name.length - 2);
      const folder = name.slice(0, Math.max(0, cut));
      const names = folders.get(folder) ?? new Set();
      known = folders.has(folder);
      folders.set(folder, names.add(name.slice(cut + 1)));
      name = cut < 0 ? "" : `${folder}/`;
    }
  }
  return new Map([...folders].map(([folder, names]) => [folder, [...names].toSorted()]));
}

/** Whether everything that was asked for is the same on both sides. */
export function sameOnBothSides({ proposed, base, changed }: Sides): (asked: Asked) => boolean {
  const [after, before] = [contextsOf(proposed, [])(new Set()), contextsOf(base, [])(new Set())];
  const same = new Map<string, boolean>();
  const sameNames = (folder: string): boolean => {
    const known = same.get(folder);
    if (known !== undefined) return known;
    const [names, earlier] = [after, before].map(({ commit }) => JSON.stringify(commit?.list(folder)));
    same.set(folder, names === earlier);
    return names === earlier;
  };
  return (asked) =>
    [...asked].every((path) => (path.endsWith("/") ? sameNames(path.slice(0, -1)) : !changed.has(path)));
}
