import { describe, expect, test } from "vitest";
import { strangerTo } from "../../src/judge/stranger.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { parseMxPattern } from "../../src/protocol/mx-pattern.ts";
import { covers, type Policy } from "../../src/protocol/policy.ts";

const policy = (...patterns: string[]): Policy => ({
  mode: "enforce",
  maxAge: 86_400,
  mx: patterns.flatMap((pattern) => parseMxPattern(pattern) ?? []),
});

describe("a host that the policy does not list", () => {
  test.each<[string, Policy, Policy | undefined, string]>([
    ["the next policy lists one", policy("a.example.com"), policy("a.example.com", "b.example.com"), "b.example.com"],
    ["of several the first", policy("a.example.com"), policy("c.example.com", "b.example.com"), "c.example.com"],
    ["the next policy lists no other", policy("a.example.com"), policy("a.example.com"), "another-mx.invalid"],
    ["the policy covers it with a wildcard", policy("*.example.com"), policy("b.example.com"), "another-mx.invalid"],
    ["a wildcard names no host", policy("a.example.com"), policy("*.example.net"), "another-mx.invalid"],
    ["there is no next policy", policy("a.example.com"), undefined, "another-mx.invalid"],
  ])("%s", (_, held, next, host) => {
    const stranger: DomainName = strangerTo(held, next);
    expect(stranger).toBe(host);
    expect(covers(held, stranger)).toBe(false);
  });
});
