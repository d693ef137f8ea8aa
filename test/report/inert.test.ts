import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  code,
  fenced,
  inertLog,
  inertMarkdown,
  inertMessage,
  markdown,
  suggestedLines,
} from "../../src/report/inert.ts";
import { githubPage } from "./github-page.ts";
import { HOSTILE, hostileText } from "./hostile.ts";
import { commandsIn } from "./runner.ts";

const RUNS = { numRuns: 600 };

/** What a reader must see: everything, with what is not printable spelled out. */
const spelled = (text: string): string =>
  text.replace(/[^\x20-\x7e§→…×]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

describe("the model of the runner sees what a runner would take", () => {
  it.each([
    ["\u0085::set-output name=verdict::ready", "set-output"],
    ["  ::error file=a,line=1::x", "error"],
    ["250-##[add-mask]ready", "add-mask"],
    ["fine\r::group::x", "group"],
  ])("%j", (output, name) => expect(commandsIn(output).map((command) => command.name)).toEqual([name]));

  it("takes no command from plain text", () => expect(commandsIn("2001:db8::1 a::b::c")).toEqual([]));
});

describe("inertLog", () => {
  it.each([
    [
      'MX host mx1.example.com (192.0.2.1) refused: 100% "no"',
      'MX host mx1.example.com (192.0.2.1) refused: 100% "no"',
    ],
    ["2001:db8::1", "2001:db8::1"],
    ["::1", "\\u{3a}:1"],
    ["a\r\nb\u001b[31m", "a\\u{d}\\u{a}b\\u{1b}\\u{5b}31m"],
    ["##[error]", "\\u{23}\\u{23}\\u{5b}error\\u{5d}"],
    ["back\\slash", "back\\\\slash"],
    ["RFC 8461 §3.2", "RFC 8461 section 3.2"],
  ])("%j", (text, shown) => expect(inertLog(text)).toBe(shown));

  it.each(HOSTILE)("starts nothing: %j", (text) => {
    expect(commandsIn(inertLog(text))).toEqual([]);
    expect(commandsIn(`  ${inertLog(text)} ${inertLog(text)}`)).toEqual([]);
  });

  it("is one line of printable ASCII that holds no command", () =>
    fc.assert(
      fc.property(hostileText, hostileText, (a, b) => {
        const line = `${inertLog(a)}${inertLog(b)}`;
        expect(line).toMatch(/^[\x20-\x7e]*$/);
        expect(commandsIn(line)).toEqual([]);
      }),
      RUNS,
    ));

  it.each([
    ["b".repeat(200), "b".repeat(200)],
    ["b".repeat(201), `${"b".repeat(184)}...(+17)`],
    [`a ${"b".repeat(300)} c`, `a ${"b".repeat(184)}...(+116) c`],
  ])("%s is cut to %s", (text, shown) => expect(inertLog(text)).toBe(shown));

  it("cuts a word at 200 characters and says how much is missing", () => {
    expect(inertLog(`a ${"b".repeat(500)} c`)).toMatch(/^a b{100,}\.\.\.\(\+\d+\) c$/);
    for (const word of inertLog(`${"\u0001".repeat(900)} ${"x".repeat(201)}`).split(" ")) {
      expect(word.length).toBeLessThanOrEqual(200);
      expect(word).toMatch(/^(x|\\u\{1\})+\.\.\.\(\+\d+\)$/);
    }
  });
});

describe("inertMarkdown", () => {
  it.each([
    [
      "MX host mx1.example.com matches no pattern; mail is refused.",
      "MX host mx1.example.com matches no pattern; mail is refused.",
    ],
    ["max_age is 86400 (one day), RFC 8461 §3.2", "max_age is 86400 (one day), RFC 8461 §3.2"],
    ["at 192.0.2.1.", "at 192.0.2.1."],
    ["14. x", "14&#46; x"],
    ["ask @octocat", "ask <code>&#64;<wbr>octocat</code>"],
    ["at www.example.com", "at <code>www<wbr>&#46;example.com</code>"],
    ["commit deadbeef1", "commit <code>deadbeef1</code>"],
  ])("%j", (text, shown) => expect(inertMarkdown(text)).toBe(shown));

  // Where our reports put it, with the tags that place itself has.
  const PLACES = [
    ["a paragraph", (text: string) => text, ["<p>"]],
    ["after words", (text: string) => `x ${text} y`, ["<p>"]],
    ["a list item", (text: string) => `- i: ${text}`, ["<ul>", "<li>"]],
    ["a heading", (text: string) => `## i: ${text}`, ["<h2>"]],
    [
      "a cell",
      (text: string) => `| a | b |\n| --- | --- |\n| ${text} | c |`,
      "<table><thead><tr><th><th><tbody><tr><td><td>",
    ],
  ] as const;

  describe.each(PLACES)("in %s", (_, place, tags) => {
    const shows = (text: string, shown: string): void => {
      const page = githubPage(place(shown));
      expect(page.tags.join("")).toBe(typeof tags === "string" ? tags : tags.join(""));
      expect(page.active).toEqual([]);
      expect(page.text.replace(/\s+/g, " ")).toContain(spelled(text).replace(/\s+/g, " "));
    };

    it("nothing is active and every character is seen", () =>
      fc.assert(
        fc.property(hostileText, (text) => shows(text, inertMarkdown(text || "-", 5_000))),
        RUNS,
      ));

    it("code: the same", () =>
      fc.assert(
        fc.property(hostileText, (text) => shows(text, code(text, 5_000))),
        RUNS,
      ));
  });

  it.each([
    ["ab ".repeat(100).trim(), "ab ".repeat(100).trim()],
    [`${"ab ".repeat(99)}abc`, `${"ab ".repeat(99)}abc`],
    [`${"ab ".repeat(100)}a`, `${"ab ".repeat(94)}<code>ab&#46;&#46;&#46;&#40;&#43;17</code>)`],
  ])("%s is shown as %s", (text, shown) => expect(inertMarkdown(text)).toBe(shown));

  it("shows at most 300 characters and says how many are missing", () => {
    const page = githubPage(inertMarkdown("<b> ".repeat(1_000)));
    expect(page.text.length).toBeLessThan(320);
    expect(page.text).toMatch(/\.\.\.\(\+3\d{3}\)/);
    expect(page.tags).toEqual(["<p>"]);
  });
});

describe("fenced", () => {
  it.each(HOSTILE)("holds %j", (text) => {
    const page = githubPage(`before\n\n${fenced(text)}\n\nafter`);
    expect(page.tags.filter((tag) => !tag.startsWith("<code class"))).toEqual(["<p>", "<pre>", "<p>"]);
    expect(page.text).toContain(text.split(/\r?\n/).map(spelled).join("\n"));
  });

  it("never ends early", () =>
    fc.assert(
      fc.property(hostileText, (text) => {
        const { tags } = githubPage(`${fenced(text)}\n\nafter`);
        expect(tags.filter((tag) => !tag.startsWith("<code class"))).toEqual(["<pre>", "<p>"]);
      }),
      RUNS,
    ));
});

it.each([
  [["mx: a", "\tb"], "```suggestion\nmx: a\n\tb\n```"],
  [["a ``` b"], "````suggestion\na ``` b\n````"],
  [["mx: a", "é"], undefined],
  [["\u0000", "mx: a"], undefined],
])("lines to commit stand as they are, or are not offered: %j", (lines, shown) =>
  expect(suggestedLines(lines)).toBe(shown),
);

it("markdown keeps pieces as they are", () =>
  expect(markdown`a ${code("b|c")} ${1}`).toBe("a <code>b&#124;c</code> 1"));

describe("inertMessage", () => {
  it.each([
    [
      'MX host mx1.example.com (192.0.2.1) is refused: 100% "no".',
      'MX host mx1.example.com (192.0.2.1) is refused: 100% "no".',
    ],
    ["[a](https://evil.example)", "<U+005B>a<U+005D>(https://evil.example)"],
    ["{0} \\{{", "<U+007B>0<U+007D> <U+005C><U+007B><U+007B>"],
    ["a\r\n\u202e\u{1f600}", "a<U+000D><U+000A><U+202E><U+1F600>"],
    ["RFC 8461 §3.2", "RFC 8461 section 3.2"],
    ["", "(empty)"],
  ])("%j", (text, shown) => expect(inertMessage(text)).toBe(shown));

  it("has an end, and splits nothing that is spelled out", () => {
    for (let length = 60; length < 80; length += 1) {
      const shown = inertMessage("é".repeat(40), length);
      expect(shown).toMatch(/^(<U\+00E9>)+\.\.\.$/);
      expect(shown.length).toBeLessThanOrEqual(length);
    }
    expect(inertMessage("x".repeat(1_000))).toHaveLength(1_000);
    expect(inertMessage("x".repeat(1_001))).toMatch(/^x{984}\.\.\.$/);
  });
});
