import type { Stretch } from "../../text-span.ts";

/** One item of an HCL text. Comments and blanks are none; a line's end is. */
export interface HclToken extends Stretch {
  /** `opaque`: a here document, or a string that is not closed. */
  readonly kind: "name" | "text" | "number" | "mark" | "newline" | "opaque";
  /** As it is written; of `text` the value where it has no gap. */
  readonly text: string;
  /** Of `text`: literals, and what stands in `${…}`. */
  readonly parts?: readonly Part[];
}

export interface Part {
  readonly kind: "literal" | "code";
  readonly text: string;
}

const BLANKS = /[ \t\r\uFEFF]+/y;
const LINE_COMMENT = /(?:#|\/\/)[^\n]*/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}_-]*/uy;
const NUMBER = /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const HEREDOC = /<<-?([A-Za-z_][A-Za-z0-9_-]*)\r?\n/y;
const MARK = /::|&&|\|\||[=!<>]=|=>|\.\.\.|[^]/uy;

/** The items of a text in linear time. Never throws, and never evaluates anything. */
export function hclTokens(text: string): readonly HclToken[] {
  const tokens: HclToken[] = [];
  for (let at = 0; at < text.length; ) {
    const blank = matchEnd(BLANKS, text, at) ?? matchEnd(LINE_COMMENT, text, at) ?? blockCommentEnd(text, at);
    if (blank !== undefined) {
      at = blank;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function blockCommentEnd(text: string, at: number): number | undefined {
  if (!text.startsWith("/*", at)) return undefined;
  const close = text.indexOf("*/", at + 2);
  return close < 0 ? text.length : close + 2;
}

function tokenAt(text: string, start: number): HclToken {
  if (text[start] === "\n") return { kind: "newline", text: "\n", start, end: start + 1 };
  if (text[start] === '"') return quoted(text, start);
  const heredoc = heredocEnd(text, start);
  if (heredoc !== undefined) return { kind: "opaque", text: "", start, end: heredoc };
  for (const [kind, pattern] of [
    ["name", NAME],
    ["number", NUMBER],
    ["mark", MARK],
  ] as const) {
    const end = matchEnd(pattern, text, start);
    if (end !== undefined) return { kind, text: text.slice(start, end), start, end };
  }
  return { kind: "mark", text: text[start] as string, start, end: start + 1 };
}

function quoted(text: string, start: number): HclToken {
  const parts: Part[] = [];
  let from = start + 1;
  const literal = (to: number) => {
    if (to > from) parts.push({ kind: "literal", text: unescaped(text.slice(from, to)) });
  };
  for (let at = start + 1; at < text.length && text[at] !== "\n"; ) {
    if (text[at] === "\\") at += 2;
    else if (text[at] === '"') {
      literal(at);
      const plain = parts.every(({ kind }) => kind === "literal");
      return { kind: "text", text: plain ? parts.map((part) => part.text).join("") : "", parts, start, end: at + 1 };
    } else if (text.startsWith("$${", at) || text.startsWith("%%{", at)) at += 3;
    else if (text.startsWith("${", at) || text.startsWith("%{", at)) {
      literal(at);
      const end = templateEnd(text, at + 2, 0);
      parts.push({ kind: "code", text: text.slice(at + 2, end - 1).trim() });
      at = end;
      from = end;
    } else at += 1;
  }
  // A template that is not closed takes the rest of the text: it is looked through once, however many more follow.
  const end = from === text.length ? -1 : text.indexOf("\n", start);
  return { kind: "opaque", text: "", start, end: end < 0 ? text.length : end };
}

const DEEPEST = 32;

/** Behind the `}` that closes `${`, which may hold strings and braces, or the end of the text. */
function templateEnd(text: string, from: number, depth: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "{") open += 1;
    else if (text[at] === "}") {
      open -= 1;
      if (open === 0) return at + 1;
    } else if (text[at] === '"') at = depth >= DEEPEST ? text.length : innerStringEnd(text, at, depth + 1) - 1;
  }
  return text.length;
}

function innerStringEnd(text: string, start: number, depth: number): number {
  for (let at = start + 1; at < text.length; ) {
    if (text[at] === "\\") at += 2;
    else if (text[at] === '"') return at + 1;
    else if (text.startsWith("${", at)) at = templateEnd(text, at + 2, depth);
    else at += 1;
  }
  return text.length;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

const unescaped = (raw: string): string =>
  raw
    .replaceAll(
      /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
      (all, four?: string, eight?: string, one?: string) => {
        if (one !== undefined) return ESCAPES[one] ?? all;
        const code = Number.parseInt(four ?? eight ?? "0", 16);
        return code <= 0x10_ff_ff ? String.fromCodePoint(code) : all;
      },
    )
    .replaceAll(/([$%])\1\{/g, "$1{");

/** Behind the line that holds nothing but the word. */
function heredocEnd(text: string, start: number): number | undefined {
  HEREDOC.lastIndex = start;
  const word = HEREDOC.exec(text)?.[1];
  if (word === undefined) return undefined;
  for (let line = HEREDOC.lastIndex; line < text.length; ) {
    const newline = text.indexOf("\n", line);
    const end = newline < 0 ? text.length : newline;
    if (end - line < 1024 && text.slice(line, end).trim() === word) return end;
    line = end + 1;
  }
  return text.length;
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
