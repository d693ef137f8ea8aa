import type { Span } from "../protocol/span.ts";
import { type Stretch, spanFinder } from "./text-span.ts";

/** One value of a JSON text (RFC 8259) and where it stands; a string's stretch has its quotes. */
export type JsonNode =
  | (Stretch & { readonly kind: "text"; readonly text: string })
  | (Stretch & { readonly kind: "number"; readonly number: number })
  | (Stretch & { readonly kind: "true" | "false" | "null" })
  | (Stretch & { readonly kind: "list"; readonly items: readonly JsonNode[] })
  | JsonObject;

export interface JsonObject extends Stretch {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, JsonNode>;
}

export interface JsonFile {
  /** What was read before the fault, where there is one: undefined. */
  readonly root: JsonNode | undefined;
  readonly fault: (Stretch & { readonly message: string }) | undefined;
  /** Keys that an object has twice; as in JSON.parse the last one counts. At most 64. */
  readonly duplicates: readonly (Stretch & { readonly key: string })[];
  readonly spanOf: (stretch: Stretch) => Span;
}

/** Deeper nesting is a fault. */
export const DEEPEST_JSON = 64;

/**
 * Reads what JSON.parse reads, with positions, in linear time; a byte order mark in front is passed over. Never throws. An object in
 * a list that `keep` refuses is checked and left out, which bounds memory: a plan holds far more than records.
 */
export function readJson(text: string, keep: (object: JsonObject) => boolean = () => true): JsonFile {
  const cursor: Cursor = { text, at: text.startsWith("\uFEFF") ? 1 : 0, depth: 0, duplicates: [], keep };
  const spanOf = spanFinder(text);
  const { duplicates } = cursor;
  try {
    const root = value(cursor);
    blanks(cursor);
    if (cursor.at < text.length) throw fault(cursor, "something stands after the end of the JSON value");
    return { root, fault: undefined, duplicates, spanOf };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { root: undefined, fault: { message: error.message, start: error.at, end: error.at }, duplicates, spanOf };
  }
}

interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
  readonly duplicates: (Stretch & { readonly key: string })[];
  readonly keep: (object: JsonObject) => boolean;
}

class JsonFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const fault = ({ text, at }: Cursor, message: string): JsonFault =>
  at >= text.length ? new JsonFault("the JSON ends too early", text.length) : new JsonFault(message, at);

const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORDS = ["true", "false", "null"] as const;

function blanks(cursor: Cursor): void {
  BLANKS.lastIndex = cursor.at;
  BLANKS.test(cursor.text);
  cursor.at = BLANKS.lastIndex;
}

function value(cursor: Cursor): JsonNode {
  blanks(cursor);
  const { text, at: start } = cursor;
  const first = text[start];
  if (first === '"') return { kind: "text", text: string(cursor), start, end: cursor.at };
  if (first === "{" || first === "[") return nested(cursor, first);
  const word = WORDS.find((each) => text.startsWith(each, start));
  if (word) return { kind: word, start, end: (cursor.at += word.length) };
  NUMBER.lastIndex = start;
  const [digits] = NUMBER.exec(text) ?? [];
  if (digits === undefined) throw fault(cursor, "a JSON value must stand here");
  cursor.at += digits.length;
  return { kind: "number", number: Number(digits), start, end: cursor.at };
}

function nested(cursor: Cursor, open: "{" | "["): JsonNode {
  if (cursor.depth >= DEEPEST_JSON) throw fault(cursor, `the JSON is nested deeper than ${DEEPEST_JSON} levels`);
  cursor.depth += 1;
  const found = open === "{" ? object(cursor) : list(cursor);
  cursor.depth -= 1;
  return found;
}

function object(cursor: Cursor): JsonObject {
  const start = cursor.at;
  const members = new Map<string, JsonNode>();
  cursor.at += 1;
  for (let more = !closes(cursor, "}"); more; more = another(cursor, "}")) {
    blanks(cursor);
    const from = cursor.at;
    if (cursor.text[from] !== '"') throw fault(cursor, "a key in quotation marks must stand here");
    const key = string(cursor);
    if (members.has(key) && cursor.duplicates.length < 64) cursor.duplicates.push({ key, start: from, end: cursor.at });
    blanks(cursor);
    if (cursor.text[cursor.at] !== ":") throw fault(cursor, "a colon must stand here");
    cursor.at += 1;
    members.set(key, value(cursor));
  }
  return { kind: "object", members, start, end: cursor.at };
}

function list(cursor: Cursor): JsonNode {
  const start = cursor.at;
  const items: JsonNode[] = [];
  cursor.at += 1;
  for (let more = !closes(cursor, "]"); more; more = another(cursor, "]")) {
    const item = value(cursor);
    if (item.kind !== "object" || cursor.keep(item)) items.push(item);
  }
  return { kind: "list", items, start, end: cursor.at };
}

function closes(cursor: Cursor, close: string): boolean {
  blanks(cursor);
  if (cursor.text[cursor.at] !== close) return false;
  cursor.at += 1;
  return true;
}

function another(cursor: Cursor, close: string): boolean {
  if (closes(cursor, close)) return false;
  if (cursor.text[cursor.at] !== ",") throw fault(cursor, `a comma or ${close} must stand here`);
  cursor.at += 1;
  return true;
}

function string(cursor: Cursor): string {
  const { text, at: start } = cursor;
  const end = endOfString(text, start);
  if (end < 0) throw new JsonFault("a string is not closed", start);
  cursor.at = end;
  const inner = text.slice(start + 1, end - 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids these inside a string
  if (!/[\\\u0000-\u001f]/.test(inner)) return inner;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    throw new JsonFault("a string holds a line break, a control character or a wrong escape", start);
  }
}

/** Behind the closing quote of the string that opens at `start`; -1 where there is none. */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return -1;
    let escapes = 0;
    while (quote - 1 - escapes > start && text[quote - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}
