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
  const matchers = [...new Set(globs)].map((glob) => globMatcher(glob.replace(/^(\.\/)+/, "")));
  return matchers.length === 0 ? [] : [...paths].filter((path) => matchers.some((matches) => matches(path))).toSorted();
}

/** @throws CollectError for a glob without a file on either side: what it was meant to read would go unjudged. */
export function refuseIdleGlobs(
  { proposed, base }: Sides,
  globs: readonly string[],
  { options, config }: { options: Options; config: Config },
): void {
  for (const glob of globs) {
    if (matching(proposed.paths, [glob]).length > 0 || matching(base.paths, [glob]).length > 0) continue;
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
