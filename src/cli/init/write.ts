import { lstat, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OptionError } from "../../errors.ts";
import type { NewFile } from "./files.ts";

export interface Written {
  readonly written: readonly string[];
  /** What was there already, and stays as it is. */
  readonly kept: readonly string[];
}

/**
 * Writes each file where there is nothing. What lies there stays, whatever it is, and no link is followed on the way.
 * @throws OptionError where a path leads through a link or a file; then none was written.
 */
export async function writeNew(root: string, files: readonly NewFile[]): Promise<Written> {
  for (const { path } of files) await refuseDetours(root, path);
  const written: string[] = [];
  const kept: string[] = [];
  for (const { path, octets } of files) {
    const parts = path.split("/");
    await mkdir(join(root, ...parts.slice(0, -1)), { recursive: true });
    ((await isNew(join(root, ...parts), octets)) ? written : kept).push(path);
  }
  return { written, kept };
}

/** `wx` fails where anything has the name, a dangling link included. */
async function isNew(target: string, octets: Uint8Array): Promise<boolean> {
  try {
    await writeFile(target, octets, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function refuseDetours(root: string, path: string): Promise<void> {
  const parts = path.split("/");
  for (let count = 1; count < parts.length; count += 1) {
    const folder = parts.slice(0, count);
    const entry = await lstat(join(root, ...folder)).catch(() => undefined);
    if (entry && !entry.isDirectory())
      throw new OptionError("init", `${folder.join("/")} is no folder, so nothing was written to ${path}`);
  }
}
