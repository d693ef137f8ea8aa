import type { Config, ConfiguredDomain } from "../config.ts";
import { CollectError } from "../errors.ts";
import type { Location } from "../location.ts";
import type { Options } from "../options.ts";
import { TOP } from "../protocol/span.ts";
import { globMatcher } from "./glob.ts";
import type { Sides } from "./side.ts";

/** The globs of record files that count for a domain (undefined: for those without globs of their own), inputs beating config. */
export function globsFor(
  { options, config }: { options: Options; config: Config },
  entry?: ConfiguredDomain,
): readonly string[] {
  return options.records.length > 0 ? options.records : (entry?.records ?? config.records);
}

/** Tracked paths that any of the globs matches. */
export function matching(paths: ReadonlySet<string>, globs: readonly string[]): readonly string[] {
  if (globs.length === 0) return [];
  const matches = anyOf(globs);
  const found: string[] = [];
  for (const path of paths) if (matches(path)) found.push(path);
  // Git lists them in this order already, but for rare names.
  return found.every((path, index) => index === 0 || (found[index - 1] as string) < path) ? found : found.toSorted();
}

function anyOf(globs: readonly string[]): (path: string) => boolean {
  const matchers = [...new Set(globs)].map((glob) => globMatcher(glob.replace(/^(\.\/)+/, "")));
  return (path) => matchers.some((matches) => matches(path));
}

/** {@link matching} on both sides; what the sides share is looked at once where the same globs count. */
export function matchingOnBoth(
  { proposed, base, changed }: Sides,
  globs: { readonly proposed: readonly string[]; readonly base: readonly string[] },
): { readonly proposed: readonly string[]; readonly base: readonly string[] } {
  const after = matching(proposed.paths, globs.proposed);
  if (globs.base.some((glob) => !globs.proposed.includes(glob)))
    return { proposed: after, base: matching(base.paths, [...globs.proposed, ...globs.base]) };
  const gone = [...changed].filter((path) => base.paths.has(path) && !proposed.paths.has(path));
  const found = matching(new Set(gone), globs.proposed);
  const added = [...changed].some((path) => !base.paths.has(path));
  if (found.length === 0 && !added) return { proposed: after, base: after };
  const kept = after.filter((path) => !changed.has(path) || base.paths.has(path));
  return { proposed: after, base: [...kept, ...found].toSorted() };
}

function someOf(paths: Iterable<string>, matches: (path: string) => boolean): boolean {
  for (const path of paths) if (matches(path)) return true;
  return false;
}

/** @throws CollectError for a glob without a file on either side: what it was meant to read would go unjudged. */
export function refuseIdleGlobs(
  { proposed, base }: Sides,
  globs: readonly string[],
  { options, config }: { options: Options; config: Config },
): void {
  for (const glob of globs) {
    const matches = anyOf([glob]);
    if (someOf(proposed.paths, matches) || someOf(base.paths, matches)) continue;
    const location: Location =
      options.records.length > 0 ? { kind: "input", name: "records" } : { kind: "file", path: config.path, span: TOP };
    throw new CollectError(
      `the glob ${glob.slice(0, 200)} in \`records\` matches no file that git tracks, and names none in the workspace`,
      {
        location,
      },
    );
  }
}
