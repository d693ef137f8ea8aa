/**
 * Octets as JSON: readable text when they are UTF-8, base64 otherwise. Nothing is lost either way, a BOM included, so that
 * evidence can be saved and judged again to the octet.
 */
export interface Octets {
  readonly encoding: "utf-8" | "base64";
  readonly data: string;
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function octetsFrom(bytes: Uint8Array): Octets {
  try {
    return { encoding: "utf-8", data: STRICT.decode(bytes) };
  } catch {
    return { encoding: "base64", data: btoa(octetText(bytes)) };
  }
}

export function bytesOf({ encoding, data }: Octets): Uint8Array {
  return encoding === "utf-8" ? new TextEncoder().encode(data) : octetsOfText(atob(data));
}

/** Whether two bodies are the same octets. */
export function sameOctets(a: Octets, b: Octets): boolean {
  return a.encoding === b.encoding && a.data === b.data;
}

/** A text with one char for each octet, U+0000 to U+00FF. */
export function octetText(bytes: Uint8Array): string {
  let text = "";
  // In pieces: as many arguments as a file has octets would be too many for a call.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The octets of such a text. */
export function octetsOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
