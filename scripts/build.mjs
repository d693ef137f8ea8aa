// npm run build: sources → build/ (tsc) → dist/ (ncc): index.js for the action, cli.js for the command line, and later/ for what
// both load when they need it.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isSameProgram, withoutComments } from "./comments.mjs";
import { mergeLicences } from "./licences.mjs";
import { validators } from "./schemas.mjs";
import { files } from "./trees.mjs";

const out = resolve(process.argv[2] ?? "dist");
const made = "build/dist";
// ncc writes names relative to the working folder into the bundle: it must be the same everywhere.
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

// Neither tsc nor ncc removes what an earlier build left.
rmSync("build", { recursive: true, force: true });
mkdirSync("src/generated", { recursive: true });
for (const [path, text] of Object.entries(validators())) writeFileSync(path, text);
run("tsc", "-p", ".");
// The compiler leaves what is no TypeScript where it is.
cpSync("src/generated", "build/generated", { recursive: true });
const bundles = [
  bundle("index.js", "action/main"),
  bundle("cli.js", "cli/main"),
  bundle("later/undici.js", "world/later/undici"),
  bundle("later/evidence-schema.js", "run/later/evidence-schema"),
  // Octokit's undici is the one beside it: a second copy would be a million octets, and evaluated once more.
  bundle("later/octokit.js", "action/later/octokit", "undici"),
];
chmodSync(join(made, "cli.js"), 0o755);
writeFileSync(join(made, "package.json"), `${JSON.stringify({ type: "module" }, null, 2)}\n`);
writeFileSync(join(made, "licenses.txt"), mergeLicences(bundles.map(({ licences }) => licences)));
for (const { name } of bundles) await inspect(name);
// Only a build that came to its end takes the place of the last one.
rmSync(out, { recursive: true, force: true });
cpSync(made, out, { recursive: true });

/**
 * One file out of one module and all that it imports, without `beside`, which lies beside it as a bundle of its own.
 * @param {string} name
 * @param {string} entry
 * @param {string} [beside]
 */
function bundle(name, entry, beside) {
  const folder = `build/bundles/${name}`;
  const apart = beside ? ["-e", beside] : [];
  const options = ["--license", "licenses.txt", "--no-cache", "--quiet"];
  run("ncc", "build", `build/${entry}.js`, "-o", folder, ...apart, ...options);
  const extra = files(folder).filter((file) => !["index.js", "licenses.txt", "package.json"].includes(file));
  if (extra.length > 0)
    throw new Error(`${name} has more than one file: ${extra.join(", ")}; a late import needs a webpack comment`);
  const text = readFileSync(join(folder, "index.js"), "utf8");
  const bare = withoutComments(text);
  if (!isSameProgram(text, bare)) throw new Error(`${name} is another program without its comments`);
  mkdirSync(dirname(join(made, name)), { recursive: true });
  writeFileSync(join(made, name), beside ? bare.replaceAll(`from "${beside}";`, `from "./${beside}.js";`) : bare);
  // A bundle of our own sources alone has no file of licences.
  const licences = join(folder, "licenses.txt");
  return { name, licences: existsSync(licences) ? readFileSync(licences, "utf8") : "" };
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
function run(tool, ...args) {
  execFileSync(`node_modules/.bin/${tool}`, args, { stdio: "inherit" });
}

/**
 * ncc ends well on an import that it cannot resolve: here every import is of Node's own, or of a bundle that is there and has
 * what is asked of it.
 * @param {string} name
 */
async function inspect(name) {
  const path = resolve(made, name);
  const text = readFileSync(path, "utf8");
  if (/\beval\(["']require["']\)|\bwebpackEmpty(Async)?Context\b/.test(text))
    throw new Error(`${name}: an import was not resolved`);
  if (text.includes(process.cwd())) throw new Error(`${name} names the working folder`);
  const targets = [...text.matchAll(/^import (?:\* as (\w+) |.*)from "([^"]+)";$|\bimport\(.*?"([^"]+)"\)/gm)];
  for (const [, binding, always = "", late = always] of targets) {
    if (isBuiltin(late)) continue;
    const file = join(dirname(path), late);
    if (!late.startsWith("./") || !existsSync(file)) throw new Error(`${name} imports ${late}, which is not there`);
    const exported = Object.keys(await import(pathToFileURL(file).href));
    const wanted = binding ? [...text.matchAll(new RegExp(`\\b${binding}\\.(\\w+)`, "g"))] : [];
    const missing = wanted.map(([, member = ""]) => member).filter((member) => !exported.includes(member));
    if (missing.length > 0) throw new Error(`${name} wants ${missing.join(", ")} of ${late}`);
  }
}
