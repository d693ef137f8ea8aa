import { describe, expect, test } from "vitest";
import { readEvent } from "../../src/action/event.ts";
import { OptionError } from "../../src/errors.ts";
import type { RunEvent } from "../../src/run/run-event.ts";
import { temporaryFile, temporaryFolder } from "./temporary.ts";

const id = (digit: string): string => digit.repeat(40);
const [MERGE, BASE, HEAD, ZERO] = [id("a"), id("b"), id("c"), id("0")];
const OPTIONS = { base: undefined, mode: "auto" } as const;

const pullRequest = {
  repository: { full_name: "org/repo" },
  pull_request: {
    number: 7,
    user: { login: "someone" },
    base: { sha: BASE },
    head: { sha: HEAD, repo: { full_name: "org/repo" } },
  },
};
const from = (more: object): object => ({ ...pullRequest, pull_request: { ...pullRequest.pull_request, ...more } });

function eventOf(name: string, payload: unknown, more: { env?: object; options?: object } = {}): RunEvent {
  const path = temporaryFile(typeof payload === "string" ? payload : JSON.stringify(payload));
  const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_SHA: MERGE, ...more.env };
  return readEvent(env, { ...OPTIONS, ...more.options });
}

const refusal = (read: () => unknown): { option: string; message: string } => {
  try {
    read();
  } catch (error) {
    if (error instanceof OptionError) return { option: error.option, message: error.message };
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("events with a base", () => {
  test("pull_request: the merge commit against its first parent", () => {
    expect(eventOf("pull_request", pullRequest)).toEqual({
      name: "pull_request",
      commit: MERGE,
      base: { kind: "first-parent", otherwise: BASE },
      pullRequest: { number: 7, head: HEAD, from: "repository" },
      work: "gate",
    });
  });

  test("merge_group: its own two ids, whatever GITHUB_SHA says", () => {
    const event = eventOf("merge_group", { merge_group: { head_sha: HEAD, base_sha: BASE } });
    const base = { kind: "commit", id: BASE };
    expect(event).toEqual({ name: "merge_group", commit: HEAD, base, pullRequest: null, work: "gate" });
  });

  test("push: after against before", () => {
    const event = eventOf("push", { before: BASE, after: HEAD, deleted: false });
    const base = { kind: "commit", id: BASE };
    expect(event).toEqual({ name: "push", commit: HEAD, base, pullRequest: null, work: "gate-then-verify" });
  });

  test("SHA-256 ids", () => {
    const [before, after] = ["1".repeat(64), "2".repeat(64)];
    expect(eventOf("push", { before, after })).toMatchObject({ commit: after, base: { id: before } });
  });

  test.each([
    ["pull_request", pullRequest, MERGE],
    ["push", { before: BASE, after: HEAD }, HEAD],
    ["push", { before: ZERO, after: HEAD }, HEAD],
    ["merge_group", { merge_group: { head_sha: HEAD, base_sha: BASE } }, HEAD],
    ["schedule", {}, MERGE],
    ["workflow_dispatch", {}, MERGE],
  ])("%s: the input base wins", (name, payload, commit) => {
    const event = eventOf(name, payload, { options: { base: "main" } });
    expect(event).toMatchObject({ commit, base: { kind: "revision", text: "main" } });
  });
});

describe("what is to be done (SPEC §7)", () => {
  const push = { before: BASE, after: HEAD };
  const group = { merge_group: { head_sha: HEAD, base_sha: BASE } };
  test.each([
    ["pull_request", pullRequest, "auto", "gate"],
    ["merge_group", group, "auto", "gate"],
    ["push", push, "auto", "gate-then-verify"],
    ["push", { before: ZERO, after: HEAD }, "auto", "verify"],
    ["schedule", {}, "auto", "verify"],
    ["workflow_dispatch", {}, "auto", "verify"],
    ["push", push, "gate", "gate"],
    ["push", push, "verify", "verify"],
    ["pull_request", pullRequest, "verify", "verify"],
    ["schedule", {}, "verify", "verify"],
  ] as const)("%s %j in mode %s: %s", (name, payload, mode, work) => {
    expect(eventOf(name, payload, { options: { mode } }).work).toBe(work);
  });

  const repository = { full_name: "org/repo", default_branch: "main" };
  test.each([
    ["refs/heads/main", {}, "gate-then-verify"],
    ["refs/heads/topic", {}, "gate"],
    ["refs/tags/main", {}, "gate"],
    ["refs/heads/main", { before: ZERO }, "verify"],
  ] as const)("a push to %s %j: %s", (ref, more, work) => {
    expect(eventOf("push", { ...push, repository, ref, ...more }).work).toBe(work);
  });

  test("a topic branch that is new has nothing to gate against, and nothing is deployed from it", () => {
    const payload = { before: ZERO, after: HEAD, repository, ref: "refs/heads/topic" };
    expect(refusal(() => eventOf("push", payload)).message).toMatch(/created its branch.*`base:`/);
    expect(eventOf("push", payload, { options: { mode: "verify" } }).work).toBe("verify");
    expect(eventOf("push", payload, { options: { mode: "observe" } }).base).toEqual({ kind: "commit", id: HEAD });
  });

  test.each([
    ["schedule", "gate"],
    ["push", "gate-then-verify"],
  ] as const)("%s with a base said: %s", (name, work) => {
    expect(eventOf(name, { before: ZERO, after: HEAD }, { options: { base: "main" } }).work).toBe(work);
  });

  test.each([
    ["push", { before: ZERO, after: HEAD }, HEAD],
    ["schedule", {}, MERGE],
  ])("%s: nothing to judge against but the commit itself", (name, payload, commit) => {
    expect(eventOf(name, payload)).toMatchObject({ commit, base: { kind: "commit", id: commit } });
  });
});

describe("where a pull request comes from", () => {
  test.each([
    ["another repository", from({ head: { sha: HEAD, repo: { full_name: "fork/repo" } } }), {}, "fork"],
    ["a fork that was deleted", from({ head: { sha: HEAD, repo: null } }), {}, "fork"],
    ["no repository in the payload", { pull_request: pullRequest.pull_request }, {}, "fork"],
    ["Dependabot runs", pullRequest, { GITHUB_ACTOR: "dependabot[bot]" }, "dependabot"],
    ["Dependabot wrote", from({ user: { login: "dependabot[bot]" } }), {}, "dependabot"],
    ["letter case", from({ head: { sha: HEAD, repo: { full_name: "Org/Repo" } } }), {}, "repository"],
  ])("%s", (_, payload, env, expected) => {
    expect(eventOf("pull_request", payload, { env }).pullRequest?.from).toBe(expected);
  });
});

describe("events that are refused", () => {
  test.each([
    ["pull_request_target", pullRequest, "on", /rights of the default branch/],
    ["workflow_run", { workflow_run: { head_sha: HEAD } }, "on", /rights of the default branch/],
    ["push", { before: BASE, after: ZERO, deleted: true }, "on", /deletes its branch/],
  ])("%s", (name, payload, option, message) => {
    const refused = refusal(() => eventOf(name, payload));
    expect(refused.option).toBe(option);
    expect(refused.message).toMatch(message);
  });

  test("pull_request_target is refused though base is said", () => {
    expect(refusal(() => eventOf("pull_request_target", pullRequest, { options: { base: "main" } })).option).toBe("on");
  });

  test.each([
    ["push", { before: ZERO, after: HEAD }, /created its branch.*`base:`/],
    ["schedule", {}, /names no base.*`base:`/],
    ["workflow_dispatch", {}, /`base:`/],
    ["", {}, /`base:`/],
  ])("mode gate without a base: %s", (name, payload, message) => {
    const refused = refusal(() => eventOf(name, payload, { options: { mode: "gate" } }));
    expect([refused.option, refused.message]).toEqual(["base", expect.stringMatching(message)]);
  });
});

describe("payloads that are none", () => {
  test.each([
    ["no JSON", "{"],
    ["null", null],
    ["an array", []],
    ["a branch for an id", from({ base: { sha: "main" } })],
    ["an option of git for an id", from({ head: { sha: "--upload-pack=x", repo: null } })],
    ["a short id", from({ base: { sha: "abcdef1" } })],
    ["capitals", from({ base: { sha: id("A") } })],
    ["a line behind the id", from({ base: { sha: `${BASE}\n` } })],
    ["a number that is a text", from({ number: "7" })],
    ["number 0", from({ number: 0 })],
    ["number 1.5", from({ number: 1.5 })],
    ["an inherited property", from({ base: Object.create({ sha: BASE }) })],
  ])("%s", (_, payload) => {
    expect(refusal(() => eventOf("pull_request", payload)).option).toBe("GITHUB_EVENT_PATH");
  });

  test.each([
    ["missing", () => `${temporaryFolder()}/none`],
    ["a folder", () => temporaryFolder()],
    ["not said", () => ""],
  ])("a file that is %s", (_, path) => {
    const env = { GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: path(), GITHUB_SHA: MERGE };
    expect(refusal(() => readEvent(env, OPTIONS)).option).toBe("GITHUB_EVENT_PATH");
  });

  test("GITHUB_SHA that is no id", () => {
    expect(refusal(() => eventOf("pull_request", pullRequest, { env: { GITHUB_SHA: "HEAD" } })).option).toBe(
      "GITHUB_SHA",
    );
  });
});
