import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, octetsFrom, octetsOfText, octetText, sameOctets } from "../../src/protocol/octets.ts";

test("nothing is lost on the way through JSON", () => {
  const texts = fc.string({ unit: "binary" }).map((text) => Uint8Array.from(Buffer.from(text)));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), texts), (bytes) => {
      const octets = octetsFrom(bytes);
      expect(bytesOf(JSON.parse(JSON.stringify(octets)))).toEqual(bytes);
      expect(octetsOfText(octetText(bytes))).toEqual(bytes);
      expect(sameOctets(octets, octetsFrom(Uint8Array.from(bytes)))).toBe(true);
    }),
  );
});

test("text stays readable, a byte order mark included", () => {
  expect(octetsFrom(new TextEncoder().encode("\ufeffé"))).toEqual({ encoding: "utf-8", data: "\ufeffé" });
});

test("a megabyte that is no text is no trouble", () => {
  const bytes = new Uint8Array(1_000_000).fill(0xff);
  expect(bytesOf(octetsFrom(bytes)).length).toBe(bytes.length);
});
