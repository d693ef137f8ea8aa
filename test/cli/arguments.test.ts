import { describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.ts";
import { OptionError } from "../../src/errors.ts";

/** The error that reading these arguments ends with. */
function refusal(...argv: readonly string[]): OptionError {
  try {
    readArguments(argv);
  } catch (error) {
    if (error instanceof OptionError) return error;
    throw error;
  }
  throw new Error(`${argv.join(" ")} was taken`);
}

describe("readArguments", () => {
  test.each<[readonly string[], object]>([
    [[], { command: "help" }],
    [["-h"], { command: "help" }],
    [["gate", "--help"], { command: "help" }],
    [["--version"], { command: "version" }],
    [["gate"], { command: "gate", operands: [], options: {}, format: undefined }],
    [["gate", "example.com", "--base", "main"], { operands: ["example.com"], options: { base: "main" } }],
    [["--base=a=b", "gate"], { command: "gate", options: { base: "a=b" } }],
    [["gate", "--all", "example.com"], { operands: ["example.com"], options: { all: "true" } }],
    [["gate", "--all=false"], { options: { all: "false" } }],
    [["gate", "--records", "a", "--records", "b"], { options: { records: "a\nb" } }],
    [["gate", "--format", "json"], { options: {}, format: "json" }],
    [["lint", "-"], { command: "lint", operands: ["-"] }],
    [["lint", "--", "--format", "-x"], { operands: ["--format", "-x"], format: undefined }],
    [["gate", "--policy=--odd"], { options: { policy: "--odd" } }],
    [
      ["observe", "a.example", "b.example", "--evidence-file=f"],
      { command: "observe", options: { "evidence-file": "f" } },
    ],
    [["plan", "a.example", "add-mx", "b"], { command: "plan", operands: ["a.example", "add-mx", "b"] }],
    [["judge", "--evidence", "a", "--evidence", "b"], { command: "judge", options: { evidence: "a\nb" } }],
    [["gate"], { fix: false }],
    [["init", "a.example", "--policy", "p"], { command: "init", operands: ["a.example"], options: { policy: "p" } }],
    [["doctor", "--records", "a"], { command: "doctor", operands: [], options: { records: "a" } }],
    [["verify", "a.example", "--wait-for-deploy", "5m"], { command: "verify", options: { "wait-for-deploy": "5m" } }],
    [["gate", "--fix", "example.com"], { operands: ["example.com"], options: {}, fix: true }],
    [["collect", "--records", "zones/*", "a.example"], { operands: ["a.example"], options: { records: "zones/*" } }],
  ])("%j", (argv, expected) => expect(readArguments(argv)).toMatchObject(expected));

  test.each<[readonly string[], string, RegExp]>([
    [["judges"], "judges", /is no command/],
    [["gate", "--bases", "x"], "--bases", /is no option/],
    [["gate", "--bases"], "--bases", /is no option/],
    [["gate", "--=x"], "--=x", /is no option/],
    [["lint", "-x"], "-x", /is no option/],
    [["gate", "--base"], "--base", /needs a value/],
    [["gate", "--base", "--all"], "--base", /needs a value/],
    [["gate", "--base", "a", "--base", "b"], "--base", /said twice/],
    [["gate", "--format", "json", "--format=text"], "--format", /said twice/],
    [["lint", "f", "--fail-on", "never"], "--fail-on", /says nothing to lint/],
    [["gate", "--wait-for-deploy", "5m"], "--wait-for-deploy", /says nothing to gate/],
    [["judge", "--wait-for-deploy", "5m"], "--wait-for-deploy", /says nothing to judge/],
    [["verify", "--base", "main"], "--base", /says nothing to verify/],
    [["verify", "--fix"], "--fix", /says nothing to verify/],
    [["lint", "f", "--fix"], "--fix", /says nothing to lint/],
    [["init", "a.example", "--config", "x"], "--config", /says nothing to init/],
    [["doctor", "--base", "x"], "--base", /says nothing to doctor/],
    [["collect", "--fix"], "--fix", /says nothing to collect/],
    [["collect", "--resolver", "192.0.2.1"], "--resolver", /says nothing to collect/],
    [["observe", "a.example", "--records", "x"], "--records", /says nothing to observe/],
    [["observe", "a.example", "--mode", "observe"], "--mode", /says nothing to observe/],
    [["judge", "--resolver", "192.0.2.1"], "--resolver", /says nothing to judge/],
    [["judge", "--evidence-file", "x"], "--evidence-file", /says nothing to judge/],
  ])("%j is refused", (argv, option, message) => {
    const error = refusal(...argv);
    expect([error.option, error.message]).toEqual([option, expect.stringMatching(message)]);
  });

  test.each(["report", "demo"])("%s is not built, and what is built is named", (command) => {
    const error = refusal(command, "example.com");
    expect(error.message).toMatch(/not built in this version/);
    expect(error.allowed).toEqual([
      "gate",
      "collect",
      "verify",
      "observe",
      "judge",
      "plan",
      "lint",
      "init",
      "doctor",
      "help",
      "version",
    ]);
  });

  test("an option that is none names those that are", () => {
    expect(refusal("gate", "--nope").allowed).toEqual(expect.arrayContaining(["--format", "--base", "--records"]));
    expect(refusal("gate", "--nope").allowed).not.toContain("--reports");
  });
});
