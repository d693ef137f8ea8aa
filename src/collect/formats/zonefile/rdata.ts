import type { Span } from "../../../protocol/span.ts";
import { escapeAt, PLACEHOLDER, zoneName } from "./name.ts";
import type { Token } from "./token.ts";

export type DataType = "TXT" | "MX" | "CNAME";

export function isDataType(type: string): type is DataType {
  return type === "TXT" || type === "MX" || type === "CNAME";
}

export type RecordData =
  | { readonly kind: "data"; readonly data: string; readonly span: Span; readonly note?: string }
  | { readonly kind: "undetermined"; readonly why: string; readonly span: Span }
  | { readonly kind: "fault"; readonly message: string; readonly span: Span };

/** The data of one record. `at` is where to point when there is none. */
export function recordData(
  type: DataType,
  tokens: readonly Token[],
  { origin, at }: { origin: string | null; at: Span },
): RecordData {
  const span = spanOf(tokens) ?? at;
  if (tokens.length === 0) return { kind: "fault", message: `${type} without data`, span };
  // PowerDNS Lua and RFC 3597 data cannot stand for these types without their own notation, which is no text of ours.
  if (tokens[0]?.raw === "\\#")
    return { kind: "undetermined", why: "the data is in the generic notation of RFC 3597", span };
  const placeholder = tokens.find(({ raw }) => PLACEHOLDER.test(raw));
  if (placeholder)
    return { kind: "undetermined", why: filledIn(placeholder.raw), span: type === "MX" ? placeholder.span : span };
  if (type === "TXT") return textData(tokens, span);
  return type === "MX" ? mxData(tokens, { origin, span }) : cnameData(tokens, { origin, span });
}

function textData(tokens: readonly Token[], span: Span): RecordData {
  const strings = tokens.map(({ raw }) => characterString(raw));
  const bad = strings.indexOf(undefined);
  if (bad >= 0) return { kind: "fault", message: "a backslash that starts no escape", span: tokens[bad]?.span ?? span };
  const long = strings.some((text) => (text ?? "").length > 255);
  // RFC 8461 §3.1: the strings are joined without a space.
  const data = strings.join("");
  return long
    ? { kind: "data", data, span, note: "a character-string has more than 255 octets, which BIND refuses to load" }
    : { kind: "data", data, span };
}

function mxData(tokens: readonly Token[], { origin, span }: { origin: string | null; span: Span }): RecordData {
  const [preference, exchange] = tokens;
  if (!preference || !exchange || tokens.length > 2)
    return { kind: "fault", message: "an MX record is a preference and one host name", span };
  if (!/^[0-9]{1,5}$/.test(preference.raw) || Number(preference.raw) > 65_535)
    return { kind: "fault", message: "the preference of an MX record is a number up to 65535", span: preference.span };
  const name = targetName(exchange, origin);
  // RFC 7505 §3: `0 .` is a null MX, so the root keeps its dot.
  return name.kind === "data" ? { ...name, data: `${Number(preference.raw)} ${name.data}` } : name;
}

function cnameData(tokens: readonly Token[], { origin, span }: { origin: string | null; span: Span }): RecordData {
  const [target] = tokens;
  if (!target || tokens.length > 1) return { kind: "fault", message: "a CNAME record is one host name", span };
  return targetName(target, origin);
}

function targetName({ raw, span }: Token, origin: string | null): RecordData {
  const name = zoneName(raw, origin);
  if (name.kind === "name") return { kind: "data", data: name.name || ".", span };
  if (name.kind === "malformed") return { kind: "fault", message: "a host name that is none", span };
  return { kind: "undetermined", why: "the name is relative, and nothing says the zone's name: add $ORIGIN", span };
}

function characterString(raw: string): string | undefined {
  let text = "";
  for (let at = 0; at < raw.length; ) {
    const escape = raw[at] === "\\" ? escapeAt(raw, at) : { char: raw[at] as string, length: 1 };
    if (!escape) return undefined;
    text += escape.char;
    at += escape.length;
  }
  return text;
}

// At most 64 characters of a file's text are quoted.
function filledIn(raw: string): string {
  const found =
    /\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|<%.*?%>|@@\w+@@|%%\w+%%/.exec(raw.slice(0, 1024))?.[0] ?? "a placeholder";
  return `${found.slice(0, 64)} is filled in when the zone is deployed: point records at the rendered file`;
}

/** From the first item to the last, quotes included: replacing it replaces the data. */
function spanOf(tokens: readonly Token[]): Span | undefined {
  const [first, last] = [tokens[0]?.span, tokens.at(-1)?.span];
  return first && last && { ...first, endLine: last.endLine, endColumn: last.endColumn };
}
