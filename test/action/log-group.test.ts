import { describe, expect, test } from "vitest";
import { folded } from "../../src/action/log-group.ts";
import { text } from "../../src/report/text.ts";
import { reported } from "../report/fold.ts";
import { commandsIn } from "../report/runner.ts";
import { BLOCKED, HOSTILE_VERDICT, manyDomains, READY } from "../report/verdicts.ts";

describe("folded", () => {
  test("a short report stays as it is", () => {
    const report = reported(text, [READY]);
    expect(folded(report)).toBe(report);
    expect(folded("x\n".repeat(100))).toBe("x\n".repeat(100));
    expect(folded("x\n".repeat(101))).toContain("::endgroup::");
    expect(folded("")).toBe("");
  });

  test("of a long one the verdict stays in sight", () => {
    const report = reported(text, manyDomains(30, BLOCKED));
    const lines = folded(report).split("\n");
    expect(lines[0]).toMatch(/^::group::The report, \d+ lines$/);
    expect(lines.slice(-3)).toEqual(["::endgroup::", expect.stringMatching(/^blocked: domains 30, /), ""]);
    expect(lines.filter((line) => !/^::(end)?group::/.test(line)).join("\n")).toBe(report);
  });

  test("what it holds neither ends the group nor begins another", () => {
    const report = reported(text, manyDomains(20, HOSTILE_VERDICT));
    expect(commandsIn(folded(report)).map(({ name }) => name)).toEqual(["group", "endgroup"]);
  });
});
