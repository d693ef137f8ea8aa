import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { CHECKS } from "../../../src/cli/doctor/check.ts";
import { workflowChecks } from "../../../src/cli/doctor/workflow-checks.ts";

const PATH = ".github/workflows/a.yml";
const read = (text: string) => workflowChecks([{ path: PATH, text }]);

/** Something that may stand anywhere in a workflow: what belongs there, and what does not. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, "", 5, true, [], {}, [null], "write-all", "read-all", "${{ x }}", "__proto__"),
  fc.anything({ maxDepth: 2, withNullPrototype: false }).filter((value) => JSON.stringify(value) !== undefined),
);
const step = fc.oneof(
  odd,
  fc.record({
    uses: fc.constantFrom<unknown>(
      "a/mta-sts-gate@v1",
      "actions/checkout@v4",
      `x/mta-sts-gate@${"a".repeat(40)}`,
      5,
      null,
    ),
    with: fc.oneof(odd, fc.record({ "fetch-depth": odd, "persist-credentials": odd, comment: odd })),
  }),
);
const job = fc.oneof(odd, fc.record({ name: odd, permissions: odd, steps: fc.oneof(odd, fc.array(step)) }));
const events = fc.oneof(
  odd,
  fc.subarray(["pull_request", "merge_group", "push", "pull_request_target"]),
  fc.record({ pull_request: odd, merge_group: odd }),
);
const workflow = fc.record({ on: events, permissions: odd, jobs: fc.oneof(odd, fc.dictionary(fc.string(), job)) });

describe("whatever a workflow is", () => {
  test("it is told, never thrown; every problem has a fix", () => {
    fc.assert(
      fc.property(workflow, (found) => {
        const checks = read(stringify(JSON.parse(JSON.stringify(found))));
        expect(checks.some(({ check }) => check === "workflow")).toBe(true);
        for (const { check, outcome, fix } of checks) {
          expect(Object.keys(CHECKS)).toContain(check);
          if (outcome === "problem") expect(fix).toBeTypeOf("string");
        }
      }),
    );
  });

  test("and so is what is no workflow", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(read(text).length).toBeGreaterThan(0);
      }),
    );
  });

  test.each([
    "*x",
    "a: *x",
    "? {a: b}\n: c",
    "<<: *a",
    "jobs: &a\n  b: *a",
    "%YAML 9.9\n---\na: 1",
    "a: !!js/function x",
  ])("%j", (text) => expect(read(text).map(({ outcome }) => outcome)).not.toContain("ok"));
});

test("a mapping that says toString is a mapping", () => {
  const text = `on: [{ toString: 1 }, push]\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: { fetch-depth: { toString: 1 }, persist-credentials: { toString: 1 } }\n      - uses: a/mta-sts-gate@v1\n`;
  const wrong = read(text).flatMap(({ check, outcome }) => (outcome === "problem" ? [check] : []));
  expect(wrong).toEqual(["permissions", "checkout", "credentials", "pinned"]);
});

test("a job whose name is everybody's is found by its own keys", () => {
  const text = `on: push\njobs:\n  __proto__:\n    steps:\n      - uses: a/mta-sts-gate@v1\n`;
  expect(read(text).find(({ check }) => check === "pinned")).toMatchObject({ outcome: "problem" });
});
