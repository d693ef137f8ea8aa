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
    return { encoding: "base64", data: btoa(String.fromCharCode(...bytes)) };
  }
}

export function bytesOf({ encoding, data }: Octets): Uint8Array {
  return encoding === "utf-8"
    ? new TextEncoder().encode(data)
    : Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
}

/** Whether two bodies are the same octets. */
export function sameOctets(a: Octets, b: Octets): boolean {
  return a.encoding === b.encoding && a.data === b.data;
}
