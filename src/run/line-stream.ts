import type { FileHandle } from "node:fs/promises";

/** Where a line lies in its file, in octets, without its end. */
export interface LineSpan {
  readonly offset: number;
  readonly length: number;
}

export type StreamedLine =
  | ({ readonly kind: "line"; readonly octets: Uint8Array } & LineSpan)
  /** Nothing follows. */
  | { readonly kind: "broken"; readonly why: string };

/** Octets of one line. A policy is at most 64 KiB, its chain about as much, and JSON makes at most six of one. */
export const LONGEST_LINE = 1_048_576;
const CHUNK = 262_144; // octets

/** The lines of a file, with only one of them in memory. `octets` is good until the next line. */
export async function* linesOf(file: FileHandle): AsyncGenerator<StreamedLine> {
  let [waiting, offset] = [Buffer.alloc(0), 0];
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    waiting = Buffer.concat([waiting, buffer.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = waiting.indexOf(10); end >= 0; end = waiting.indexOf(10, start)) {
      const length = end - start;
      if (length > LONGEST_LINE) return yield { kind: "broken", why: TOO_LONG };
      yield { kind: "line", octets: waiting.subarray(start, end), offset: offset + start, length };
      start = end + 1;
    }
    offset += start;
    waiting = waiting.subarray(start);
    if (waiting.length > LONGEST_LINE) return yield { kind: "broken", why: TOO_LONG };
  }
  if (waiting.length > 0) yield { kind: "broken", why: "does not end: the file was cut" };
}

const TOO_LONG = `is longer than ${LONGEST_LINE} octets`;
