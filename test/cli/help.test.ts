import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/arguments.ts";
import { helpText } from "../../src/cli/help.ts";
import { OPTIONS } from "../../src/options.ts";

const lines = helpText().split("\n");
const listed = lines.flatMap((line) => /^ {2}--([a-z-]+)$/.exec(line)?.[1] ?? []);
const OF_THE_ACTION = ["comment", "suggest", "github-token"];

describe("helpText", () => {
  test("every option of the table that the command line has, once, in its order", () => {
    const rows = OPTIONS.filter(({ built, name }) => built && !OF_THE_ACTION.includes(name));
    expect(listed.filter((name) => OPTIONS.some((row) => row.name === name))).toEqual(rows.map(({ name }) => name));
  });

  test("each with its sentence, its choices and what counts otherwise", () => {
    expect(helpText()).toContain(
      "  --fail-on\n      The worst finding that may not pass. One of: error, warning, never. Default: error.\n",
    );
    expect(helpText()).toContain(
      "  --base\n      Revision to judge against, when the event names none. Default: HEAD^.\n",
    );
  });

  test("what is not built is named in one line", () => {
    const told = lines.find((line) => line.startsWith("Not built"));
    const unbuilt = OPTIONS.filter(({ built }) => !built).map(({ name }) => name);
    expect(told).toBe(`Not built in this version (exit 2): ${unbuilt.join(", ")}.`);
  });

  test("every command", () => {
    const commands = lines.flatMap((line) => /^ {2}([a-z]+) /.exec(line)?.[1] ?? []);
    expect(commands).toEqual(Object.keys(COMMANDS));
  });

  test("no Markdown", () => expect(helpText()).not.toContain("`"));
});
