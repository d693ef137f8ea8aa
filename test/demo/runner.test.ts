import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outputsIn, runStep, type Step } from "../../src/demo/runner.ts";

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "mta-sts-gate-test-")));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `text` as the bundle. */
async function ran(text: string, more: Partial<Step> = {}): Promise<Awaited<ReturnType<typeof runStep>>> {
  const main = join(folder, `${text.length}.mjs`);
  await writeFile(main, `import { appendFileSync, readFileSync } from "node:fs";\n${text}`);
  const step = { main, workspace: folder, eventName: "pull_request", event: { number: 1 }, sha: "a".repeat(40) };
  return runStep({ ...step, inputs: { "ca-file": "root.pem", "two words": "x" }, ...more });
}

test("the bundle sees a runner's environment, and nothing of ours", async () => {
  process.env["LEAKED"] = "yes";
  const { stdout, status } = await ran(
    `const { env } = process; const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH));
     console.log(JSON.stringify([env["INPUT_CA-FILE"], env.INPUT_TWO_WORDS, env.GITHUB_SHA, event, process.cwd(), env.LEAKED]));`,
  );
  expect(JSON.parse(stdout)).toEqual(["root.pem", "x", "a".repeat(40), { number: 1 }, folder, null]);
  expect(status).toBe(0);
});

test("status, streams, outputs and summary come back", async () => {
  const result = await ran(
    `appendFileSync(process.env.GITHUB_OUTPUT, "verdict<<E\\nready\\nE\\n");
     appendFileSync(process.env.GITHUB_STEP_SUMMARY, "# well");
     console.log("out"); console.error("err"); process.exitCode = 3;`,
  );
  expect(result).toMatchObject({
    status: 3,
    stdout: "out\n",
    stderr: "err\n",
    outputs: { verdict: "ready" },
    summary: "# well",
  });
});

test("a step that never ends is ended", async () => {
  expect((await ran("setInterval(() => {}, 1000);", { timeout: 150 })).status).toBeNull();
});

test("outputs in both notations, of several lines, and without an end", () => {
  expect(outputsIn("a=1=2\nb<<X\none\n\ntwo\nX\nc=\n")).toEqual({ a: "1=2", b: "one\n\ntwo", c: "" });
});
