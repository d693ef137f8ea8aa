import { describe, expect, test } from "vitest";
import { isSameProgram, withoutComments } from "../../scripts/comments.mjs";

describe("withoutComments", () => {
  test.each<[string, string]>([
    ["// one\nf();\n", "f();\n"],
    ["  /** many\n   * lines\n   */\nf();\n", "f();\n"],
    ["f(); // beside\n", "f(); // beside\n"],
    ["f(/* inside */);\n", "f(/* inside */);\n"],
    ["/* before */ f();\n", "/* before */ f();\n"],
    ["// /* not opened\nf();\n// */\n", "f();\n"],
    ["/*! pinned */\nf();\n", "/*! pinned */\nf();\n"],
    ["/*\n * Copyright (c) someone\n */\nf();\n", "/*\n * Copyright (c) someone\n */\nf();\n"],
    ["// Licensed under MIT\nf();\n", "// Licensed under MIT\nf();\n"],
    [
      "const { x } =\n  // why\n  await import(/* webpackIgnore: true */ './x.js');\n",
      "const { x } =\n  await import(/* webpackIgnore: true */ './x.js');\n",
    ],
  ])("%j", (text, expected) => {
    expect(withoutComments(text)).toBe(expected);
    expect(isSameProgram(text, expected)).toBe(true);
  });

  test("a text that looks like a comment is found out, not lost", () => {
    const text = "const page = `\n// not a comment\n`;\n";
    expect(isSameProgram(text, withoutComments(text))).toBe(false);
  });
});
