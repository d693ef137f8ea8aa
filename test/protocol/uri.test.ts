import fc from "fast-check";
import { expect, test } from "vitest";
import { isUri } from "../../src/protocol/uri.ts";

test.for([
  ["https://example.com/a;b,c!d?x=1#y", true],
  ["mailto:", true],
  ["urn:a:b", true],
  ["https://user:pw@[2001:db8::1]:443/", true],
  ["https:///path", true],
  ["a:/b//c", true],
  ["file:///a/b", true],
  ["https://example.com/%zz", false],
  ["https://example.com/a b", false],
  ["https://example.com/#a#b", false],
  ["https://exämple.com", false],
  ["//example.com", false],
  ["/a", false],
  ["1a:b", false],
  ["", false],
] as const)("%j: %s", ([text, is]) => expect(isUri(text)).toBe(is));

test("takes what the URL standard writes for web addresses, and long texts without throwing", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      expect(isUri(url)).toBe(true);
    }),
  );
  for (const text of ["a", ":", "/", "@", "a@", "%41", "//", "?"])
    expect(isUri(`a:${text.repeat(8000)}`.slice(0, 8192))).toBeTypeOf("boolean");
});
