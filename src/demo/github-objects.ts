import { execFileSync } from "node:child_process";

const ROUTE = /^\/repos\/[^/]+\/[^/]+\/git\/(trees|blobs|commits)\/([0-9a-f]{40})$/;

/** What GitHub's git database says of an object of the repository in `folder`: trees (recursive), blobs and commits by hex id. */
export function gitObject(folder: string, route: string): object | undefined {
  const [, kind, id] = ROUTE.exec(route) ?? [];
  if (!kind || !id) return undefined;
  try {
    if (kind === "trees") return treeOf(folder, id);
    if (kind === "blobs") return blobOf(folder, id);
    const [tree = "", parents = ""] = git(folder, "show", "-s", "--format=%T%n%P", id).toString().split("\n");
    return { sha: id, tree: { sha: tree }, parents: parents.split(" ").flatMap((sha) => (sha ? [{ sha }] : [])) };
  } catch {
    return undefined;
  }
}

function treeOf(folder: string, id: string): object {
  const entries = git(folder, "ls-tree", "-r", "-z", "-l", id).toString().split("\0");
  const tree = entries.flatMap((entry) => {
    const [, mode, type, sha, size, path] = /^([0-7]+) (\w+) ([0-9a-f]+) +(\d+|-)\t([^]*)$/.exec(entry) ?? [];
    return path === undefined ? [] : [{ path, mode, type, sha, ...(size !== "-" && { size: Number(size) }) }];
  });
  return { sha: id, truncated: false, tree };
}

function blobOf(folder: string, id: string): object {
  const octets = git(folder, "cat-file", "blob", id);
  // As GitHub does: base64 with a line end after each 60 characters.
  const content = octets.toString("base64").replace(/.{1,60}/g, "$&\n");
  return { sha: id, encoding: "base64", size: octets.length, content };
}

const git = (folder: string, ...args: readonly string[]): Buffer =>
  execFileSync("git", ["-C", folder, ...args], {
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" },
    stdio: ["ignore", "pipe", "ignore"],
  });
