import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { helpText } from "../../src/cli/help.ts";
import { temporaryFile, temporaryFolder } from "../action/temporary.ts";
import { commandsIn } from "../report/runner.ts";
import { PROGRAMS, runProgram } from "./program.ts";

const GOOD = "version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 86400\n";

describe.each(PROGRAMS)("the %s", (_, file) => {
  const run = (...args: readonly string[]) => runProgram(file, args);

  test("--help, and nothing at all", async () => {
    const help = { status: 0, stdout: helpText(), stderr: "" };
    expect(await Promise.all([run("--help"), run()])).toEqual([help, help]);
  });

  test("--version", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await run("--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test.concurrent.each<[readonly string[], RegExp]>([
    [
      ["judged"],
      /^mta-sts-gate: judged: is no command \(allowed: gate, collect, verify, observe, judge, plan, lint, init, doctor, help, version\)\n$/,
    ],
    [["plan", "a.example"], /^mta-sts-gate: INTENT: is missing \(allowed: testing, enforce, add-mx HOST, /],
    [["demo"], /^mta-sts-gate: demo: this command is not built in this version \(allowed: gate, /],
    [["lint", "--formats", "x"], /^mta-sts-gate: --formats: is no option \(allowed: --fix, --format, /],
    [["lint"], /^mta-sts-gate: lint: needs a file/],
    [["lint", "/dev/zero"], /^mta-sts-gate: lint: \/dev\/zero is no regular file\n$/],
    [["\u001b[2J::error::x"], /^mta-sts-gate: \\u\{1b\}/],
  ])("%j: status 2, one line of stderr, nothing else", async (args, line) => {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).toMatch(/^[\x20-\x7e]+$/);
  });

  test("lint - reads standard input", async () => {
    const [good, bad] = await Promise.all(
      [GOOD, "hello"].map((input) => runProgram(file, ["lint", "-", "--format", "json"], { input })),
    );
    expect([good?.status, bad?.status]).toEqual([0, 1]);
    expect([JSON.parse(good?.stdout ?? ""), JSON.parse(bad?.stdout ?? "")]).toMatchObject([
      { kind: "valid", file: "-" },
      { kind: "invalid", defects: [{ line: 1, column: 1 }, {}, {}, {}] },
    ]);
  });

  test("lint - does not read for ever", async () => {
    const { status, stderr } = await runProgram(file, ["lint", "-"], { input: new Uint8Array(3 << 20) });
    expect([status, stderr]).toEqual([2, expect.stringContaining("longer than 1048576 octets")]);
  });

  test("an earlier file is still reported when a later one cannot be read", async () => {
    const { status, stdout } = await run("lint", temporaryFile(GOOD), temporaryFolder());
    expect([status, stdout]).toEqual([2, expect.stringMatching(/: valid: mode testing, max_age 86400, 1 mx\n$/)]);
  });
});

describe("a process that does not come to its end: never status 0", () => {
  const [, [, file]] = PROGRAMS;
  test.each<[string, string]>([
    ["an uncaught exception", 'throw new Error("x\\n::error::forged \\u001b[2J")'],
    ["a rejection nobody takes", 'void Promise.reject(new Error("x\\n##[error]forged"))'],
    ["a promise that never settles", "process.stdin.pause().unref()"],
  ])("%s", async (_, happening) => {
    const preload = `setTimeout(() => { ${happening} }, 150);`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
    const { status, stdout, stderr } = await runProgram(file, ["lint", "-"], { env, input: null });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^mta-sts-gate: internal error, nothing was decided: [\x20-\x7e]+\n$/);
    expect(commandsIn(stderr)).toEqual([]);
  });
});

describe("the bundle", () => {
  const bundle = readFileSync(resolve("dist/cli.js"), "utf8");

  test("starts where it is executed by name", () => expect(bundle).toMatch(/^#!\/usr\/bin\/env node\n/));

  test("has nothing that talks to GitHub", () => {
    expect(bundle).not.toMatch(/getOctokit|@actions\/github|\.\/later\/octokit/);
  });
});
