import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../src/protocol/policy.ts";

const octets = (text: string) => new TextEncoder().encode(text);
const codes = (text: string | Uint8Array) => {
  const parse = parsePolicy(typeof text === "string" ? octets(text) : text);
  return parse.kind === "valid" ? [] : parse.defects.map(({ code }) => code);
};

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
    [inGood("mode: enforce", "\rmode: enforce"), ["line-ending", "field-name", "mode-missing"]],
    [inGood("mode: enforce", " mode : enforce"), ["white-space"]],
    [inGood("mode: enforce", "mode enforce"), ["no-colon"]],
    [inGood("mode: enforce", "nothing of it"), ["no-colon", "mode-missing"]],
    [inGood("mode: enforce", "mode: enforced"), ["mode-value"]],
    [inGood("mode: enforce", "mode:"), ["empty-value"]],
    [inGood("mode: enforce", "mode: enforce\nmode:"), ["empty-value"]],
    [inGood("mode: enforce", "mode: enforce\nmode: a\tb"), ["field-value"]],
    [inGood("mode: enforce", "mode: enforce\nx: \u0001b"), ["field-value"]],
    [inGood("mode: enforce", "mode: enforce\nx: b\u007f"), ["field-value"]],
    [inGood("mode: enforce", "mode: enforce\nx: \u001f"), ["field-value"]],
    [inGood("mode: enforce", "mode: enforce\nx: a b~\u0080"), []],
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
    [inGood("mode: enforce", " mode none "), 2, "`mode none` has no colon"],
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

describe("a defect is the value, its place, and the line that was meant where there is a guess", () => {
  test.for([
    [inGood("mode: enforce", "mode: enforced"), 2, 7, 15, "mode: enforce"],
    [inGood("mode: enforce", "mode:\toff "), 2, 7, 10, undefined],
    [inGood("mx: mail.example.com", "mx: mail.example.com."), 3, 5, 22, "mx: mail.example.com"],
    [inGood("604800", "1 day"), 4, 10, 15, undefined],
    [inGood("604800", "31557601"), 4, 10, 18, "max_age: 31557600"],
    [inGood("mode: enforce", "mode: enforce\nx: a\rb"), 3, 5, 6, undefined],
    [`\ufeff${GOOD}`, 1, 1, 2, undefined],
    [inGood("mode: enforce", "mode enforce"), 2, 1, 13, "mode: enforce"],
    [inGood("mode: enforce", " mode enforce "), 2, 2, 14, "mode: enforce"],
    [inGood("mode: enforce", "mode: enforce\nnothing at all"), 3, 1, 15, undefined],
  ] as const)("%j", ([text, line, startColumn, endColumn, instead]) => {
    const parse = parsePolicy(octets(text));
    const [defect, ...others] = parse.kind === "invalid" ? parse.defects : [];
    expect(others).toEqual([]);
    expect(defect).toStrictEqual({
      code: expect.any(String),
      span: { startLine: line, startColumn, endLine: line, endColumn },
      message: expect.any(String),
      ...(instead !== undefined && { instead }),
    });
  });
});

describe("a field that is missing", () => {
  test.for([
    [inGood("mode: enforce\n", ""), "There is no mode field, so", undefined, 1],
    [inGood("max_age: 604800\n", ""), "There is no max_age field, so", undefined, 1],
    [
      inGood("mx: mail.example.com\n", ""),
      "There is no mx field, and only the mode none may do without, so",
      undefined,
      1,
    ],
    [inGood("mx:", "nmx:"), "`nmx` is an unknown name (did you mean", "mx: mail.example.com", 3],
    // The first of two slips, and no name of its own.
    [inGood("max_age: 604800", "x: 1\nmaxage: 1\nmax-age: 2"), "`maxage` is an unknown name", "max_age: 1", 5],
  ] as const)("%j: %s", ([text, said, instead, line]) => {
    const parse = parsePolicy(octets(text));
    const defects = parse.kind === "invalid" ? parse.defects : [];
    expect(defects).toHaveLength(1);
    expect(defects[0]?.message).toContain(said);
    expect(defects[0]?.instead).toBe(instead);
    expect(defects[0]?.span.startLine).toBe(line);
  });
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

test.each([
  ["the first octet of U+FFFD alone", [0xef], 1],
  ["its first two", [0xef, 0xbf], 1],
  ["behind a letter", [0x61, 0xef], 2],
  ["behind U+FFFD itself", [0xef, 0xbf, 0xbd, 0xef], 2],
])("the column of what is not UTF-8: %s", (_, bytes, column) => {
  const parse = parsePolicy(Uint8Array.from(bytes));
  const broken = parse.kind === "invalid" ? parse.defects.find(({ code }) => code === "utf-8") : undefined;
  expect(broken?.span).toEqual({ startLine: 1, startColumn: column, endLine: 1, endColumn: column + 1 });
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
