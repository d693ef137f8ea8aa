import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dnsIdsOf } from "../../src/protocol/subject-alt-name.ts";

// Made by `openssl req -x509` with CN=cn.example.com and
// subjectAltName=DNS:mx1.example.com,IP:192.0.2.1,DNS:*.Example.net,email:a@example.com,otherName:SRVName,dirName:DNS:evil.example
const MIXED = Buffer.from(
  "MIIB3DCCAYKgAwIBAgIUWe0KFZScMkTZAz3JNOnsaWdRIicwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOY24uZXhhbXBsZS5jb20wHhcNMjYx" +
    "MTI0MTQ1NjIwWhcNMzYxMTIxMTQ1NjIwWjAZMRcwFQYDVQQDDA5jbi5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFXb" +
    "wRxQULCsqHgoJLOMTI+C4K7TIZROYXpRxABWENDuuJvTWV8CxP+zPd55n5acxUIdnnO6/MNVF8HMXMgYrCWjgacwgaQwgYIGA1UdEQR7MHmC" +
    "D214MS5leGFtcGxlLmNvbYcEwAACAYINKi5FeGFtcGxlLm5ldIENYUBleGFtcGxlLmNvbaAjBggrBgEFBQcIB6AXFhVfc210cC5teDEuZXhh" +
    "bXBsZS5jb22kHTAbMRkwFwYDVQQDDBBETlM6ZXZpbC5leGFtcGxlMB0GA1UdDgQWBBTlk0MzCagglOjscuAxnfvRMn+05DAKBggqhkjOPQQD" +
    "AgNIADBFAiB/SBbdZw7grrbnFOlOCx/IYhbxeYvYMK/G0RACiWnFKAIhAI1akabORzP+MTkWWma490/DWFQGZkiOnTwEfsSsakTE",
  "base64",
);

function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.of(tag, ...(body.length < 0x80 ? [body.length] : [0x84, ...size])), body]);
}

const sequence = (...parts: readonly Uint8Array[]) => tagged(0x30, ...parts);
const dnsName = (text: string) => tagged(0x82, Buffer.from(text, "latin1"));
const subjectAltName = (...names: readonly Uint8Array[]) =>
  sequence(tagged(0x06, Buffer.of(0x55, 0x1d, 0x11)), tagged(0x04, sequence(...names)));
const withExtensions = (...extensions: readonly Uint8Array[]) =>
  sequence(sequence(tagged(0x02, Buffer.of(1)), sequence(), tagged(0xa3, sequence(...extensions))), sequence());

describe("RFC 5280 §4.2.1.6", () => {
  test("reads dNSName entries, as presented, and no other kind of name", () => {
    expect(dnsIdsOf(MIXED)).toEqual(["mx1.example.com", "*.Example.net"]);
  });

  test("no extensions, and other extensions only, mean no names", () => {
    expect(dnsIdsOf(sequence(sequence(), sequence()))).toEqual([]);
    expect(dnsIdsOf(withExtensions(sequence(tagged(0x06, Buffer.of(0x55, 0x1d, 0x0e)), tagged(0x04))))).toEqual([]);
  });

  test("names that a printed list would confuse stay apart", () => {
    const hostile = ["a.example, DNS:b.example", "mx.example\0.evil.example", "m\xfcnchen.example"];
    expect(dnsIdsOf(withExtensions(subjectAltName(...hostile.map(dnsName))))).toEqual(hostile);
  });

  test("a critical extension has its flag between id and value", () => {
    const names = tagged(0x04, sequence(dnsName("mx.example")));
    const critical = sequence(tagged(0x06, Buffer.of(0x55, 0x1d, 0x11)), tagged(0x01, Buffer.of(0xff)), names);
    expect(dnsIdsOf(withExtensions(critical))).toEqual(["mx.example"]);
  });

  test("an extension given twice is malformed", () => {
    const twice = withExtensions(subjectAltName(dnsName("a.example")), subjectAltName(dnsName("b.example")));
    expect(dnsIdsOf(twice)).toBeUndefined();
  });

  test("stops at 10,000 names", () => {
    const many = Array.from({ length: 10_001 }, () => dnsName("a.example"));
    expect(dnsIdsOf(withExtensions(subjectAltName(...many)))).toHaveLength(10_000);
  });

  test("indefinite lengths, cut ends and octets after the end are malformed", () => {
    expect(dnsIdsOf(Buffer.of(0x30, 0x80, 0, 0))).toBeUndefined();
    expect(dnsIdsOf(Buffer.concat([MIXED, Buffer.of(0)]))).toBeUndefined();
    for (let end = 0; end < MIXED.length; end += 1) expect(dnsIdsOf(MIXED.subarray(0, end))).toBeUndefined();
  });

  test("never throws, whatever octet is changed", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(MIXED.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(MIXED);
        for (const [at, octet] of changes) bytes[at] = octet;
        const names = dnsIdsOf(bytes);
        expect(names === undefined || names.every((name) => typeof name === "string")).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void dnsIdsOf(bytes)));
  });
});
