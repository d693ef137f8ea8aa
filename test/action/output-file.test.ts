import { chmodSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeOutputs } from "../../src/action/output-file.ts";
import { OptionError } from "../../src/errors.ts";
import { temporaryFile, temporaryFolder } from "./temporary.ts";

/** Outputs as the runner reads them: NAME<<DELIMITER, lines, DELIMITER; the last of one name counts. */
function outputsIn(path: string): Record<string, string> {
  const lines = readFileSync(path, "utf8").split("\n");
  const outputs: Record<string, string> = {};
  for (let at = 0; at < lines.length - 1; ) {
    const [, name = "", delimiter = ""] = /^([^<]+)<<(.+)$/.exec(lines[at] ?? "") ?? [];
    const end = lines.indexOf(delimiter, at + 1);
    outputs[name] = lines.slice(at + 1, end).join("\n");
    at = end + 1;
  }
  return outputs;
}

describe("writeOutputs", () => {
  test("appends, and the last value counts", () => {
    const path = temporaryFile("");
    writeOutputs({ GITHUB_OUTPUT: path }, { verdict: "unknown" });
    writeOutputs(
      { GITHUB_OUTPUT: path },
      { verdict: "ready", errors: 0, "suggested-id": "", "report-file": "r/ü.json" },
    );
    expect(outputsIn(path)).toEqual({ verdict: "ready", errors: "0", "suggested-id": "", "report-file": "r/ü.json" });
  });

  test("no two delimiters are the same", () => {
    const path = temporaryFile("");
    writeOutputs({ GITHUB_OUTPUT: path }, { verdict: "unknown", errors: 1, warnings: 2 });
    const delimiters = readFileSync(path, "utf8").match(/<<.+/g) ?? [];
    expect(new Set(delimiters).size).toBe(3);
  });

  test.each([
    ["a verdict outside the set", { verdict: "READY" as never }],
    ["a line in a path", { "report-file": "a\nverdict=ready" }],
    ["a carriage return in a path", { "report-file": "a\rb" }],
    ["text for an id", { "suggested-id": "v=STSv1" }],
    ["NaN", { errors: Number.NaN }],
  ])("%s is never written", (_, outputs) => {
    const path = temporaryFile("");
    expect(() => writeOutputs({ GITHUB_OUTPUT: path }, outputs)).toThrow(/malformed/);
    expect(readFileSync(path, "utf8")).toBe("");
  });

  test.each([
    ["not said", () => undefined],
    ["missing", () => join(temporaryFolder(), "none")],
    ["a folder", () => temporaryFolder()],
    ["a link", () => linkTo(temporaryFile("kept"))],
    ["full", () => "/dev/full"],
  ])("a file that is %s is a configuration error", (name, path) => {
    const GITHUB_OUTPUT = path();
    expect(() => writeOutputs({ ...(GITHUB_OUTPUT && { GITHUB_OUTPUT }) }, { verdict: "ready" })).toThrow(OptionError);
    if (name === "a link") expect(readFileSync(GITHUB_OUTPUT ?? "", "utf8")).toBe("kept");
  });

  test.skipIf(process.getuid?.() === 0)("a file that is read-only is a configuration error", () => {
    const path = temporaryFile("");
    chmodSync(path, 0o444);
    expect(() => writeOutputs({ GITHUB_OUTPUT: path }, { verdict: "ready" })).toThrow(OptionError);
  });
});

function linkTo(target: string): string {
  const path = join(temporaryFolder(), "link");
  symlinkSync(target, path);
  return path;
}
