import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/action/run.ts";
import { NO_CONFIG, NO_ROLLOUT } from "../../src/config.ts";
import { OptionError } from "../../src/errors.ts";
import type { Docket } from "../../src/gate.ts";
import type { Proposal } from "../../src/proposal.ts";
import { PACE } from "../../src/run/deploy-wait.ts";
import type { Rooms } from "../../src/run/rooms.ts";
import { VERSION } from "../../src/run/version.ts";
import type { DomainVerdict, Vantage } from "../../src/verdict.ts";
import type { Network, Repository } from "../../src/world.ts";
import { commandsIn } from "../report/runner.ts";
import { READY } from "../report/verdicts.ts";
import { BOT, type GitHubHost, HEAD, startGitHub } from "./github-host.ts";
import { temporaryFile, temporaryFolder } from "./temporary.ts";

const [MERGE, BASE] = ["a".repeat(40), "b".repeat(40)];
const BLOCKED: DomainVerdict = { ...READY, verdict: "blocked", suggestedId: "20261123" };
const VANTAGE: Vantage = {
  port25: "open",
  ipv6: "none",
  resolver: "192.0.2.53",
  proxy: null,
  trustAnchors: "Mozilla roots",
  privateNetworks: "refused",
};
const proposalOf = ({ policyDomain }: DomainVerdict): Proposal => ({ policyDomain }) as Proposal;

interface Story {
  readonly verdicts?: readonly DomainVerdict[];
  /** Domains that collect finds; those of `verdicts` when not said. */
  readonly found?: readonly DomainVerdict[];
  readonly dockets?: Docket[];
  readonly config?: object;
}

function roomsOf({ verdicts = [], found = verdicts, dockets = [], config = {} }: Story): Rooms {
  return {
    openAt: async () => ({
      repository: { commit: MERGE, baseCommit: BASE } as Repository,
      notes: ["read through the API"],
      apiHost: "api.github.com",
      close: () => undefined,
    }),
    collect: async () => ({
      config: { ...NO_CONFIG, ...config },
      baseConfig: NO_CONFIG,
      proposals: found.map(proposalOf),
      mxOnly: [],
      origins: new Map(),
      notes: [],
      loosened: [],
    }),
    createNetwork: () => ({ vantage: () => VANTAGE, contacts: () => [] }) as unknown as Network,
    pace: PACE,
    gate: async function* (docket) {
      dockets.push(docket);
      yield* verdicts;
    },
  };
}

const payload = (fork: boolean): object => ({
  repository: { full_name: "org/repo" },
  pull_request: {
    number: 7,
    base: { sha: BASE },
    head: { sha: HEAD, repo: { full_name: fork ? "fork/repo" : "org/repo" } },
  },
});

interface Setting {
  readonly inputs?: Record<string, string>;
  readonly host?: GitHubHost;
  readonly fork?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

async function runStory(story: Story, { inputs = {}, host, fork = false, env: more = {} }: Setting = {}) {
  const env: NodeJS.ProcessEnv = {
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: temporaryFile(JSON.stringify(payload(fork))),
    GITHUB_SHA: MERGE,
    GITHUB_REPOSITORY: "org/repo",
    GITHUB_API_URL: host?.url,
    GITHUB_WORKSPACE: temporaryFolder(),
    GITHUB_OUTPUT: temporaryFile(""),
    GITHUB_STEP_SUMMARY: temporaryFile(""),
    ...(host ? { "INPUT_GITHUB-TOKEN": "ghs_secret" } : {}),
    ...Object.fromEntries(Object.entries(inputs).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text])),
    ...more,
  };
  const printed: string[] = [];
  const outcome = run({ env, print: (text) => void printed.push(text) }, roomsOf(story));
  const status = await outcome.catch((error: unknown) => error);
  const path = env["GITHUB_OUTPUT"] ?? "";
  const outputs = existsSync(path) ? readFileSync(path, "utf8") : "";
  const output = (name: string): string | undefined => new RegExp(`^${name}<<.*\n(.*)$`, "m").exec(outputs)?.[1];
  return { status, printed: printed.join(""), output, env };
}

