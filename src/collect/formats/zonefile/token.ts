import type { Span } from "../../../protocol/span.ts";

/** One item of an entry. `raw` keeps its escapes and has no quotes around it; the span includes the quotes. */
export interface Token {
  readonly raw: string;
  readonly quoted: boolean;
  readonly span: Span;
}

/** One logical line: a directive or a record, whatever number of lines its parentheses make it (RFC 1035 §5.1). */
export interface Entry {
  /** It starts with a blank: the owner is the one of the record before. */
  readonly blankOwner: boolean;
  readonly tokens: readonly Token[];
  readonly fault: { readonly message: string; readonly span: Span } | undefined;
}

interface Cursor {
  readonly text: string;
  at: number;
  line: number;
  lineStart: number;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The entries of a zone file in order, comments and empty lines left out. Never throws; a broken line is an entry with a fault. */
export function* zoneEntries(text: string): Generator<Entry> {
  // A byte order mark is no part of the first owner name.
  const cursor: Cursor = { text, at: text.startsWith("\uFEFF") ? 1 : 0, line: 1, lineStart: 0 };
  while (cursor.at < text.length) {
    const entry = readEntry(cursor);
    if (entry.tokens.length > 0 || entry.fault) yield entry;
  }
}

/** The items of one line of text that has no line ends, as the right-hand side of `$GENERATE` is read again; all with `span`. */
export function tokensOf(text: string, span: Span): Entry {
  const entry = readEntry({ text: text.replaceAll(/[\r\n]/g, " "), at: 0, line: 1, lineStart: 0 });
  return { ...entry, tokens: entry.tokens.map((token) => ({ ...token, span })) };
}

function readEntry(cursor: Cursor): Entry {
  const { text } = cursor;
  const blankOwner = text[cursor.at] === " " || text[cursor.at] === "\t";
  const tokens: Token[] = [];
  const open: Span[] = [];
  let fault: Entry["fault"];
  while (cursor.at < text.length) {
    const char = text[cursor.at] as string;
    if (char === "\n") {
      nextLine(cursor);
      if (open.length === 0 || fault) break;
    } else if (char === ";") skipComment(cursor);
    else if (char === "(") open.push(step(cursor));
    else if (char === ")") {
      const span = step(cursor);
      if (!open.pop()) fault ??= { message: "a closing parenthesis that none opened", span };
    } else if (char === " " || char === "\t" || char === "\r") cursor.at += 1;
    else if (char === '"') {
      const token = readQuoted(cursor);
      if ("message" in token) fault ??= token;
      else tokens.push(token);
    } else tokens.push(readWord(cursor));
  }
  const unclosed = open.at(-1);
  if (unclosed) fault ??= { message: "a parenthesis that is never closed", span: unclosed };
  return { blankOwner, tokens, fault };
}

/** A quoted string ends on its own line; one that does not is a fault, and the next line is read as a new entry. */
function readQuoted(cursor: Cursor): Token | { readonly message: string; readonly span: Span } {
  const { text } = cursor;
  const from = place(cursor);
  const start = cursor.at + 1;
  for (cursor.at = start; cursor.at < text.length && text[cursor.at] !== "\n"; cursor.at += 1) {
    if (text[cursor.at] === "\\" && text[cursor.at + 1] !== "\n") cursor.at += 1;
    else if (text[cursor.at] === '"') {
      const raw = text.slice(start, cursor.at);
      cursor.at += 1;
      return { raw, quoted: true, span: spanTo(from, cursor) };
    }
  }
  cursor.at = Math.min(cursor.at, text.length);
  return { message: "a quotation mark that is never closed on its line", span: spanTo(from, cursor) };
}

const ENDS_WORD = /[ \t\r\n;()"]/;

function readWord(cursor: Cursor): Token {
  const { text } = cursor;
  const from = place(cursor);
  const start = cursor.at;
  while (cursor.at < text.length && !ENDS_WORD.test(text[cursor.at] as string)) {
    const placeholder = placeholderAt(text, cursor.at);
    if (placeholder > 0) cursor.at += placeholder;
    else cursor.at += text[cursor.at] === "\\" && !/[\r\n]/.test(text[cursor.at + 1] ?? "\n") ? 2 : 1;
  }
  cursor.at = Math.min(cursor.at, text.length);
  return { raw: text.slice(start, cursor.at), quoted: false, span: spanTo(from, cursor) };
}

/** `{{ name }}` and `{% if … %}` hold blanks and quotes that are not the zone file's. */
function placeholderAt(text: string, at: number): number {
  if (text[at] !== "{" || !/[{%#]/.test(text[at + 1] ?? "")) return 0;
  // `.` stops at the line's end; the bound keeps a line of braces linear.
  return /^\{(\{.*?\}|%.*?%|#.*?#)\}/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
}

function nextLine(cursor: Cursor): void {
  cursor.at += 1;
  cursor.line += 1;
  cursor.lineStart = cursor.at;
}

function skipComment(cursor: Cursor): void {
  const end = cursor.text.indexOf("\n", cursor.at);
  cursor.at = end < 0 ? cursor.text.length : end;
}

function step(cursor: Cursor): Span {
  const from = place(cursor);
  cursor.at += 1;
  return spanTo(from, cursor);
}

const place = ({ line, at, lineStart }: Cursor): Place => ({ line, column: at - lineStart + 1 });

function spanTo(from: Place, cursor: Cursor): Span {
  const to = place(cursor);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
