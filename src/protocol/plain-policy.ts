import type { DomainName } from "./domain-name.ts";
import type { MxPattern } from "./mx-pattern.ts";
import { LONGEST_MAX_AGE, type Mode } from "./policy-value.ts";

/** What a plain policy says. */
export interface PlainPolicy {
  readonly mode: Mode;
  /** Seconds. */
  readonly maxAge: number;
  readonly mx: readonly MxPattern[];
}

const LF = 0x0a;
const CR = 0x0d;
const SP = 0x20;
const STAR = 0x2a;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const NOT_PLAIN = -1;
const DECODER = new TextDecoder();

/**
 * Reads what nearly every policy is: the four fields, each of the single ones once, names in lower case, values after
 * spaces, lines ended by LF or CRLF (RFC 8461 §3.2). Every octet is looked at once or twice and nothing is made but the
 * result, which is what makes the parser fast. For the same reason names and modes are compared octet by octet below,
 * without a loop over a literal.
 * @returns undefined for any other text, valid or not: the whole reader decides about it (policy-line.ts)
 */
export function readPlainPolicy(bytes: Uint8Array): PlainPolicy | undefined {
  const mx: MxPattern[] = [];
  let mode: Mode | undefined;
  let maxAge = NOT_PLAIN;
  let version = false;
  let text: string | undefined;
  let at = 0;
  while (at < bytes.length) {
    if (isMx(bytes, at)) {
      const value = spacesEnd(bytes, at + 3);
      const wildcard = bytes[value] === STAR && bytes[value + 1] === DOT;
      const host = wildcard ? value + 2 : value;
      at = hostEnd(bytes, host);
      if (at < 0) return undefined;
      // An octet that is not ASCII ends this reading later; before it, octets and characters have the same indices.
      text ??= DECODER.decode(bytes);
      mx.push({ wildcard, host: text.slice(host, at) as DomainName });
    } else if (mode === undefined && isMode(bytes, at)) {
      const value = spacesEnd(bytes, at + 5);
      mode = modeAt(bytes, value);
      if (mode === undefined) return undefined;
      at = value + mode.length;
    } else if (maxAge < 0 && isMaxAge(bytes, at)) {
      const value = spacesEnd(bytes, at + 8);
      maxAge = 0;
      for (at = value; isDigit(bytes[at]); at += 1) maxAge = maxAge * 10 + ((bytes[at] as number) - ZERO);
      if (at === value || at > value + 10) return undefined; // RFC 8461 §3.2: 1*10 DIGIT
    } else if (!version && isVersion(bytes, at)) {
      const value = spacesEnd(bytes, at + 8);
      if (!isStsv1(bytes, value)) return undefined;
      version = true;
      at = value + 5;
    } else return undefined;
    at = lineEnd(bytes, at);
    if (at < 0) return undefined;
  }
  if (!version || mode === undefined || maxAge < 0 || maxAge > LONGEST_MAX_AGE) return undefined;
  return mode !== "none" && mx.length === 0 ? undefined : { mode, maxAge, mx };
}

// The octets of "mx:", "mode:", "max_age:", "version:", "STSv1" and the three modes.

const isMx = (b: Uint8Array, at: number): boolean => b[at] === 0x6d && b[at + 1] === 0x78 && b[at + 2] === COLON;

const isMode = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x6d && b[at + 1] === 0x6f && b[at + 2] === 0x64 && b[at + 3] === 0x65 && b[at + 4] === COLON;

const isMaxAge = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x6d &&
  b[at + 1] === 0x61 &&
  b[at + 2] === 0x78 &&
  b[at + 3] === 0x5f &&
  b[at + 4] === 0x61 &&
  b[at + 5] === 0x67 &&
  b[at + 6] === 0x65 &&
  b[at + 7] === COLON;

const isVersion = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x76 &&
  b[at + 1] === 0x65 &&
  b[at + 2] === 0x72 &&
  b[at + 3] === 0x73 &&
  b[at + 4] === 0x69 &&
  b[at + 5] === 0x6f &&
  b[at + 6] === 0x6e &&
  b[at + 7] === COLON;

const isStsv1 = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x53 && b[at + 1] === 0x54 && b[at + 2] === 0x53 && b[at + 3] === 0x76 && b[at + 4] === 0x31;

const isEnforce = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x65 &&
  b[at + 1] === 0x6e &&
  b[at + 2] === 0x66 &&
  b[at + 3] === 0x6f &&
  b[at + 4] === 0x72 &&
  b[at + 5] === 0x63 &&
  b[at + 6] === 0x65;

const isTesting = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x74 &&
  b[at + 1] === 0x65 &&
  b[at + 2] === 0x73 &&
  b[at + 3] === 0x74 &&
  b[at + 4] === 0x69 &&
  b[at + 5] === 0x6e &&
  b[at + 6] === 0x67;

const isNone = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x6e && b[at + 1] === 0x6f && b[at + 2] === 0x6e && b[at + 3] === 0x65;

function modeAt(bytes: Uint8Array, at: number): Mode | undefined {
  if (isEnforce(bytes, at)) return "enforce";
  if (isTesting(bytes, at)) return "testing";
  return isNone(bytes, at) ? "none" : undefined;
}

function spacesEnd(bytes: Uint8Array, at: number): number {
  let end = at;
  while (bytes[end] === SP) end += 1;
  return end;
}

// A table, because the machine code of comparisons is at times twice as slow, as it happens to be laid out.
const LABEL_OCTETS = new Uint8Array(256);
for (const char of "abcdefghijklmnopqrstuvwxyz0123456789-") LABEL_OCTETS[char.charCodeAt(0)] = 1;

/** RFC 5321 §4.1.2: labels of letters, digits and inner hyphens; RFC 1035 §2.3.4: 63 octets a label, 253 a name. */
function hostEnd(bytes: Uint8Array, start: number): number {
  for (let at = start; ; at += 1) {
    const label = at;
    while (at < bytes.length && LABEL_OCTETS[bytes[at] as number] === 1) at += 1;
    if (at === label || at - label > 63 || bytes[label] === HYPHEN || bytes[at - 1] === HYPHEN) return NOT_PLAIN;
    if (bytes[at] !== DOT) return at - start <= 253 ? at : NOT_PLAIN;
  }
}

const isDigit = (octet: number | undefined): boolean => octet !== undefined && octet >= ZERO && octet <= NINE;

/** Behind the line's end; the last line needs none. White space at a line's end is not plain. */
function lineEnd(bytes: Uint8Array, at: number): number {
  if (at === bytes.length) return at;
  if (bytes[at] === LF) return at + 1;
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : NOT_PLAIN;
}
