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
const codes = (text: string | Uint8Array) => {
  const parse = parsePolicy(typeof text === "string" ? octets(text) : text);
  return parse.kind === "valid" ? [] : parse.defects.map(({ code }) => code);
};

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
const inGood = (line: string, by: string) => GOOD.replace(line, by);

describe("RFC 8461 §3.2, every defect has its code", () => {
  test.for([
    ["", ["empty"]],
    ["\n", ["blank-line", "version-missing", "mode-missing", "max-age-missing"]],
    [`${GOOD}\n\n\r\n`, ["blank-line"]],
    [`\n${GOOD}  \n`, ["blank-line", "blank-line"]],
    [`\ufeff${GOOD}`, ["byte-order-mark"]],
    [inGood("mode: enforce\n", "mode: enforce\r"), ["line-ending"]],
    [GOOD.replaceAll("\n", "\r"), ["line-ending", "mode-missing", "max-age-missing"]],
    [inGood("mode: enforce", " mode : enforce"), ["white-space"]],
    [inGood("mode: enforce", "mode enforce"), ["no-colon"]],
    [inGood("mode: enforce", "nothing of it"), ["no-colon", "mode-missing"]],
    [inGood("mode: enforce", "mode: enforced"), ["mode-value"]],
    [inGood("mode: enforce", "mode:"), ["empty-value"]],
    [inGood("mode: enforce", "mode: enforce\nmode:"), ["empty-value"]],
    [inGood("mode: enforce", "mode: enforce\nmode: a\tb"), ["field-value"]],
    [inGood("mode: enforce", "mode: enforce\n: x"), ["field-name"]],
    [inGood("mode: enforce", `mode: enforce\n${"n".repeat(33)}: x`), ["field-name"]],
    [inGood("STSv1", "STSv2"), ["version-value"]],
    [inGood("604800", "1 day"), ["max-age-value"]],
    [inGood("604800", "31557601"), ["max-age-range"]],
    [inGood("mail.example.com", "*"), ["mx-value"]],
    [inGood("mail.example.com", "mail.example.com."), ["mx-value"]],
    [inGood("mx:", "nmx:"), ["mx-missing"]],
    [inGood("mode: enforce", "mode: Enforce").replace("mx:", "nmx:"), ["mode-value"]],
    [
      "x\ny: \nmode: off\nmx: a_b\nmax_age: -1",
      ["no-colon", "empty-value", "mode-value", "mx-value", "max-age-value", "version-missing"],
    ],
  ] as const)("%j: %j", ([text, expected]) => expect(codes(text)).toEqual(expected));

  test("octets that are no UTF-8 are found in their column, once a line", () => {
    const bytes = Buffer.from(inGood("mode: enforce", "x: é\u{1f600}?"));
    bytes[bytes.indexOf("?")] = 0xff;
    const parse = parsePolicy(bytes);
    expect(codes(bytes)).toEqual(["utf-8", "mode-missing"]);
    expect(parse).toMatchObject({
      defects: [{ span: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 8 } }, {}],
    });
  });

  test("a U+FFFD that was written is no fault", () => {
    const bytes = Buffer.concat([octets(inGood("mode: enforce", "mode: enforce\nx: \ufffd")), Buffer.from([0xc3])]);
    expect(parsePolicy(bytes)).toMatchObject({ kind: "invalid", defects: [{ code: "utf-8", span: { startLine: 6 } }] });
  });

  test("UTF-16 is said once", () => {
    expect(codes(Buffer.from(`\ufeff${GOOD}`, "utf16le"))).toEqual(["utf-16"]);
  });
});

describe("a slip is named where it is", () => {
  test.for([
    [inGood("mx:", "nmx:"), 3, "did you mean `mx: mail.example.com`?"],
    [inGood("max_age", "maxage"), 4, "did you mean `max_age: 604800`?"],
    [inGood("mode: enforce", "mode: enforced"), 2, "did you mean `mode: enforce`?"],
    [inGood("mode: enforce", "mode: “test”"), 2, "did you mean `mode: testing`?"],
    [inGood("mode: enforce", "mode = none"), 2, "did you mean `mode: none`?"],
    [inGood("604800", "604,800s"), 4, "did you mean `max_age: 604800`?"],
    [inGood("mail.example.com", ".example.com"), 3, "did you mean `mx: *.example.com`?"],
    [inGood("mail.example.com", "10 mail.example.com."), 3, "did you mean `mx: mail.example.com`?"],
    [inGood("mail.example.com", "münchen.example"), 3, "did you mean `mx: xn--mnchen-3ya.example`?"],
    [inGood("mail.example.com", "mail.example.com:25"), 3, "did you mean `mx: mail.example.com`?"],
    [inGood("mail.example.com", "a.example, b.example"), 3, "did you mean `mx: a.example`?"],
    ["v=STSv1; id=1;", 1, "TXT record"],
  ] as const)("%j", ([text, line, said]) => {
    const parse = parsePolicy(octets(text));
    const defect = parse.kind === "invalid" ? parse.defects[0] : undefined;
    expect(defect?.span.startLine).toBe(line);
    expect(defect?.message).toContain(said);
    expect(defect?.message).toMatch(/^[^\n]+\.$/);
  });
});

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

const line = fc.oneof(
  fc.constantFrom(
    "version: STSv1",
    "mode: enforce",
    "mx: a.example",
    "max_age: 1",
    "",
    " ",
    "\ufeff",
    "nmx: x",
    "mode none",
  ),
  fc.string({ unit: "binary" }),
);
const lines = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r", "")));

test("never throws, and every span lies in the text, in the order of the lines", () => {
  const anything = fc.oneof(
    lines.map((pairs) => octets(pairs.flat().join(""))),
    fc.uint8Array({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(anything, (bytes) => {
      const parse = parsePolicy(bytes);
      const rows = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\n");
      const spans = [...parse.fields, ...(parse.kind === "invalid" ? parse.defects : [])].map(({ span }) => span);
      for (const { startLine, startColumn, endLine, endColumn } of spans) {
        expect(endLine * 1e6 + endColumn).toBeGreaterThanOrEqual(startLine * 1e6 + startColumn);
        expect(endColumn).toBeLessThanOrEqual((rows[endLine - 1] ?? "").length + 1);
      }
      if (parse.kind === "invalid") expect(parse.defects.length).toBeGreaterThan(0);
    }),
  );
});

test("64 KiB of anything takes no longer than 64 KiB", () => {
  const size = 65_536;
  const texts = [
    "mx: a.example\n",
    "\n",
    ":",
    " ",
    "x",
    "mx",
    "mode ",
    "=",
    "\r",
    "mx: *.",
    "max_age: 1 ",
    "1,",
    "\ufffd",
  ];
  const worst = texts.map((text) => {
    const bytes = octets(text.repeat(Math.ceil(size / text.length)).slice(0, size));
    const started = performance.now();
    parsePolicy(bytes);
    parsePolicy(octets(`mx: ${new TextDecoder().decode(bytes)}`));
    parsePolicy(Buffer.concat([bytes, Buffer.of(0xff)]));
    return performance.now() - started;
  });
  // Linear parsing takes a few milliseconds, quadratic parsing of 64 KiB many seconds.
  expect(Math.max(...worst)).toBeLessThan(1500);
});
