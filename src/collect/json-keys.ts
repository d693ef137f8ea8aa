import type { RecordFile } from "./format.ts";
import { endOfString } from "./json-file.ts";

const known = new WeakMap<RecordFile, ReadonlySet<string>>();

/**
 * The keys of the object that a JSON file is, found without reading the rest, and also where the rest is broken: what tells one
 * tool's file from another's. Keys behind the first 4 MiB are not found. Empty: no JSON object. Each file is looked through once
 * however many formats ask.
 */
export function topKeys(file: RecordFile): ReadonlySet<string> {
  const found = known.get(file) ?? keysOf(file.text);
  known.set(file, found);
  return found;
}

// Tools write these keys early. What git tracks is smaller than this; a plan may be many times as large.
const LOOKED_THROUGH = 4 * 1024 * 1024;

function keysOf(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  if (!/^\uFEFF?\s*\{/.test(text)) return keys;
  let depth = 0;
  for (let at = 0; at < Math.min(text.length, LOOKED_THROUGH) && keys.size < 256; at += 1) {
    const char = text[at];
    if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      depth -= 1;
      if (depth === 0) break;
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (end < 0) break;
      if (depth === 1 && isKey(text, end)) keys.add(text.slice(at + 1, end - 1));
      at = end - 1;
    }
  }
  return keys;
}

const COLON = /[ \t\n\r]*:/y;

function isKey(text: string, end: number): boolean {
  COLON.lastIndex = end;
  return COLON.test(text);
}
