import type { Stretch } from "../../text-span.ts";

/** One item of a JavaScript text. Comments and blanks are none. */
export interface JsToken extends Stretch {
  /** `opaque`: a regular expression, a template with `${…}`, a string that is not closed. */
  readonly kind: "name" | "text" | "number" | "mark" | "opaque";
  /** Of `text` the value, else as it is written. */
  readonly text: string;
}

const NAME = /[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}$_]*/uy;
const NUMBER = /[0-9][0-9a-zA-Z_.]*/y;
const BLANKS = /(?:\s|\/\/[^\n]*)+/y;

/** The items of a text in linear time. Never throws, and never evaluates anything. */
export function* jsTokens(text: string): Generator<JsToken> {
  let before: JsToken | undefined;
  let at = text.startsWith("#!") ? lineEnd(text, 0) : 0;
  for (;;) {
    at = afterBlanks(text, at);
    if (at >= text.length) return;
    before = tokenAt(text, at, before);
    at = before.end;
    yield before;
  }
}

function afterBlanks(text: string, from: number): number {
  for (let at = from; ; ) {
    at = matchEnd(BLANKS, text, at) ?? at;
    if (!text.startsWith("/*", at)) return at;
    const close = text.indexOf("*/", at + 2);
    at = close < 0 ? text.length : close + 2;
  }
}

function tokenAt(text: string, start: number, before: JsToken | undefined): JsToken {
  const char = text[start] as string;
  if (char === '"' || char === "'") return quoted(text, start, char);
  if (char === "`") return template(text, start);
  const name = matchEnd(NAME, text, start);
  if (name !== undefined) return { kind: "name", text: text.slice(start, name), start, end: name };
  const number = matchEnd(NUMBER, text, start);
  if (number !== undefined) return { kind: "number", text: text.slice(start, number), start, end: number };
  const regex = char === "/" && mayBeRegex(before) ? regexEnd(text, start) : undefined;
  const end = regex ?? start + 1;
  return { kind: regex === undefined ? "mark" : "opaque", text: text.slice(start, end), start, end };
}

function quoted(text: string, start: number, quote: string): JsToken {
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) {
      const value = unescaped(text.slice(start + 1, at));
      return { kind: value === undefined ? "opaque" : "text", text: value ?? "", start, end: at + 1 };
    }
  }
  return { kind: "opaque", text: "", start, end: lineEnd(text, start) };
}

function template(text: string, start: number): JsToken {
  const { end, plain } = templateEnd(text, start, 0);
  const value = plain ? unescaped(text.slice(start + 1, end - 1)) : undefined;
  return { kind: value === undefined ? "opaque" : "text", text: value ?? "", start, end };
}

const DEEPEST = 32;

function templateEnd(text: string, start: number, depth: number): { readonly end: number; readonly plain: boolean } {
  let plain = true;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "`") return { end: at + 1, plain };
    else if (text.startsWith("${", at)) {
      plain = false;
      at = substitutionEnd(text, at + 2, depth) - 1;
    }
  }
  return { end: text.length, plain: false };
}

/** Behind the `}` of `${…}`, which may hold strings, braces and templates. */
function substitutionEnd(text: string, start: number, depth: number): number {
  let open = 1;
  for (let at = start; at < text.length; ) {
    const char = text[at] as string;
    if (char === '"' || char === "'") at = quoted(text, at, char).end;
    else if (char === "`") at = depth >= DEEPEST ? text.length : templateEnd(text, at, depth + 1).end;
    else {
      open += char === "{" ? 1 : char === "}" ? -1 : 0;
      at += 1;
      if (open === 0) return at;
    }
  }
  return text.length;
}

const BEFORE_REGEX = new Set(["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new"]);

function mayBeRegex(before: JsToken | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === "name") return BEFORE_REGEX.has(before.text);
  return before.kind === "mark" && !/[)\]}]/.test(before.text);
}

/** What this does not find is looked for again at the next slash, so it is bounded. */
const LONGEST_REGEX = 256;

function regexEnd(text: string, start: number): number | undefined {
  let inClass = false;
  const limit = Math.min(text.length, start + LONGEST_REGEX);
  for (let at = start + 1; at < limit && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return at + 1;
  }
  return undefined;
}

const SINGLE: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
  "\n": "",
};

/** Undefined: an escape that is none. */
function unescaped(raw: string): string | undefined {
  if (!raw.includes("\\")) return raw;
  let bad = false;
  const text = raw.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(\r\n|[^]))/g,
    (_, two?: string, four?: string, point?: string, one?: string) => {
      const code = Number.parseInt(two ?? four ?? point ?? "0", 16);
      if (one === undefined && code <= 0x10_ff_ff) return String.fromCodePoint(code);
      bad ||= one === undefined || /[xu1-9]/.test(one);
      return one === "\r\n" ? "" : (SINGLE[one ?? ""] ?? one ?? "");
    },
  );
  return bad ? undefined : text;
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