describe("a whole run", () => {
  test("blocked: status 1, annotations, comment, summary, report file, outputs", async () => {
    const host = await startGitHub();
    const { status, output, env } = await runStory(
      { verdicts: [BLOCKED] },
      { host, inputs: { "report-file": "out/r.json", "sarif-file": "out/r.sarif", config: "c.yml" } },
    );
    expect(status).toBe(1);
    expect(host.comments).toHaveLength(1);
    expect(["verdict", "domains", "report-file", "sarif-file", "suggested-id", "comment-id"].map(output)).toEqual([
      "blocked",
      "1",
      "out/r.json",
      "out/r.sarif",
      "20261123",
      "101",
    ]);
    expect(readFileSync(env["GITHUB_STEP_SUMMARY"] ?? "", "utf8")).toContain("⛔ Blocked");
    const report = JSON.parse(readFileSync(join(env["GITHUB_WORKSPACE"] ?? "", "out/r.json"), "utf8"));
    expect(report).toMatchObject({
      verdict: "blocked",
      commit: MERGE,
      base: BASE,
      contacts: [{ name: "api.github.com" }, { name: new URL(host.url).host }],
    });
    expect(report.notes).toContain("read through the API");
    const sarif = JSON.parse(readFileSync(join(env["GITHUB_WORKSPACE"] ?? "", "out/r.sarif"), "utf8"));
    expect(sarif).toMatchObject({
      runs: [{ properties: { verdict: "blocked", commit: MERGE }, tool: { driver: { semanticVersion: VERSION } } }],
    });
    // It lies in no file, and the config is the one that the operator named.
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("c.yml");
    expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: "tlsrpt-missing", level: "warning" });
  });

  test("nothing touched: ready, status 0, no comment", async () => {
    const host = await startGitHub();
    const { status, output } = await runStory({}, { host });
    expect([status, output("verdict"), output("domains"), output("comment-id")]).toEqual([0, "ready", "0", ""]);
    expect(host.comments).toEqual([]);
  });

  test("a comment that was there turns green though nothing touches mail any more", async () => {
    const host = await startGitHub([{ id: 5, user: BOT, body: "<!-- mta-sts-gate:default -->\n## ⛔ Blocked" }]);
    await runStory({}, { host });
    expect(host.comments[0]?.body).toContain("✅ Ready");
  });

  test.each<[DomainVerdict["verdict"], Record<string, string>, number]>([
    ["ready", {}, 0],
    ["unknown", {}, 3],
    ["unknown", { "on-unknown": "warn" }, 0],
    ["blocked", {}, 1],
    ["blocked", { "fail-on": "never" }, 0],
  ])("%s with %j: status %d; the output is the verdict all the same", async (verdict, inputs, expected) => {
    const { status, output, printed } = await runStory({ verdicts: [{ ...BLOCKED, verdict }] }, { inputs });
    expect([status, output("verdict")]).toEqual([expected, verdict]);
    expect(printed.includes("the step passes all the same")).toBe(expected === 0 && verdict !== "ready");
  });

  test("no permission to comment: one notice, the same verdict, and the report says so", async () => {
    const host = await startGitHub();
    const message = "Resource not accessible by integration";
    host.faults.push({ on: "POST", times: 9, answer: (reply) => reply(403, { message }) });
    const { status, output, printed, env } = await runStory({ verdicts: [READY] }, { host, fork: true });
    expect([status, output("verdict"), output("comment-id")]).toEqual([0, "ready", ""]);
    const notices = commandsIn(printed).filter(({ data }) => data.includes("pull-requests: write"));
    expect(notices.map(({ name }) => name)).toEqual(["notice"]);
    expect(readFileSync(env["GITHUB_STEP_SUMMARY"] ?? "", "utf8")).toContain("No comment was written");
  });

  test("nothing touched and no permission to look: not a word", async () => {
    const host = await startGitHub();
    host.faults.push({ on: "GET", times: 9, answer: (reply) => reply(403, { message: "no" }) });
    const { status, printed } = await runStory({}, { host });
    expect([status, commandsIn(printed)]).toEqual([0, []]);
  });

  test("from a fork, the base's config says which rules are off, and what is declared", async () => {
    const dockets: Docket[] = [];
    const config = { rules: { "mx-refused": "off" }, rollout: { ...NO_ROLLOUT, deploy: "policy-first" } };
    await runStory({ verdicts: [READY], dockets, config });
    await runStory({ verdicts: [READY], dockets, config }, { fork: true });
    expect(dockets.map(({ settings }) => settings.off)).toEqual([["mx-refused"], []]);
    expect(dockets.map(({ settings }) => settings.rollout?.deploy)).toEqual(["policy-first", undefined]);
  });
});

describe("a run that cannot end well", () => {
  test("a domain without a verdict is a defect, never ready", async () => {
    const other = { ...READY, policyDomain: "other.example" as never };
    const { status, output } = await runStory({ verdicts: [READY], found: [READY, other] });
    expect(status).toEqual(expect.objectContaining({ message: expect.stringContaining("1 of 2 domains") }));
    expect(output("verdict")).toBeUndefined();
  });

  test.each<[string, Setting]>([
    ["an input that is none", { inputs: { domains: "x" } }],
    ["an input that is not built", { inputs: { reports: "x" } }],
    ["one path for two files", { inputs: { "report-file": "r.json", "sarif-file": "./r.json" } }],
    ["pull_request_target", { env: { GITHUB_EVENT_NAME: "pull_request_target" } }],
    ["a ca-file that is missing", { inputs: { "ca-file": "none.pem" } }],
    ["a report file outside", { inputs: { "report-file": "../r.json" } }],
    ["outputs that cannot be written", { env: { GITHUB_OUTPUT: "/dev/full/none" } }],
  ])("%s is a configuration error", async (_, setting) => {
    const printed: string[] = [];
    const { status } = await runStory({ verdicts: [READY] }, setting).catch((error: unknown) => ({ status: error }));
    expect(status).toBeInstanceOf(OptionError);
    expect(printed).toEqual([]);
  });

  test("no half report stays behind", async () => {
    const inputs = { "report-file": "r.json", "sarif-file": "r.sarif" };
    const { status, env } = await runStory({ verdicts: [], found: [READY] }, { inputs });
    expect(status).toBeInstanceOf(Error);
    expect(readdirSync(env["GITHUB_WORKSPACE"] ?? "").filter((name) => !name.startsWith(".git"))).toEqual([]);
  });
});
