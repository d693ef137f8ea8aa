// Two folders, compared octet for octet. `git diff` would not see new files that nobody has added.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * Paths of all files below a folder, sorted.
 * @param {string} folder
 */
export function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/**
 * What differs, one line each: `changed`, `missing` (only in fresh) or `left over` (only in kept).
 * @param {string} kept
 * @param {string} fresh
 */
export function differences(kept, fresh) {
  const [before, after] = [files(kept), files(fresh)];
  const changed = (/** @type {string} */ path) =>
    !readFileSync(join(kept, path)).equals(readFileSync(join(fresh, path)));
  return [...new Set([...before, ...after])].sort().flatMap((path) => {
    if (!before.includes(path)) return [`missing: ${path}`];
    if (!after.includes(path)) return [`left over: ${path}`];
    return changed(path) ? [`changed: ${path}`] : [];
  });
}
