import type { Api } from "./api.ts";
import { type Pages, readPages } from "./pages.ts";

/** The lines of one file that a diff shows of its right side: line number → text without its line end. */
export type DiffLines = ReadonlyMap<number, string>;

const HUNK = /^@@ -[0-9]+(?:,[0-9]+)? \+([0-9]{1,9})(?:,[0-9]+)? @@/;

/** Reads the `patch` of GitHub's file list: the hunks of a unified diff, without file headers. What is no hunk says nothing. */
export function rightLines(patch: string): DiffLines {
  const lines = new Map<number, string>();
  let number: number | undefined;
  for (const line of patch.split("\n")) {
    const start = HUNK.exec(line)?.[1];
    if (start !== undefined) number = Number(start);
    else if (line.startsWith("+") || line.startsWith(" ")) {
      if (number === undefined) continue;
      lines.set(number, line.slice(1).replace(/\r$/, ""));
      number += 1;
    } else if (!line.startsWith("-") && !line.startsWith("\\")) number = undefined;
  }
  return lines;
}

/** GitHub lists at most 3,000 files of a pull request; a fix beyond the first thousand is only in the report. */
const PAGES = 10;

/** The right side of the pull request's diff, for `paths` only. A file without a patch (too large, binary) has no lines. */
export async function diffLines(
  api: Api,
  path: string,
  paths: ReadonlySet<string>,
): Promise<{ readonly kind: "lines"; readonly files: ReadonlyMap<string, DiffLines> } | (Pages & { kind: "failed" })> {
  const files = new Map<string, DiffLines>();
  const pages = await readPages(api, { path, most: PAGES }, (items) => {
    for (const item of items) {
      const { filename, patch } = (item ?? {}) as { filename?: unknown; patch?: unknown };
      if (typeof filename === "string" && paths.has(filename))
        files.set(filename, rightLines(typeof patch === "string" ? patch : ""));
    }
    return files.size < paths.size;
  });
  return pages.kind === "failed" ? pages : { kind: "lines", files };
}
