import { octetsOfText } from "./octets.ts";

/** One part of a message: its header fields and its octets, encoded as they were sent. Every char of `body` is one octet. */
export interface MimePart {
  /** Lower-case name → unfolded value; the first of a name counts. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A header value with parameters (RFC 2045 §5.1). Type and parameter names are lower case. */
export interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const MOST_PARTS = 100;
const DEEPEST = 8;
const LONGEST_PARAMETERS = 4096;

/** Splits a header section (RFC 5322 §2.2) from the body; lines may end in LF alone, as mail is kept on disk. */
export function readPart(text: string): MimePart {
  const [empty] = /^\r?\n/.exec(text) ?? [];
  const blank = empty === undefined ? /\r?\n\r?\n/.exec(text) : null;
  const end = empty === undefined ? (blank?.index ?? text.length) : 0;
  const headers = new Map<string, string>();
  for (const line of text
    .slice(0, end)
    .replace(/\r?\n(?=[ \t])/g, "")
    .split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase();
    if (name !== "" && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: text.slice(end + (empty ?? blank?.[0] ?? "").length) };
}

export function mediaTypeOf(part: MimePart): MediaType {
  return readParameters(part.headers.get("content-type") ?? "text/plain");
}

export function readParameters(value: string): MediaType {
  const parameters = new Map<string, string>();
  const [type = ""] = value.split(";", 1);
  const written = value.slice(0, LONGEST_PARAMETERS); // a regular expression for quoted strings runs out of stack on a long one
  for (const [, name = "", quoted, plain] of written.matchAll(
    /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g,
  )) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  }
  return { type: type.trim().toLowerCase(), parameters };
}

/** The parts that are no multipart themselves, in order, at most 100, from multiparts at most 8 deep. */
export function leavesOf(root: MimePart): readonly MimePart[] {
  const leaves: MimePart[] = [];
  const waiting: { part: MimePart; depth: number }[] = [{ part: root, depth: 0 }];
  for (let next = waiting.pop(); next && leaves.length < MOST_PARTS; next = waiting.pop()) {
    const { part, depth } = next;
    const { type, parameters } = mediaTypeOf(part);
    const boundary = parameters.get("boundary");
    if (!type.startsWith("multipart/") || !boundary) leaves.push(part);
    else if (depth < DEEPEST) {
      const children = partsBetween(part.body, boundary).map((text) => ({ part: readPart(text), depth: depth + 1 }));
      waiting.push(...children.toReversed());
    }
  }
  return leaves;
}

/** RFC 2046 §5.1.1: a delimiter is a line of its own; the line end before it is part of it. */
function partsBetween(body: string, boundary: string): readonly string[] {
  const text = `\n${body}`;
  const delimiter = `\n--${boundary}`;
  const parts: string[] = [];
  let start: number | undefined;
  for (let at = text.indexOf(delimiter); at >= 0 && parts.length < MOST_PARTS; at = text.indexOf(delimiter, at + 1)) {
    const [rest] =
      /^(?:--)?[ \t]*(?=\r?\n|$)/.exec(text.slice(at + delimiter.length, at + delimiter.length + 200)) ?? [];
    if (rest === undefined) continue; // the beginning of a longer boundary
    if (start !== undefined) parts.push(text.slice(start, text[at - 1] === "\r" ? at - 1 : at));
    if (rest.startsWith("--")) return parts;
    const lineEnd = text.indexOf("\n", at + delimiter.length);
    start = lineEnd < 0 ? text.length : lineEnd + 1;
  }
  if (start !== undefined && parts.length < MOST_PARTS) parts.push(text.slice(start)); // cut off before the last delimiter
  return parts;
}

/** The octets of a body, decoded (RFC 2045 §6). What is no base64 between base64 is passed over. */
export function contentOf({ headers, body }: MimePart): Uint8Array {
  const encoding = headers.get("content-transfer-encoding")?.toLowerCase() ?? "7bit";
  const text =
    encoding === "base64" ? fromBase64(body) : encoding === "quoted-printable" ? fromQuotedPrintable(body) : body;
  return octetsOfText(text);
}

function fromBase64(body: string): string {
  const [digits = ""] = body.replace(/[^A-Za-z0-9+/=]/g, "").split("=", 1);
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}

function fromQuotedPrintable(body: string): string {
  const lines = body.split("\n").map((line) => line.trimEnd());
  const joined = lines.join("\r\n").replaceAll("=\r\n", "");
  return joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
