declare const brand: unique symbol;
/** Text that can be printed to a log: it starts no workflow command, no terminal sequence and no second line. */
export type LogText = string & { readonly [brand]: "log" };
/** GitHub Flavored Markdown in which nothing from outside is active. Made here and by {@link markdown} only. */
export type Markdown = string & { readonly [brand]: "markdown" };

/** Typography of our own sentences. It starts nothing and hides nothing; everything else outside ASCII is spelled out. */
const SYMBOLS: Readonly<Record<string, string>> = { "§": "section ", "→": "->", "…": "...", "×": "x" };
const TOKEN_LIMIT = 200;

const escaped = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
const spelledOut = (text: string): string =>
  text.replace(/[^\x20-\x7e]/gu, (char) => (Object.hasOwn(SYMBOLS, char) ? char : escaped(char)));

/** At most `limit` characters of `text`, and how many were left out, `more` included. Never splits a `\u{…}`. */
function clipped(text: string, limit: number, more = 0): string {
  if (text.length <= limit && more === 0) return text;
  const kept = text.slice(0, limit - 16).replace(/\\(u(\{[0-9a-f]*)?)?$/, "");
  return `${kept}...(+${text.length - kept.length + more})`;
}

/** What a reader is shown of `text`. Only its beginning is worked on: an answer may be megabytes long. */
function shownOf(text: string, limit: number): string {
  const begun = text.slice(0, 4 * limit);
  return clipped(shortWords(spelledOut(begun)), limit, text.length - begun.length);
}

const shortWords = (text: string): string => text.replace(/[^ ]{201,}/g, (word) => clipped(word, TOKEN_LIMIT));

/**
 * The log sink. The runner splits its input at CR, LF and CRLF, takes `::command::` at the start of a line after a trim of 25
 * Unicode spaces, and `##[command]` anywhere in it; so only printable ASCII passes, without `#`, brackets and a leading colon.
 * Words longer than 200 characters are cut.
 */
export function inertLog(text: string): LogText {
  const plain = text.replace(/\\/g, "\\\\").replace(/[^\x20-\x7e]|[#[\]]/gu, (char) => SYMBOLS[char] ?? escaped(char));
  return shortWords(plain).replace(/^( *):/, (_, space: string) => space + escaped(":")) as LogText;
}

/**
 * The SARIF sink, for plain text messages: a viewer makes links of brackets and fills in braces (SARIF 2.1.0 §3.11.5, §3.11.6). These,
 * backslashes and everything that is not printable ASCII read `<U+005B>`.
 */
export function inertMessage(text: string, limit = 1_000): string {
  if (text === "") return "(empty)";
  const begun = text.slice(0, 2 * limit);
  const plain = begun.replace(/[^\x20-\x7e]|[[\]{}\\]/gu, (char) => SYMBOLS[char] ?? codePoint(char));
  if (plain.length <= limit && begun.length === text.length) return plain;
  const kept = plain.slice(0, limit - 16).replace(/<(?:U(?:\+[0-9A-F]*)?)?$/, "");
  return `${kept}...`;
}

const codePoint = (char: string): string =>
  `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;

/** A log line: constant words around inert text. */
export function log(constant: TemplateStringsArray, ...values: readonly (LogText | number)[]): LogText {
  return String.raw({ raw: constant }, ...values) as LogText;
}

// A word that no GFM rule and no filter of GitHub's can read as anything: letters and digits, single signs between them.
const PLAIN_WORD = /^["'(§]{0,2}[A-Za-z0-9]+(?:[-./'=,;+%_][A-Za-z0-9]+)*["'),.;:?…]{0,3}$|^[→×]$/;
// What GitHub links outside code though it is a plain word: addresses, commit ids, references.
const LINKED_WORD = /www\.|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|\b(?:gh|cve|ghsa)-/i;

const entity = (char: string): string => `&#${char.codePointAt(0)};`;
// "14." and "14)" begin a list where a line begins.
const plainWord = (word: string): string =>
  word.replace(/^([0-9]+)([.)])(?![0-9A-Za-z])/, (_, digits: string, sign: string) => digits + entity(sign));

// Every sign but the few that mean nothing between two letters or digits.
const SIGN = /[^A-Za-z0-9\-./'=,;+_]|(?<![A-Za-z0-9])[-./'=,;+_]|[-./'=,;+_](?![A-Za-z0-9])/gu;
/**
 * Entities alone are no defence: cmark-gfm looks for addresses, and GitHub for mentions, in the decoded text. Inside `<code>`
 * GitHub does not look, and `<wbr>` ends the text node before an address is whole.
 */
const codeWord = (word: string): string =>
  word
    .replace(SIGN, (char) => (char === "@" || char === ":" ? `${entity(char)}<wbr>` : entity(char)))
    .replace(/(www)(?:\.|&#46;)/gi, "$1<wbr>&#46;");

/** A word in code font; the punctuation of the sentence around it stays outside. */
function markedWord(word: string): string {
  const [, inner = word, after = ""] = /^(.+?)([),.;:?"']{1,3})$/.exec(word) ?? [];
  return `<code>${codeWord(inner)}</code>${after}`;
}

const isPlain = (word: string): boolean => PLAIN_WORD.test(word) && !LINKED_WORD.test(word);

// Runs of spaces, and spaces at an edge, would be dropped, break the line or start a code block.
const spaces = (run: string, edge: boolean): string => (run === " " && !edge ? run : "&#32;".repeat(run.length));

function eachWord(text: string, word: (text: string) => string): Markdown {
  const parts = text.split(/( +)/);
  const edge = (at: number): boolean => parts.slice(0, at).join("") === "" || parts.slice(at + 1).join("") === "";
  return parts.map((part, at) => (part.startsWith(" ") ? spaces(part, edge(at)) : word(part))).join("") as Markdown;
}

/**
 * The Markdown sink, for text from outside and for our sentences that quote it. Plain words stay words; any other word is
 * shown in code font, every sign of it as an entity. Control and non-ASCII characters read `\u{…}`.
 * @param limit characters shown before the text is cut
 */
export function inertMarkdown(text: string, limit = 300): Markdown {
  const word = (part: string): string => (part === "" || isPlain(part) ? plainWord(part) : markedWord(part));
  return eachWord(shownOf(text, limit), word);
}

/** A sentence that a rule wrote, which may quote text from outside: as {@link inertMarkdown}, up to 600 characters. */
export const sentence = (text: string): Markdown => inertMarkdown(text, 600);

/** A name, path or value in code font; otherwise as {@link inertMarkdown}. */
export function code(text: string, limit = 300): Markdown {
  const word = (part: string): string => (isPlain(part) ? part : codeWord(part));
  const shown = eachWord(shownOf(text, limit), word);
  return (shown === "" ? "(empty)" : `<code>${shown}</code>`) as Markdown;
}

/** Whole lines to paste. Nothing in a fence is active; the fence is longer than any run of its own sign inside. */
export const fenced = (text: string, language: "text" | "dns" | "diff" = "text"): Markdown =>
  fence(text.split(/\r?\n/).map(spelledOut).join("\n"), language);

/** A Mermaid diagram. Its lines are made of words that mean nothing in Mermaid; this sees to the fence. */
export const fencedDiagram = (lines: readonly string[]): Markdown =>
  fence(lines.map((line) => line.replace(/[^\x20-\x7e]/g, " ")).join("\n"), "mermaid");

/** Whole lines that GitHub offers to commit as they stand; undefined where a character would have to be spelled out. */
export const suggestedLines = (lines: readonly string[]): Markdown | undefined =>
  lines.some((line) => /[^\x20-\x7e\t]/.test(line)) ? undefined : fence(lines.join("\n"), "suggestion");

function fence(lines: string, language: string): Markdown {
  const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map((run) => run.length));
  const sign = "`".repeat(longest + 1);
  return `${sign}${language}\n${lines}\n${sign}` as Markdown;
}

/** Constant Markdown around inert pieces. */
export function markdown(constant: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown {
  return String.raw({ raw: constant }, ...values) as Markdown;
}

export const joined = (pieces: readonly Markdown[], separator: string): Markdown => pieces.join(separator) as Markdown;
