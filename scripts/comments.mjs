// Comments of a bundle: a fifth of what a runner reads and parses at every start, and nobody reads them there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WHOLE_LINES = /^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/)[^])*\*\/[ \t]*)\n/gm;

// What names a licence stays where it is: packages carry code of others that has no licence file of its own.
const LEGAL = /^\s*\/\*!|licen[cs]e|copyright|@preserve|SPDX/i;

/**
 * The same program without the comments that have lines to themselves. Everything else stays as it was written, so that a stack
 * names lines that can be read.
 * @param {string} text a bundle
 */
export function withoutComments(text) {
  return text.replace(WHOLE_LINES, (comment) => (LEGAL.test(comment) ? comment : ""));
}

/**
 * Whether a parser, and not an expression, finds the same program in both: what the compiler prints of them is compared. A line
 * that only looked like a comment, inside a text, would show here.
 * @param {string} before
 * @param {string} after
 */
export function isSameProgram(before, after) {
  return printed(before) === printed(after);
}

const ALONE = ["--ignoreConfig", "--allowJs", "--noCheck", "--noResolve", "--types", ""];
const AS_IT_IS = ["--removeComments", "--target", "esnext", "--module", "esnext", "--lib", "esnext"];

/** @param {string} text */
function printed(text) {
  const folder = mkdtempSync(join(tmpdir(), "comments-"));
  try {
    const [source, out] = [join(folder, "bundle.js"), join(folder, "out")];
    writeFileSync(source, text);
    execFileSync("node_modules/.bin/tsc", [...ALONE, ...AS_IT_IS, "--outDir", out, source], { stdio: "inherit" });
    return readFileSync(join(out, "bundle.js"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
