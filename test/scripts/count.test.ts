// The line that .ci/run ends with.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "count-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const results = (passed: number, failed: number, files: readonly (readonly string[])[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files.map((tests) => ({ status: "failed", assertionResults: tests.map((status) => ({ status })) })),
  });

test.each([
  ["all passed", results(12, 0), "0", "0", "12 passed, 0 failed", 0],
  ["a test failed", results(11, 1, [["passed", "failed"]]), "1", "0", "11 passed, 1 failed", 1],
  ["a file did not load", results(11, 0, [[]]), "1", "0", "11 passed, 1 failed", 1],
  ["the run ended badly though every test passed", results(12, 0), "1", "0", "12 passed, 1 failed", 1],
  ["another step broke", results(12, 0), "0", "2", "12 passed, 2 failed", 1],
  ["nothing ran", results(0, 0), "0", "0", "0 passed, 1 failed", 1],
  ["vitest did not start", "", "1", "0", "0 passed, 1 failed", 1],
])("%s", (name, json, status, broken, line, exit) => {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, json);
  const run = spawnSync(process.execPath, [".ci/count.mjs", file, status, broken], { encoding: "utf8" });
  expect(run.stdout).toBe(`${line}\n`);
  expect(run.status).toBe(exit);
});
