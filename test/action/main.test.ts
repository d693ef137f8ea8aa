import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runStep, type Step, type StepResult } from "../../src/demo/runner.ts";
import { commandsIn } from "../report/runner.ts";
import { temporaryFolder } from "./temporary.ts";

const id = (digit: string): string => digit.repeat(40);

/** The action's process, from source, in an empty workspace. `before` is run first, in the same process. */
function step(more: Partial<Step> = {}, before = ""): Promise<StepResult> {
  const preload = before ? { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(before)}` } : {};
  return runStep({
    main: resolve("src/action/main.ts"),
    workspace: temporaryFolder(),
    eventName: "push",
    event: { before: id("b"), after: id("a") },
    sha: id("a"),
    inputs: {},
    timeout: 20_000,
    ...more,
    env: { ...more.env, ...preload },
  });
}

/** git starts, and never answers; then `happening` happens. */
const GIT_HANGS = `
  import childProcess from "node:child_process";
  import { EventEmitter } from "node:events";
  import { PassThrough } from "node:stream";
  import { syncBuiltinESMExports } from "node:module";
  childProcess.spawn = () => {
    setTimeout(happening, 20);
    const pipes = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    return Object.assign(new EventEmitter(), { ...pipes, kill: () => true, ref() {}, unref() {} });
  };
  childProcess.execFile = childProcess.spawn;
  syncBuiltinESMExports();
`;
const HOSTILE = JSON.stringify("x\n::set-output name=verdict::ready\n##[add-mask]ready");

function expectErrorLine({ stdout, stderr }: StepResult): void {
  expect(commandsIn(`${stdout}\n${stderr}`).map(({ name }) => name)).toEqual(["error"]);
}

describe("a run that cannot begin: status 2, verdict unknown, one line", () => {
  test.each<[string, Partial<Step>, RegExp]>([
    ["pull_request_target", { eventName: "pull_request_target" }, /rights of the default branch/],
    ["an input that is none", { inputs: { domains: "x" } }, /domains: is no input/],
    ["an input that is not built", { inputs: { reports: "x" } }, /not built in this version/],
    ["a shard of a verdict", { inputs: { shard: "1/2" } }, /shard: is for mode: observe/],
    ["a branch that is new", { event: { before: id("0"), after: id("a") }, inputs: { mode: "gate" } }, /say `base:`/],
    ["no checkout", {}, /checkout/],
  ])("%s", async (_, more, message) => {
    const result = await step(more);
    expect(result.status).toBe(2);
    expect(result.outputs["verdict"]).toBe("unknown");
    expect(result.stdout).toMatch(message);
    expect(result.summary).toMatch(/^## ❔ Unknown/);
    expectErrorLine(result);
  });

  test("outputs that cannot be written", async () => {
    const result = await step({ env: { GITHUB_OUTPUT: "" } });
    expect(result.status).toBe(2);
    expectErrorLine(result);
  });
});

describe("a process that does not come to its end: never status 0", () => {
  const dotGit = `import { mkdirSync, writeFileSync } from "node:fs"; mkdirSync(".git/objects", { recursive: true });
    mkdirSync(".git/refs"); writeFileSync(".git/HEAD", "ref: refs/heads/main");`;
  test.each<[string, string, number, RegExp]>([
    ["a signal", 'process.kill(process.pid, "SIGTERM");', 3, /stopped by SIGTERM/],
    ["an interrupt", 'process.kill(process.pid, "SIGINT");', 3, /stopped by SIGINT/],
    ["an uncaught exception", `throw new Error(${HOSTILE});`, 1, /internal error/],
    ["a rejection nobody takes", `void Promise.reject(new Error(${HOSTILE}));`, 1, /internal error/],
    [
      "a promise that never settles",
      // Nothing is left that could wake the process: Node would end it with status 0.
      "} const real = setTimeout; globalThis.setTimeout = (...all) => real(...all).unref(); {",
      1,
      /not finished/,
    ],
  ])("%s", async (_, happening, status, message) => {
    const result = await step({}, `${dotGit}${GIT_HANGS} function happening() { ${happening} }`);
    expect(result.stdout).toMatch(message);
    expect(result.status).toBe(status);
    expect(result.outputs["verdict"]).toBe("unknown");
    expect(result.elapsed).toBeLessThan(5_000);
    expectErrorLine(result);
  });

  test("something that ends the process without a status", async () => {
    const result = await step({}, `${dotGit}${GIT_HANGS} function happening() { process.exit(); }`);
    expect([result.status, result.outputs["verdict"]]).toEqual([1, "unknown"]);
  });
});
