import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = process.env["VECTORS"] ?? join(import.meta.dirname, "../vectors");

export interface Vector {
  readonly id: string;
  readonly topic: string;
  readonly reason?: string;
}

/** Every vector of `<topic>-vectors.json`, in the folder that VECTORS names or in test/vectors. */
export function vectors<V extends Vector>(topic: string): readonly V[] {
  const read: unknown = JSON.parse(readFileSync(join(FOLDER, `${topic}-vectors.json`), "utf8"));
  return read as readonly V[];
}

/** A file that a vector names; `undefined` where this set of vectors comes without it. */
export function sample(path: string): Uint8Array | undefined {
  const file = join(FOLDER, path);
  return existsSync(file) ? readFileSync(file) : undefined;
}
