/** A policy file as text, read strictly as UTF-8. A BOM stays: the grammar has none (RFC 8461 §3.2). */
export interface PolicyText {
  readonly text: string;
  /** Line number → column of its first octet that is not UTF-8 (RFC 3629 §4). Such octets are U+FFFD in `text`. */
  readonly broken: ReadonlyMap<number, number>;
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });
const ENCODER = new TextEncoder();
const NONE: ReadonlyMap<number, number> = new Map();
const LF = 0x0a;

export function policyText(bytes: Uint8Array): PolicyText {
  try {
    return { text: STRICT.decode(bytes), broken: NONE };
  } catch {
    return { text: LENIENT.decode(bytes), broken: brokenLines(bytes) };
  }
}

export function startsAsUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function brokenLines(bytes: Uint8Array): Map<number, number> {
  const broken = new Map<number, number>();
  for (let start = 0, number = 1; start < bytes.length; number += 1) {
    const feed = bytes.indexOf(LF, start);
    const line = bytes.subarray(start, feed < 0 ? bytes.length : feed);
    const at = firstBroken(line);
    if (at !== undefined) broken.set(number, at);
    start += line.length + 1;
  }
  return broken;
}

/** The column where decoding and encoding again first gives other octets: there the decoder put a U+FFFD of its own. */
function firstBroken(line: Uint8Array): number | undefined {
  const again = ENCODER.encode(LENIENT.decode(line));
  if (again.length === line.length && again.every((octet, at) => octet === line[at])) return undefined;
  let at = Math.max(
    0,
    again.findIndex((octet, index) => octet !== line[index]),
  );
  // U+FFFD is EF BF BD, and a lone EF agrees with its first octet: back to where that character begins.
  while (at > 0 && ((again[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return LENIENT.decode(line.subarray(0, at)).length + 1;
}
