import { lstat, readdir, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { globMatcher } from "../collect/glob.ts";
import { OptionError } from "../errors.ts";

/** Where evidence may lie. */
export interface EvidenceGround {
  readonly workspace: string;
  /** Paths that git tracks, relative to the workspace: what the change under review wrote is never evidence of itself. */
  readonly tracked: readonly string[];
}

export interface EvidencePath {
  /** As messages name it. */
  readonly name: string;
  readonly path: string;
}

const MOST_FILES = 1_000;
/** Names that a glob may lead past. */
const MOST_NAMES = 200_000;

/**
 * The files that globs name, relative to the workspace or absolute, each once, in the order of their names.
 * @throws OptionError for a glob that names no file, and for a file that is a link, leads through one, or lies in a checkout's hands.
 */
export async function evidencePaths(
  globs: readonly string[],
  { workspace, tracked }: EvidenceGround,
): Promise<readonly EvidencePath[]> {
  const root = await realpath(workspace);
  const known = new Set(tracked.map(folded));
  const found = new Map<string, EvidencePath>();
  for (const glob of globs) {
    const paths = await pathsOf(resolve(root, glob));
    if (paths.length === 0) throw refused(`${glob} names no file, so the evidence is missing`);
    for (const path of paths) found.set(path, await admitted(path, { root, known }));
  }
  if (found.size > MOST_FILES) throw refused(`names more than ${MOST_FILES} files`);
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const refused = (why: string): OptionError => new OptionError("evidence", why);

async function pathsOf(glob: string): Promise<readonly string[]> {
  const parts = glob.split(sep);
  const first = parts.findIndex((part) => /[*?{]/.test(part));
  if (first === -1) return (await exists(glob)) ? [glob] : [];
  const rest = parts.slice(first);
  const depth = glob.includes("**") ? Number.POSITIVE_INFINITY : rest.length;
  const folder = parts.slice(0, first).join(sep) || sep;
  const fits = globMatcher(rest.join("/"));
  const below = await namesBelow(folder, depth);
  return below.filter((path) => fits(relative(folder, path).split(sep).join("/")));
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Everything below a folder that is no folder. Links are listed, and never followed. */
async function namesBelow(folder: string, depth: number): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [{ path: folder, left: depth }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, left } = next;
    for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
      seen += 1;
      if (seen > MOST_NAMES) throw refused(`leads past more than ${MOST_NAMES} names below ${folder}`);
      if (!entry.isDirectory()) found.push(join(path, entry.name));
      else if (left > 1 && entry.name !== ".git") open.push({ path: join(path, entry.name), left: left - 1 });
    }
  }
  return found;
}

async function admitted(
  path: string,
  { root, known }: { readonly root: string; readonly known: ReadonlySet<string> },
): Promise<EvidencePath> {
  const inside = relative(root, path);
  const outside = inside === ".." || inside.startsWith(`..${sep}`);
  const name = outside ? path : inside.split(sep).join("/");
  const real = await realpath(path).catch(() => "");
  const within = relative(root, real).split(sep).join("/");
  // A change may hold links; below the workspace none is followed.
  if (!(await lstat(path)).isFile() || (!outside && real !== path))
    throw refused(`${name} is no regular file, or leads through a link`);
  if (known.has(folded(within)) || (!within.startsWith("../") && (await inOtherCheckout(real, root))))
    throw refused(`${name} is a file that git tracks; what a change wrote is no evidence of what is deployed`);
  return { name, path };
}

/** A submodule's files are tracked, and in no list of the repository around it. */
async function inOtherCheckout(path: string, root: string): Promise<boolean> {
  for (let folder = dirname(path); folder !== root && folder !== dirname(folder); folder = dirname(folder))
    if (await exists(join(folder, ".git"))) return true;
  return false;
}

/** Some file systems do not tell upper from lower case, or one form of a letter from another. */
const folded = (path: string): string => path.normalize("NFC").toLowerCase();
