import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixDiff, fixedText } from "../../../src/fix.ts";
import { editedPolicy, textFix } from "../../../src/judge/plan/policy-edit.ts";
import { type Policy, parsePolicy } from "../../../src/protocol/policy.ts";
import { policyText } from "../scene.ts";

const policyOf = (short: string): Policy => {
  const parse = parsePolicy(new TextEncoder().encode(policyText(short)));
  if (parse.kind === "invalid") throw new Error(short);
  return parse.policy;
};

describe("editedPolicy: the lines that must, and no other", () => {
  test.each<[string, string, string, string]>([
    ["a host more", policyText("enforce 86400 mx1"), "enforce 86400 mx1 mx2", policyText("enforce 86400 mx1 mx2")],
    ["a host less", policyText("enforce 86400 mx1 mx2"), "enforce 86400 mx2", policyText("enforce 86400 mx2")],
    ["another mode", policyText("enforce 86400 mx1"), "testing 86400 mx1", policyText("testing 86400 mx1")],
    ["another max_age", policyText("enforce 86400 mx1"), "enforce 604800 mx1", policyText("enforce 604800 mx1")],
    [
      "CRLF, another order, a field of one's own",
      "version: STSv1\r\nmax_age: 86400\r\nmx:mx1.example.com\r\nx: y\r\nmode: testing\r\n",
      "enforce 86400 mx1 *.example.net",
      "version: STSv1\r\nmax_age: 86400\r\nmx:mx1.example.com\r\nmx: *.example.net\r\nx: y\r\nmode: enforce\r\n",
    ],
    ["no host yet", "version: STSv1\nmode: none\nmax_age: 0\n", "testing 86400 mx1", policyText("testing 86400 mx1")],
    [
      "no last line end",
      policyText("enforce 86400 mx1").trimEnd(),
      "enforce 86400 mx2",
      policyText("enforce 86400 mx2").trimEnd(),
    ],
    ["a file that is none", "<html>\n", "enforce 86400 mx1", policyText("enforce 86400 mx1")],
  ])("%s", (_, text, to, expected) => expect(editedPolicy(text, policyOf(to))).toBe(expected));
});

describe("textFix", () => {
  test("shows what changes, and what it stands behind", () => {
    const fix = textFix("p", policyText("enforce 86400 mx1"), policyText("enforce 86400 mx1 mx2"));
    expect(fixDiff(fix)).toBe(" mx: mx1.example.com\n+mx: mx2.example.com");
  });

  test("shows no carriage return", () => {
    const [before, after] = ["enforce 86400 mx1 mx2", "testing 86400 mx2"].map((short) =>
      policyText(short).replace(/\n/g, "\r\n"),
    );
    const diff = "-mode: enforce\n-mx: mx1.example.com\n+mode: testing";
    expect(fixDiff(textFix("p", before ?? "", after ?? ""))).toBe(diff);
  });

  test("applied, it is the other text", () => {
    const lines = fc
      .array(fc.constantFrom("a", "b", "c\r", ""), { minLength: 1, maxLength: 6 })
      .map((all) => all.join("\n"));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        // A policy file has a first line, and keeps it.
        const [from, to] = [`v\n${before}`, `v\n${after}`];
        expect(fixedText(from, [textFix("p", from, to)])).toBe(to);
      }),
    );
  });
});
