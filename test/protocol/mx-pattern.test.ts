import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostName } from "../../src/protocol/domain-name.ts";
import { matchesMx, parseMxPattern, printMxPattern } from "../../src/protocol/mx-pattern.ts";
import { type Vector, vectors } from "./vectors.ts";

interface MatchVector extends Vector {
  readonly pattern: string;
  readonly host: string;
  readonly match: boolean;
  readonly pattern_valid: boolean;
}

describe("mx-match vectors", () => {
  test.for(vectors<MatchVector>("mx-match"))(
    "$id: $reason",
    ({ pattern: text, host: hostText, match, pattern_valid }) => {
      const pattern = parseMxPattern(text);
      const host = hostName(hostText);
      expect(pattern !== undefined).toBe(pattern_valid);
      expect(pattern !== undefined && host !== undefined && matchesMx(pattern, host)).toBe(match);
    },
  );
});

test.for(["", "*", "*.", "*.*.example", "mx.example.", "*.example.com.", " mx.example", "*.münchen.example"])(
  "no pattern: %j",
  (text) => expect(parseMxPattern(text)).toBeUndefined(),
);

test("reads what it prints", () => {
  fc.assert(
    fc.property(fc.domain(), fc.boolean(), (domain, wildcard) => {
      const text = wildcard ? `*.${domain}` : domain;
      const pattern = parseMxPattern(text);
      expect(pattern && printMxPattern(pattern)).toBe(text.toLowerCase());
    }),
  );
});

test("a wildcard stands for exactly one label", () => {
  fc.assert(
    fc.property(fc.domain(), fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxLength: 3 }), (domain, labels) => {
      const pattern = parseMxPattern(`*.${domain}`);
      const host = hostName([...labels, domain].join("."));
      if (pattern && host) expect(matchesMx(pattern, host)).toBe(labels.length === 1);
    }),
  );
});

test("a wildcard does not cover its own name, also where that is one label", () => {
  const [pattern, host] = [parseMxPattern("*.localhost"), hostName("localhost")];
  expect(pattern && host && matchesMx(pattern, host)).toBe(false);
});
