import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/**
 * The text of a regular file of at most `limit` octets.
 * @throws where it is missing, something else, or larger.
 */
export function readBounded(path: string, limit: number): string {
  // O_NONBLOCK: opening a FIFO must not wait for its writer.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = regular(file, limit);
    const octets = Buffer.alloc(size);
    let read = 0;
    for (let more = -1; more !== 0 && read < size; read += more) more = readSync(file, octets, read, size - read, null);
    return octets.toString("utf8", 0, read);
  } finally {
    closeSync(file);
  }
}

function regular(file: number, limit: number): { readonly size: number } {
  const stat = fstatSync(file);
  if (!stat.isFile()) throw new Error("no regular file");
  if (stat.size > limit) throw new Error(`more than ${limit} octets`);
  return stat;
}
