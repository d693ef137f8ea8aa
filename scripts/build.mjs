// npm run build: sources → build/ (tsc) → dist/ (ncc): index.js for the action, cli.js for the command line.
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { mergeLicences } from "./licences.mjs";
import { files } from "./trees.mjs";

const out = resolve(process.argv[2] ?? "dist");
// ncc writes names relative to the working folder into the bundle: it must be the same everywhere.
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

// Neither tsc nor ncc removes what an earlier build left.
rmSync(out, { recursive: true, force: true });
rmSync("build", { recursive: true, force: true });
run("tsc", "-p", ".");
bundle("build/action/main.js", out);
bundle("build/cli/main.js", "build/cli-bundle");
renameSync("build/cli-bundle/index.js", join(out, "cli.js"));
chmodSync(join(out, "cli.js"), 0o755);
writeFileSync(join(out, "licenses.txt"), mergeLicences([licences(out), licences("build/cli-bundle")]));

/**
 * @param {string} entry
 * @param {string} folder
 */
function bundle(entry, folder) {
  run("ncc", "build", entry, "-o", folder, "--license", "licenses.txt", "--no-cache", "--quiet");
  inspect(folder);
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
function run(tool, ...args) {
  execFileSync(`node_modules/.bin/${tool}`, args, { stdio: "inherit" });
}

/** @param {string} folder */
function licences(folder) {
  return readFileSync(join(folder, "licenses.txt"), "utf8");
}

/**
 * One file, whole: ncc ends well on an import that it cannot resolve, and puts what is imported late into files of their own.
 * @param {string} folder
 */
function inspect(folder) {
  const extra = files(folder).filter((name) => !["index.js", "licenses.txt", "package.json"].includes(name));
  if (extra.length > 0)
    throw new Error(`${folder} has more than one file: ${extra.join(", ")}; a late import needs webpackMode "eager"`);
  const text = readFileSync(join(folder, "index.js"), "utf8");
  if (/\beval\(["']require["']\)|\bwebpackEmpty(Async)?Context\b/.test(text))
    throw new Error(`${folder}/index.js: an import was not resolved`);
  if (text.includes(process.cwd())) throw new Error(`${folder}/index.js names the working folder`);
}
