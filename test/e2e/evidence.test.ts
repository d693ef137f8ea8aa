// One job looks, another judges: the committed bundle, run as the runner runs it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRepository } from "../../src/demo/repository.ts";
import { runProgram } from "../cli/program.ts";
import { type Change, files, openStage, policy, type Report, type Stage } from "./stage.ts";

const CLI = resolve("dist/cli.js");
const valid = new Ajv2020().compile(JSON.parse(readFileSync("schema/evidence-v1.json", "utf8")) as object);

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage();
  folder = mkdtempSync(join(tmpdir(), "mta-sts-gate-evidence-"));
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  stage.internet.port25 = "open";
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

const TESTING = policy("testing", 86_400, "mx1", "mx2");
const ENFORCE = policy("enforce", 86_400, "mx1", "mx2");
const change = (mx2: "good" | "expired", inputs: Readonly<Record<string, string>>): Change => ({
  base: files(TESTING, "A"),
  head: files(ENFORCE, "B"),
  deployed: { policy: TESTING, id: "A", mx: { mx1: "good", mx2 } },
  inputs: { timeout: "18s", ...inputs },
});
const observing = (name: string, more: Readonly<Record<string, string>> = {}) => ({
  mode: "observe",
  "report-file": "",
  "evidence-file": join(folder, name),
  ...more,
});
const linesOf = (name: string): readonly { kind: string }[] =>
  readFileSync(join(folder, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
/** Nobody gets out to port 25 from the second job on. */
const blocked = (given: Change): Change => ({
  ...given,
  arrange: (internet) => {
    internet.port25 = "blocked";
  },
});

describe("a probe job feeds a gate that does not get out to port 25", () => {
  test.each([
    ["good", "ready", 0],
    ["expired", "blocked", 1],
  ] as const)("%s: %s", async (mx2, verdict, status) => {
    const observed = await stage.judge(change(mx2, observing("e.jsonl")));
    expect([observed.status, observed.outputs], observed.stdout).toEqual([
      0,
      { verdict: "unknown", domains: "1", "evidence-file": join(folder, "e.jsonl") },
    ]);
    expect(observed.summary).toContain("nothing judged");
    expect(linesOf("e.jsonl").filter((line) => !valid(line))).toEqual([]);
    expect(linesOf("e.jsonl").map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["header", "probe", "tlsa", "end"]),
    );
    const before = stage.internet.proxied.length;
    const judged = await stage.judge(blocked(change(mx2, { evidence: join(folder, "*.jsonl") })));
    expect([judged.report?.verdict, judged.status], judged.stdout).toEqual([verdict, status]);
    expect(stage.internet.proxied.length).toBe(before);
    const without = await stage.judge(blocked(change(mx2, {})));
    expect(without.report?.verdict).toBe("unknown");
  });

  test("the same verdict as without any detour, and its own evidence", async () => {
    const direct = await stage.judge(change("good", { "evidence-file": join(folder, "own.jsonl") }));
    expect([direct.report?.verdict, direct.outputs["evidence-file"]]).toEqual(["ready", join(folder, "own.jsonl")]);
    const again = await stage.judge(blocked(change("good", { evidence: join(folder, "own.jsonl") })));
    expect(again.report?.domains.map(({ deliveries }) => deliveries)).toEqual(
      direct.report?.domains.map(({ deliveries }) => deliveries),
    );
  });
});

describe("every night, in shards", () => {
  test("two waves, and one job that judges without asking", async () => {
    const nightly = (inputs: Readonly<Record<string, string>>): Change => ({
      ...change("expired", inputs),
      head: { "README.md": "nothing of mail" },
      eventName: "schedule",
      payload: {},
    });
    const counts = (): readonly number[] => [stage.internet.questions.length, stage.internet.proxied.length];
    const waves: [string, Readonly<Record<string, string>>][] = [
      ["domains-1.jsonl", { shard: "1/2" }],
      ["domains-2.jsonl", { shard: "2/2" }],
      ["hosts-1.jsonl", { shard: "1/2", evidence: join(folder, "domains-*.jsonl") }],
      ["hosts-2.jsonl", { shard: "2/2", evidence: join(folder, "domains-*.jsonl") }],
    ];
    for (const [name, inputs] of waves) {
      const { status, stdout } = await stage.judge(nightly(observing(name, inputs)));
      expect(status, stdout).toBe(0);
    }
    const kinds = waves.map(([name]) => linesOf(name).map(({ kind }) => kind));
    expect(kinds.slice(0, 2).flat()).not.toContain("probe");
    expect(kinds.slice(2).flat()).not.toContain("txt");
    // Both hosts have one provider, and so one job.
    expect(kinds.map((all) => all.filter((kind) => kind === "probe").length).toSorted((a, b) => a - b)).toEqual([
      0, 0, 0, 2,
    ]);
    const before = counts();
    const last = { mode: "gate", base: "HEAD", all: "true", evidence: join(folder, "*.jsonl") };
    const { report, stdout } = await stage.judge(nightly(last));
    expect(report?.domains, stdout).toHaveLength(1);
    expect(failed(report)).toContain("mx-refused");
    expect(counts()).toEqual(before);
  });
});

const failed = (report: Report | undefined): readonly string[] =>
  report?.domains.flatMap(({ rules }) => rules.flatMap(({ rule, outcome }) => (outcome === "failed" ? rule : []))) ??
  [];

describe("evidence that is none: status 2, verdict unknown", () => {
  test.each<[string, (text: string) => string, RegExp]>([
    ["cut", (text) => text.slice(0, -200), /e\.jsonl, line \d+, does not end: the file was cut/],
    ["without its end", (text) => `${text.trimEnd().split("\n").slice(0, -1).join("\n")}\n`, /no end/],
    ["with a line less", (text) => text.replace(/^.*"kind":"probe".*\n/m, ""), /counts \d+ observations where/],
    ["of a newer version", (text) => text.replaceAll('"version":1', '"version":2'), /line 1, is of version 2/],
    ["of another shape", (text) => text.replace('"kind":"mx"', '"kind":"mx","ready":true'), /does not have the shape/],
    ["no JSON", () => "ready\n", /line 1, is no JSON/],
  ])("%s", async (_, tamper, message) => {
    await stage.judge(change("good", observing("e.jsonl")));
    writeFileSync(join(folder, "e.jsonl"), tamper(readFileSync(join(folder, "e.jsonl"), "utf8")));
    const { status, outputs, stdout } = await stage.judge(change("good", { evidence: join(folder, "e.jsonl") }));
    expect([status, outputs["verdict"]], stdout).toEqual([2, "unknown"]);
    expect(stdout).toMatch(message);
  });

  test("written by the change itself", async () => {
    await stage.judge(change("good", observing("e.jsonl")));
    const planted = { "e.jsonl": readFileSync(join(folder, "e.jsonl"), "utf8") };
    const own = change("expired", { evidence: "e.jsonl" });
    const { status, stdout } = await stage.judge({ ...own, head: { ...own.head, ...planted } });
    expect(status).toBe(2);
    expect(stdout).toMatch(/git tracks/);
  });

  test("too old: not live, and not ready", async () => {
    await stage.judge(change("good", observing("e.jsonl")));
    const old = blocked(change("good", { evidence: join(folder, "e.jsonl"), "evidence-max-age": "1ms" }));
    const { report, summary } = await stage.judge(old);
    expect(report?.verdict).toBe("unknown");
    expect(summary).toContain("count as history only");
  });
});

describe("the command line", () => {
  test("observes without a repository, and judges without a network", async () => {
    await stage.judge(change("good", observing("unused.jsonl")));
    const ways = Object.entries(stage.internet.inputs).flatMap(([name, text]) =>
      name === "allow-private-networks" ? [`--${name}`] : [`--${name}`, text],
    );
    const seen = await runProgram(CLI, ["observe", "example.com", "--evidence-file", "cli.jsonl", ...ways], { folder });
    expect([seen.status, seen.stderr]).toEqual([0, ""]);
    expect(seen.stdout).toMatch(/^1 domains, \d+ observations; port 25: proxied/);
    const repository = await createRepository({
      base: files(TESTING, "A"),
      head: files(ENFORCE, "B"),
      baseAt: new Date(Date.now() - 60 * 86_400_000).toISOString(),
    });
    try {
      const judge = (...args: readonly string[]) =>
        runProgram(CLI, ["judge", "--records", "zones/*.zone", "--format", "json", ...args], {
          folder: repository.folder,
        });
      const before = [stage.internet.questions.length, stage.internet.proxied.length];
      const judged = await judge("--evidence", join(folder, "cli.jsonl"));
      expect([judged.status, judged.stderr], judged.stdout).toEqual([0, ""]);
      expect(JSON.parse(judged.stdout)).toMatchObject({
        verdict: "ready",
        vantage: { port25: "proxied" },
        contacts: [],
      });
      expect([stage.internet.questions.length, stage.internet.proxied.length]).toEqual(before);
      expect(await judge()).toMatchObject({ status: 2, stderr: expect.stringMatching(/--evidence: names the files/) });
    } finally {
      await repository.close();
    }
  });

  test.each([
    [["observe", "example.com"], /evidence-file: says where/],
    [["observe", "--evidence-file", "f.jsonl"], /observe: needs a domain/],
    [["observe", "nodots", "--evidence-file", "f.jsonl"], /is no domain/],
    [["observe", "example.com", "--evidence-file", "f.jsonl", "--format", "json"], /--format: has no such value/],
  ])("%j is refused", async (args, message) => {
    const { status, stderr } = await runProgram(CLI, args, { folder });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });
});
