import type { Options } from "../options.ts";
import type { Side, Sides } from "./side.ts";

const GLOB = /[*?{]/;
const MOST = 64;

/**
 * Both sides, the proposed one with files that a tool left in the workspace and git does not track, such as a plan: those that the
 * input `records` names outright. The config is part of the change, so it cannot name one.
 * @throws CollectError for a named file that is a link, lies outside, or is too large.
 */
export async function withUntracked(sides: Sides, { records }: Options): Promise<Sides> {
  const { proposed, workspaceFile } = sides;
  const found = new Map<string, string>();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (const name of records.slice(0, MOST)) {
    const path = name.replace(/^(\.\/)+/, "");
    if (GLOB.test(path) || proposed.paths.has(path)) continue;
    const octets = await workspaceFile(path);
    if (octets) found.set(path, decoder.decode(octets));
  }
  if (found.size === 0) return sides;
  return { ...sides, changed: new Set([...sides.changed, ...found.keys()]), proposed: joined(proposed, found) };
}

function joined(side: Side, found: ReadonlyMap<string, string>): Side {
  return {
    ...side,
    paths: new Set([...side.paths, ...found.keys()]),
    bytes: async (path) => {
      const text = found.get(path);
      return text === undefined ? side.bytes(path) : new TextEncoder().encode(text);
    },
    text: async (path) => found.get(path) ?? side.text(path),
  };
}
