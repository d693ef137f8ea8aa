import { writeSync } from "node:fs";

/** Writes all of `text`; one write may take only a part. */
export function writeAll(file: number, text: string): void {
  const octets = Buffer.from(text);
  for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at);
}
