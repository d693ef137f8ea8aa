/** What a sender's language takes for white space at the ends of a text. */
export type White =
  | "wsp" // SP and HTAB, as RFC 8461 §3.2 has it
  | "ascii" // and LF, CR and FF
  | "unicode" // the White_Space property: Go and Rust
  | "python" // that, and U+001C to U+001F
  | "javascript"; // that without NEL, and the byte order mark

const UNICODE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

const KINDS: Readonly<Record<White, RegExp>> = {
  wsp: /^[ \t]$/,
  ascii: /^[ \t\n\f\r]$/,
  unicode: new RegExp(`^[${UNICODE}]$`),
  python: new RegExp(`^[${UNICODE}\x1c-\x1f]$`),
  javascript: /^\s$/,
};

export function trimEnd(text: string, white: White): string {
  let end = text.length;
  while (end > 0 && isWhite(text, end - 1, white)) end -= 1;
  return text.slice(0, end);
}

export function trimStart(text: string, white: White): string {
  let start = 0;
  while (start < text.length && isWhite(text, start, white)) start += 1;
  return text.slice(start);
}

export function trim(text: string, white: White): string {
  return trimStart(trimEnd(text, white), white);
}

/** Without any white space, wherever it stands. */
export function squeeze(text: string, white: White): string {
  return Array.from(text, (unit) => (KINDS[white].test(unit) ? "" : unit)).join("");
}

function isWhite(text: string, at: number, white: White): boolean {
  const unit = text.charCodeAt(at);
  // Nearly every character asked about is visible ASCII, and no kind of white space.
  return (unit <= 0x20 || unit >= 0x7f) && KINDS[white].test(text.charAt(at));
}
