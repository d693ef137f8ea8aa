import { describe, expect, test } from "vitest";
import { matchesDnsId } from "../../src/protocol/dns-id.ts";
import { hostName } from "../../src/protocol/domain-name.ts";
import { type Vector, vectors } from "./vectors.ts";

interface CertVector extends Vector {
  readonly dns_sans: readonly string[];
  readonly host: string;
  readonly match: boolean;
}

describe("cert-match vectors", () => {
  test.for(vectors<CertVector>("cert-match"))("$id: $reason", ({ dns_sans, host: text, match }) => {
    const host = hostName(text);
    expect(host !== undefined && dns_sans.some((presented) => matchesDnsId(presented, host))).toBe(match);
  });
});

test.for([
  ["MX1.EXAMPLE.com", true],
  ["mx1.example.com.", false], // a dNSName is in preferred name syntax, which has no final dot
  ["mx1.example.com\0.evil.example", false],
  ["*.com", false],
  ["*", false],
  ["*.*", false],
  ["", false],
] as const)("%j names mx1.example.com: %s", ([presented, match]) => {
  const host = hostName("mx1.example.com");
  expect(host && matchesDnsId(presented, host)).toBe(match);
});
