// Distinguished Encoding Rules, writing only: the few types a certificate needs (X.690 §8, §10).

/** One tag-length-value with its contents in order. */
export function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = unsigned(body.length);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
export const setOf = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, ...parts);
export const octetString = (octets: Uint8Array): Buffer => tagged(0x04, octets);
export const utf8String = (text: string): Buffer => tagged(0x0c, Buffer.from(text));
export const truth = (): Buffer => tagged(0x01, Buffer.from([0xff]));
export const nothing = (): Buffer => tagged(0x05);

/** `[n]` around a whole value. */
export const explicit = (n: number, ...parts: readonly Uint8Array[]): Buffer => tagged(0xa0 | n, ...parts);
/** `[n]` in place of a primitive value's own tag. */
export const implicit = (n: number, octets: Uint8Array): Buffer => tagged(0x80 | n, octets);

/** A non-negative INTEGER; a leading set bit gets its zero octet. */
export function integer(magnitude: Uint8Array | number): Buffer {
  let octets = typeof magnitude === "number" ? unsigned(magnitude) : Buffer.from(magnitude);
  while (octets.length > 1 && octets[0] === 0 && (octets[1] ?? 0) < 0x80) octets = octets.subarray(1);
  return tagged(0x02, (octets[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), octets]) : octets);
}

/** A BIT STRING; `unused` low bits of the last octet do not count. */
export const bitString = (octets: Uint8Array, unused = 0): Buffer => tagged(0x03, Buffer.of(unused), octets);

/** An OBJECT IDENTIFIER from its dotted form. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

// RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime after that.
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, "");
  const year = at.getUTCFullYear();
  return year >= 1950 && year < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
}

/** PEM without an empty line: OpenSSL 3.5 refuses one. */
export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function unsigned(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
}

function base128(arc: number): readonly number[] {
  const digits = [arc & 0x7f];
  for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift(0x80 | (left & 0x7f));
  return digits;
}
