// The workflows of the pages: whoever copies one gets pins, the least permissions, and inputs that are there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { OPTIONS, parseOptions } from "../src/options.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: unknown;
  readonly if?: string;
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
const FOLDER = "docs/recipes";
const INDEX = `${FOLDER}/README.md`;
const single = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .map((name) => join(FOLDER, name));

/** Every workflow of a page; a file that a workflow goes with begins with its path in a comment. */
const workflowsOf = (path: string): readonly string[] =>
  [...readFileSync(path, "utf8").matchAll(/```yaml\n(?!# )([^]*?)```/g)].map(([, found = ""]) => found);

const inPages = [page, verify, sarif].flatMap((text) =>
  [...text.matchAll(/^### (.*)\n(?:(?!^### )[^])*?```yaml\n(?!# )([^]*?)```/gm)].map(
    ([, title = "", found = ""]) => [title, found, parse(found) as Recipe] as const,
  ),
);

const inFolder = single.flatMap((path) =>
  workflowsOf(path).map((found) => [path, found, parse(found) as Recipe] as const),
);
const recipes = [...inPages, ...inFolder];

test("there are four, two that verify, and one that uploads", () => expect(inPages).toHaveLength(7));
test("each page of the folder has one", () => expect(inFolder.map(([path]) => path)).toEqual(single));

/** What an expression could come to. */
const VALUES: Readonly<Record<string, string>> = {
  "matrix.shard": "1",
  "github.sha": "a".repeat(40),
  "env.PROBE_KEY != '' && 'socks5://127.0.0.1:1080' || ''": "socks5://127.0.0.1:1080",
};
const filled = (text: string): string =>
  text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => VALUES[expression] ?? `unknown: ${expression}`);

/** It runs the gate's own runs again, and neither checks out nor judges anything. */
const isAgain = ({ steps }: Job): boolean => steps.every(({ uses }) => uses === undefined);
const isGate = ({ uses }: Step): boolean => uses?.startsWith("OWNER/mta-sts-gate@") ?? false;
const isCheckout = ({ uses }: Step): boolean => uses?.startsWith("actions/checkout@") ?? false;

describe.each(recipes)("%s", (_, text, { on, permissions, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("no permission at the top; each job those it needs, and a time by which it ends", () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      const { contents, "pull-requests": comments = "write", ...more } = job.permissions ?? {};
      if (isAgain(job)) {
        expect(job.permissions).toEqual({ actions: "write", "pull-requests": "read" });
        continue;
      }
      const uploads = job.steps.some(({ uses }) => uses?.startsWith("github/codeql-action/upload-sarif@"));
      expect([contents, comments, more]).toEqual(["read", "write", uploads ? { "security-events": "write" } : {}]);
    }
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
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
    const gates = steps.filter(isGate);
    expect(gates.length > 0).toBe(!Object.values(jobs).every(isAgain));
    for (const { with: given = {} } of gates) {
      const inputs = Object.entries(given).map(([name, value]) => [name, filled(String(value))] as const);
      expect(OPTIONS.map(({ name }) => name)).toEqual(expect.arrayContaining(inputs.map(([name]) => name)));
      expect(() => parseOptions(Object.fromEntries(inputs))).not.toThrow();
    }
  });
});

describe.each(inFolder)("%s", (_, __, { jobs }) => {
  test("every checkout says its depth, and the gate has the history", () => {
    for (const { steps } of Object.values(jobs)) {
      const depths = steps.filter(isCheckout).map((step) => step.with?.["fetch-depth"]);
      for (const depth of depths) expect(depth).toBeTypeOf("number");
      if (steps.some(isGate)) expect(depths).toEqual([0]);
    }
  });

  test("a gate whose needs failed is not skipped: a skipped required check counts as passed", () => {
    for (const job of Object.values(jobs))
      if (job.steps.some(isGate)) expect(job.if).toBe(job.needs === undefined ? undefined : "${{ always() }}");
  });
});

/** As GitHub makes the fragment of a heading. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const linked = ["README.md", "docs/troubleshooting.md", "docs/versioning.md", "docs/command-line.md", INDEX, ...single];
describe.each(linked)("the links of %s", (path) => {
  const text = readFileSync(path, "utf8");
  const targets = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = ""]) => target);

  test("lead to files and headings that are there", () => {
    for (const target of targets) {
      const [file = "", fragment] = target.split("#");
      const to = file === "" ? path : join(dirname(path), file);
      expect(existsSync(to), target).toBe(true);
      if (fragment === undefined) continue;
      const headings = [...readFileSync(to, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slug(heading));
      expect(headings, target).toContain(fragment);
    }
  });
});

test("the index has every page of the folder once, and the README has the index", () => {
  const rows = [...readFileSync(INDEX, "utf8").matchAll(/^\| \[[^\]]+\]\(([a-z0-9-]+\.md)\)/gm)];
  expect(rows.map(([, name = ""]) => join(FOLDER, name)).toSorted()).toEqual(single.toSorted());
  expect(readFileSync("README.md", "utf8")).toContain(`(${INDEX})`);
});

test("the lines that the page shows are evidence", async () => {
  const { isEvidenceLine } = await import("../src/run/later/evidence-schema.ts");
  const [, shown = ""] = /```json\n([^]*?)```/.exec(page) ?? [];
  const lines = shown.trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(isEvidenceLine(JSON.parse(line)), line).toBe(true);
});
