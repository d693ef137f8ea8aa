import { execFileSync } from "node:child_process";
import type { FakeComment } from "./github-api.ts";

/** A comment on lines of the diff. */
export interface FakeReviewComment extends FakeComment {
  readonly commit_id: string;
  readonly path: string;
  readonly start_line?: number;
  /** `null`: the diff no longer has the line. */
  line: number | null;
}

/** A file of a pull request as GitHub lists it. */
export interface PullFile {
  readonly filename: string;
  readonly patch: string;
}

/** The files that `head` changes since it left the branch `main` of the repository in `folder`. */
export function pullFiles(folder: string, head: string): readonly PullFile[] {
  if (!folder) return [];
  const range = `main...${head}`;
  const names = git(folder, "diff", "--name-only", "-z", range).split("\0").filter(Boolean);
  return names.map((filename) => {
    const diff = git(folder, "diff", "--no-color", range, "--", filename);
    return { filename, patch: diff.slice(Math.max(0, diff.indexOf("\n@@ ") + 1)).trimEnd() };
  });
}

/** Whether the right side of the patch has all the lines, in one hunk: else GitHub says 422. */
export function showsLines({ patch }: PullFile, first: number, last: number): boolean {
  return patch
    .split(/^(?=@@ )/m)
    .map((hunk) => ({
      start: Number(/^@@ -\S+ \+([0-9]+)/.exec(hunk)?.[1]),
      count: hunk.split("\n").filter((line) => /^[+ ]/.test(line)).length,
    }))
    .some(({ start, count }) => first >= start && last < start + count);
}

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-C", folder, ...args], {
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" },
    stdio: ["ignore", "pipe", "ignore"],
  }).toString();
