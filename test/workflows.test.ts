// Our own workflows keep to what SECURITY.md promises; the README's example keeps to it too.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

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

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = ".github/workflows";
const read = (path: string): Workflow => parse(readFileSync(path, "utf8"));
const stepsOf = (workflow: Workflow): readonly Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps);

/** Third-party code runs only at a commit that someone has read, never at a tag that can move. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

test("there are workflows to look at", () => {
  expect(readdirSync(folder).sort()).toEqual(["ci.yml", "codeql.yml", "self.yml"]);
});

describe.each(readdirSync(folder))("%s", (name) => {
  const path = `${folder}/${name}`;
  const workflow = read(path);

  test("gives no permission at the top and names those of every job", () => {
    expect(workflow.permissions).toEqual({});
    for (const [id, job] of Object.entries(workflow.jobs)) expect(job.permissions, id).toBeTypeOf("object");
  });

  test("writes nothing but code scanning results", () => {
    const written = Object.values(workflow.jobs)
      .flatMap(({ permissions = {} }) => Object.entries(permissions))
      .filter(([, access]) => access !== "read")
      .map(([scope]) => scope);
    expect(written.filter((scope) => scope !== "security-events")).toEqual([]);
  });

  test("never runs in a context that gives a fork's code a token", () => {
    const events = JSON.stringify(workflow.on);
    expect(events).not.toMatch(/pull_request_target|workflow_run|issue_comment/);
  });

  test("pins every action by commit, with its version beside it", () => {
    for (const { uses } of stepsOf(workflow)) if (uses && uses !== "./") expect(uses).toMatch(PINNED);
    const lines = readFileSync(path, "utf8").split("\n");
    for (const line of lines.filter((text) => /uses: [^.]/.test(text)))
      expect(line).toMatch(/@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$/);
  });

  test("leaves no credentials in the checkout", () => {
    for (const step of stepsOf(workflow))
      if (step.uses?.startsWith("actions/checkout@")) expect(step.with?.["persist-credentials"]).toBe(false);
  });

  test("puts no expression into a shell command", () => {
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{");
  });

  test("ends by itself", () => {
    for (const [id, job] of Object.entries(workflow.jobs)) expect(job["timeout-minutes"], id).toBeLessThanOrEqual(20);
  });
});

test("the README's workflow gives the least permissions and fits in twelve lines", () => {
  const [, example = ""] = /```yaml\n(name: MTA-STS\n[\s\S]*?)```/.exec(readFileSync("README.md", "utf8")) ?? [];
  expect(example.trimEnd().split("\n").length).toBeLessThanOrEqual(12);
  const workflow: Workflow = parse(example);
  expect(workflow.permissions).toEqual({});
  expect(workflow.on).toContain("merge_group");
  expect(workflow.jobs["gate"]?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
  const [checkout] = stepsOf(workflow);
  expect(checkout?.uses).toMatch(PINNED);
  expect(checkout?.with?.["persist-credentials"]).toBe(false);
});

test("Dependabot watches both ecosystems, in groups, and waits a week", () => {
  const { updates } = parse(readFileSync(".github/dependabot.yml", "utf8"));
  const watched = updates.map((update: Record<string, unknown>) => update["package-ecosystem"]);
  expect(watched).toEqual(["npm", "github-actions"]);
  for (const update of updates) {
    expect(update.cooldown["default-days"]).toBeGreaterThanOrEqual(7);
    expect(Object.keys(update.groups)).not.toEqual([]);
  }
});
