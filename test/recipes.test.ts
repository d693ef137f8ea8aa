// The workflows of the pages: whoever copies one gets pins, the least permissions, and inputs that are there.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { OPTIONS, parseOptions } from "../src/options.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Recipe {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const page = readFileSync("docs/evidence.md", "utf8");
const verify = readFileSync("docs/verify.md", "utf8");
const sarif = readFileSync("docs/reporters/sarif.md", "utf8");
const recipes = [page, verify, sarif].flatMap((text) =>
  // A file that the workflow goes with begins with its path in a comment.
  [...text.matchAll(/^### (.*)\n(?:(?!^### )[^])*?```yaml\n(?!# )([^]*?)```/gm)].map(
    ([, title = "", found = ""]) => [title, found, parse(found) as Recipe] as const,
  ),
);

test("there are four, two that verify, and one that uploads", () => expect(recipes).toHaveLength(7));

/** What an expression could come to. */
const VALUES: Readonly<Record<string, string>> = {
  "matrix.shard": "1",
  "github.sha": "a".repeat(40),
  "env.PROBE_KEY != '' && 'socks5://127.0.0.1:1080' || ''": "socks5://127.0.0.1:1080",
};
const filled = (text: string): string =>
  text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => VALUES[expression] ?? `unknown: ${expression}`);

describe.each(recipes)("%s", (_, text, { on, permissions, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("no permission at the top; each job those it needs, and a time by which it ends", () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      const { contents, "pull-requests": comments = "write", ...more } = job.permissions ?? {};
      const uploads = job.steps.some(({ uses }) => uses?.startsWith("github/codeql-action/upload-sarif@"));
      expect([contents, comments, more]).toEqual(["read", "write", uploads ? { "security-events": "write" } : {}]);
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
    }
  });

  test("every action at a commit, with its version beside it where the commit is said", () => {
    const lines = text.split("\n").filter((line) => line.includes("uses:"));
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses).length);
    for (const line of lines) expect(line).toMatch(/@(?:COMMIT|[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  test("no credentials in the checkout, no expression in a shell, no event that lends rights", () => {
    for (const step of steps) {
      if (step.uses?.startsWith("actions/checkout@")) expect(step.with?.["persist-credentials"]).toBe(false);
      expect(step.run ?? "").not.toContain("${{");
    }
    expect(JSON.stringify(on)).not.toMatch(/pull_request_target|workflow_run/);
  });

  test("inputs of the gate that are there", () => {
    const gates = steps.filter(({ uses }) => uses?.startsWith("OWNER/mta-sts-gate@"));
    expect(gates.length).toBeGreaterThan(0);
    for (const { with: given = {} } of gates) {
      const inputs = Object.entries(given).map(([name, value]) => [name, filled(String(value))] as const);
      expect(OPTIONS.map(({ name }) => name)).toEqual(expect.arrayContaining(inputs.map(([name]) => name)));
      expect(() => parseOptions(Object.fromEntries(inputs))).not.toThrow();
    }
  });
});

test("the lines that the page shows are evidence", async () => {
  const { isEvidenceLine } = await import("../src/run/later/evidence-schema.ts");
  const [, shown = ""] = /```json\n([^]*?)```/.exec(page) ?? [];
  const lines = shown.trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(isEvidenceLine(JSON.parse(line)), line).toBe(true);
});
