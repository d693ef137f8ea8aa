import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixDiff, fixedText } from "../src/fix.ts";
import type { Span } from "../src/protocol/span.ts";
import { fenced } from "../src/report/inert.ts";

const at = (startLine: number, startColumn: number, endLine = startLine, endColumn = startColumn): Span => ({
  startLine,
  startColumn,
  endLine,
  endColumn,
});

describe("fixedText", () => {
  test.each([
    ["one word", "a b\nc d\n", [{ span: at(2, 3, 2, 4), text: "x" }], "a b\nc x\n"],
    [
      "an insertion",
      "mx: a\r\nmax_age: 1\r\n",
      [{ span: at(1, 6), text: "\r\nmx: b" }],
      "mx: a\r\nmx: b\r\nmax_age: 1\r\n",
    ],
    [
      "two at one place, both",
      "a\n",
      [
        { span: at(1, 2), text: "b" },
        { span: at(1, 2), text: "c" },
      ],
      "abc\n",
    ],
    [
      "lower ones first in the list",
      "1\n2\n3",
      [
        { span: at(3, 1, 3, 2), text: "z" },
        { span: at(1, 1, 1, 2), text: "x" },
      ],
      "x\n2\nz",
    ],
    ["a whole line", "a\n\nb\n", [{ span: at(2, 1, 3, 1), text: "" }], "a\nb\n"],
    [
      "two that touch the same characters: the first",
      "abc",
      [
        { span: at(1, 1, 1, 3), text: "x" },
        { span: at(1, 2, 1, 4), text: "y" },
      ],
      "xc",
    ],
    [
      "outside the text",
      "a\n",
      [
        { span: at(9, 1), text: "x" },
        { span: at(1, 9, 1, 12), text: "x" },
      ],
      "a\n",
    ],
    ["backwards", "abc", [{ span: at(1, 3, 1, 1), text: "x" }], "abc"],
  ])("%s", (_, text, fixes, wanted) => expect(fixedText(text, fixes)).toBe(wanted));

  test("any spans: never throws, and without fixes nothing changes", () => {
    const number = fc.integer({ min: 0, max: 9 });
    const fix = fc.record({
      span: fc.tuple(number, number, number, number).map((four) => at(...four)),
      text: fc.string(),
    });
    fc.assert(
      fc.property(fc.string(), fc.array(fix, { maxLength: 4 }), (text, fixes) => {
        expect(typeof fixedText(text, fixes)).toBe("string");
        expect(fixedText(text, [])).toBe(text);
      }),
    );
  });
});

describe("fixDiff", () => {
  const path = "p";
  test.each([
    ["a word", { span: at(7, 3, 7, 4), text: "x", lines: "a b c" }, "-a b c\n+a x c"],
    ["an insertion", { span: at(7, 6), text: "\r\nmx: b", lines: "mx: a" }, " mx: a\n+mx: b"],
    ["a line that goes", { span: at(7, 1, 8, 1), text: "", lines: "\nmode: none" }, "-\n-mode: none\n+mode: none"],
  ])("%s", (_, fix, wanted) => expect(fixDiff({ path, ...fix })).toBe(wanted));

  test("lines that are not known", () => expect(fixDiff({ path, span: at(1, 1), text: "x" })).toBeUndefined());

  test("in a fence nothing in it is active", () => {
    const diff = fixDiff({ path, span: at(1, 1, 1, 2), text: "b", lines: "a ``` <b>@x</b> \u202e" }) ?? "";
    expect(fenced(diff, "diff")).toBe("````diff\n-a ``` <b>@x</b> \\u{202e}\n+b ``` <b>@x</b> \\u{202e}\n````");
  });
});
