import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonV1 } from "../../src/report/json-v1.ts";
import { GOLDENS, reported } from "./fold.ts";
import { hostileText } from "./hostile.ts";
import { BLOCKED, CONTEXT, hostileRun, hostileVerdict, READY, runOf } from "./verdicts.ts";

const SCHEMA: unknown = JSON.parse(readFileSync(new URL("../../schema/report-v1.json", import.meta.url), "utf8"));
const valid = new Ajv2020({ strict: true, allErrors: true }).compile(SCHEMA as object);
const faults = (report: unknown): string[] =>
  valid(report) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

it.each(GOLDENS)("$title", async ({ title, domains, run }) => {
  await expect(reported(jsonV1, domains, { run })).toMatchFileSnapshot(`expected/${title}.report.json`);
});

// The hostile golden breaks enumerations on purpose, as forged evidence would.
it.each(GOLDENS.filter(({ title }) => title !== "hostile"))("$title is valid by the schema", ({ domains, run }) => {
  expect(faults(JSON.parse(reported(jsonV1, domains, { run })))).toEqual([]);
});

it("has the names of SPEC section 6", () => {
  const report = JSON.parse(reported(jsonV1, [BLOCKED]));
  expect(report).toMatchObject({ version: 1, verdict: "blocked", mode: "gate", vantage: { port25: "blocked" } });
  expect(report.domains[0]).toMatchObject({ policyDomain: "example.com", suggestedId: "20261123T120000" });
  expect(report.domains[0].rules[2]).toMatchObject({
    rule: "mx-not-covered",
    outcome: "failed",
    level: "error",
    findings: [{ location: { file: "public/.well-known/mta-sts.txt", line: 4 }, resultType: "validation-failure" }],
  });
  expect(report.domains[0].deliveries[0].hosts[1]).toEqual({
    host: "mx2.example.com",
    verdict: "refused",
    resultType: "validation-failure",
    reasonCode: "mtasts-policy-mx-mismatch",
    addresses: [],
  });
});

describe("the schema refuses", () => {
  const report = () => JSON.parse(reported(jsonV1, [BLOCKED]));
  const edits: Record<string, (report: ReturnType<typeof JSON.parse>) => void> = {
    "another version": (r) => (r.version = 2),
    "a verdict that is none": (r) => (r.domains[0].verdict = "ok"),
    "a missing verdict": (r) => delete r.verdict,
    "a time that is none": (r) => (r.asOf = "yesterday"),
    "a refused host without its result type": (r) => delete r.domains[0].deliveries[0].hosts[1].resultType,
    "a failed rule without findings": (r) => (r.domains[0].rules[2].findings = []),
    "an unknown rule without what is missing": (r) =>
      (r.domains[0].rules[0] = { ...r.domains[0].rules[0], outcome: "unknown" }),
    "a waived rule without who waived it": (r) =>
      (r.domains[0].rules[0] = { ...r.domains[0].rules[0], outcome: "waived" }),
    "a line below 1": (r) => (r.domains[0].rules[2].findings[0].location.line = 0),
    "a field that is none": (r) => (r.domains[0].extra = 1),
    "a negative count": (r) => (r.counts.errors = -1),
  };
  it.each(Object.entries(edits))("%s", (_, edit) => {
    const edited = report();
    edit(edited);
    expect(faults(edited)).not.toEqual([]);
  });
});

it("what is emitted early and what is finished are the same report", () => {
  const pieces: string[] = [];
  const context = { ...CONTEXT, emit: (piece: string) => void pieces.push(piece) };
  const rest = reported(jsonV1, [READY, BLOCKED], { context });
  expect(pieces.join("") + rest).toBe(reported(jsonV1, [READY, BLOCKED]));
  expect(rest).not.toContain("policyDomain");
});

it("is printable ASCII and says back what it was told", () =>
  fc.assert(
    fc.property(hostileText, (text) => {
      const report = reported(jsonV1, [hostileVerdict(text)], { run: hostileRun(text) });
      expect(report).toMatch(/^[\x20-\x7e\n]*$/);
      const read = JSON.parse(report);
      expect(read.domains[0].rules[1].findings[0].message).toBe(text);
      expect(read.verdict).toBe("blocked");
    }),
    { numRuns: 300 },
  ));

it("nothing to judge is a report too", () => {
  expect(JSON.parse(reported(jsonV1, [], { run: runOf() })).domains).toEqual([]);
});
