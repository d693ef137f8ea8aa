import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MxPattern } from "../../src/protocol/mx-pattern.ts";
import { parseMxPattern, printMxPattern } from "../../src/protocol/mx-pattern.ts";
import { covers, type Mode, type Policy, parsePolicy, printPolicy, samePolicy } from "../../src/protocol/policy.ts";
import { type Vector, vectors } from "./vectors.ts";

interface PolicyVector extends Vector {
  readonly input?: string;
  readonly input_base64?: string;
  readonly expect: "valid" | "invalid";
  readonly parsed?: { readonly mode: Mode; readonly max_age: number; readonly mx: readonly string[] };
}

const octets = (text: string) => new TextEncoder().encode(text);

describe("policy vectors", () => {
  test.for(vectors<PolicyVector>("policy"))("$id: $reason", ({ input, input_base64, expect: kind, parsed }) => {
    const parse = parsePolicy(input === undefined ? Buffer.from(input_base64 ?? "", "base64") : octets(input));
    const lower = parsed && { ...parsed, mx: parsed.mx.map((pattern) => pattern.toLowerCase()) };
    const policy = parse.kind === "valid" ? parse.policy : undefined;
    expect(parse.kind, JSON.stringify(parse)).toBe(kind);
    expect(policy && { mode: policy.mode, max_age: policy.maxAge, mx: policy.mx.map(printMxPattern) }).toEqual(lower);
    if (parse.kind === "invalid") expect(parse.defects).not.toEqual([]);
  });
});

const GOOD = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n";

test("fields keep their place and what they are for", () => {
  const parse = parsePolicy(
    octets("version:STSv1 \r\nmode:\tenforce\nmode: none\nx: 😀  y\t\nmx: A.example\nmax_age: 1"),
  );
  expect(parse.fields.map(({ name, value, use, span }) => [name, value, use, span.startLine, span.endColumn])).toEqual([
    ["version", "STSv1", "applied", 1, 14],
    ["mode", "enforce", "applied", 2, 14],
    ["mode", "none", "duplicate", 3, 11],
    ["x", "😀  y", "unknown", 4, 9],
    ["mx", "A.example", "applied", 5, 14],
    ["max_age", "1", "applied", 6, 11],
  ]);
});

test("what could be read of an invalid policy is kept", () => {
  const parse = parsePolicy(octets(`${GOOD}mx: b_c\n`));
  expect(parse.kind === "invalid" && parse.partial).toEqual({
    mode: "enforce",
    maxAge: 604_800,
    mx: [parseMxPattern("mail.example.com")],
  });
});

const policies: fc.Arbitrary<Policy> = fc.record({
  mode: fc.constantFrom<Mode>("enforce", "testing", "none"),
  maxAge: fc.integer({ min: 0, max: 31_557_600 }),
  mx: fc.array(
    fc
      .tuple(fc.boolean(), fc.domain())
      .map(([wildcard, domain]) => parseMxPattern(wildcard ? `*.${domain}` : domain) as MxPattern),
    { minLength: 1 },
  ),
});

test("reads what it prints, with either line ending", () => {
  fc.assert(
    fc.property(policies, fc.boolean(), (policy, crlf) => {
      const text = crlf ? printPolicy(policy).replaceAll("\n", "\r\n") : printPolicy(policy);
      expect(parsePolicy(octets(text))).toMatchObject({ kind: "valid", policy });
    }),
  );
});

test("order and repetition of patterns mean nothing; mode, max_age and the set do", () => {
  fc.assert(
    fc.property(policies, (policy) => {
      expect(samePolicy(policy, { ...policy, mx: [...policy.mx, ...policy.mx].reverse() })).toBe(true);
      expect(samePolicy(policy, { ...policy, maxAge: policy.maxAge + 1 })).toBe(false);
      expect(samePolicy(policy, { ...policy, mode: policy.mode === "none" ? "testing" : "none" })).toBe(false);
      expect(samePolicy(policy, { ...policy, mx: [] })).toBe(false);
    }),
  );
});

test("covers hosts in any form that DNS and people write", () => {
  const parse = parsePolicy(
    octets("version: STSv1\nmode: none\nmax_age: 1\nmx: *.xn--mnchen-3ya.example\nmx: A.example"),
  );
  const hosts = ["mx.münchen.example", "a.example.", "MX.XN--MNCHEN-3YA.example", "xn--mnchen-3ya.example", ".", ""];
  expect(hosts.map((host) => parse.kind === "valid" && covers(parse.policy, host))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
