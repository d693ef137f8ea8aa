import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.ts";
import { gateCommand, type Terminal } from "../../src/cli/gate.ts";
import type { Progress } from "../../src/cli/progress.ts";
import { type Internet, POLICY_ADDRESS, presented, startInternet } from "../../src/demo/internet.ts";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { CollectError, OptionError } from "../../src/errors.ts";
import { VERSION } from "../../src/run/version.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { commandsIn } from "../report/runner.ts";
import { PROGRAMS, runProgram } from "./program.ts";

const FILE = "mta-sts.example.com/.well-known/mta-sts.txt";
const policy = (mode: string, ...mx: readonly string[]): string =>
  `version: STSv1\nmode: ${mode}\n${mx.map((host) => `mx: ${host}.example.com\n`).join("")}max_age: 86400\n`;
const TESTING = policy("testing", "mx1");
const HOSTILE = "::error::forged ##[add-mask]ready \u001b[2J\u009b1m";

let internet: Internet;
let repository: DemoRepository;
let ways: readonly string[];

beforeAll(async () => {
  [internet, repository] = await Promise.all([
    startInternet(),
    createRepository({ base: { [FILE]: TESTING }, head: { [FILE]: policy("enforce", "other") } }),
  ]);
  const { authority } = internet;
  internet.zone = {
    "example.com": { MX: [[10, "mx1.example.com"]] },
    "mx1.example.com": { A: ["198.51.100.10"] },
    "mta-sts.example.com": { A: [POLICY_ADDRESS] },
    "_mta-sts.example.com": { TXT: ["v=STSv1; id=1"] },
  };
  const identity = presented(authority.issue({ names: ["mta-sts.example.com"] }));
  internet.sites = { "mta-sts.example.com": { identity, reply: { kind: "policy", body: TESTING } } };
  await internet.placeMx("198.51.100.10", { tls: presented(authority.issue({ names: ["mx1.example.com"] })) });
  ways = Object.entries(internet.inputs).flatMap(([name, text]) =>
    name === "allow-private-networks" ? [`--${name}`] : [`--${name}`, text],
  );
});
afterAll(() => Promise.all([internet.close(), repository.close()]));

async function gated(
  args: readonly string[],
  { colour = false, folder = repository.folder, ...more }: Partial<Terminal> = {},
) {
  const printed: string[] = [];
  const told: string[] = [];
  const tell = (text: string) => void told.push(text);
  const terminal = { env: {}, print: (text: string) => void printed.push(text), tell, colour, folder, ...more };
  const status = await gateCommand(readArguments(["gate", ...ways, ...args]), terminal);
  return { status, text: printed.join(""), told: told.join("") };
}

const refusal = (args: readonly string[], folder?: string): Promise<unknown> =>
  gated(args, folder === undefined ? {} : { folder }).catch((error: unknown) => error);

describe("a change that is blocked: status 1, in every format", () => {
  test("text: the domain, the rule on its line, the verdict last", async () => {
    const { status, text } = await gated([]);
    expect(status).toBe(1);
    expect(text).toMatch(/^example\.com: blocked: /);
    expect(text).toMatch(new RegExp(`^ {2}error mx-not-covered ${FILE.replaceAll(".", "\\.")}:3`, "m"));
    expect(text.trimEnd().split("\n").at(-1)).toMatch(/^blocked: domains 1, errors \d+/);
    expect(text).toMatch(/^[\n\x20-\x7e]+$/);
  });

  test("text on a terminal: the same words, in colours", async () => {
    const [plain, coloured] = [await gated([]), await gated([], { colour: true })];
    expect(coloured.text).toContain("\u001b[31mblocked\u001b[0m");
    expect(coloured.text.replace(/\u001b\[\d+m/g, "").split("\n").length).toBe(plain.text.split("\n").length);
  });

  test("progress on a terminal: how many domains, one after the other, gone before the report", async () => {
    const told: string[] = [];
    const progress: Progress = {
      expect: (total) => void told.push(`expect ${total}`),
      step: () => void told.push("step"),
      clear: () => undefined,
      end: () => void told.push("end"),
    };
    await gated([], { progress, print: () => void told.push("print") });
    expect(told).toEqual(["expect 1", "step", "end", "print", "end"]);
  });

  test("json: the report, and the commits of this clone", async () => {
    const report = JSON.parse((await gated(["--format", "json"])).text);
    const { merge: commit, base } = repository;
    expect(report).toMatchObject({ version: 1, verdict: "blocked", mode: "gate", commit, base });
    expect(report.domains.map(({ policyDomain }: { policyDomain: string }) => policyDomain)).toEqual(["example.com"]);
  });

  test("markdown: the job summary", async () => {
    expect((await gated(["--format=markdown"])).text).toMatch(/^## ⛔ Blocked/);
  });

  test("sarif: results on the file", async () => {
    const [run] = JSON.parse((await gated(["--format", "sarif"])).text).runs;
    expect(run.results[0]).toMatchObject({
      ruleId: "mx-not-covered",
      locations: [{ physicalLocation: { artifactLocation: { uri: FILE }, region: { startLine: 3 } } }],
    });
    expect(run.tool.driver.semanticVersion).toBe(VERSION);
  });

  test("sarif: what lies in no file is shown at the policy that was named", async () => {
    const { text } = await gated(["--format", "sarif", "--policy", FILE, "example.com"]);
    expect(text).toContain('"ruleId":"tlsrpt-missing"');
    const uris = [...text.matchAll(/"uri":"([^"]*)"/g)].map(([, uri]) => uri);
    expect(new Set(uris)).toEqual(new Set([FILE]));
  });

  test("github: annotations on the file", async () => {
    const [first] = commandsIn((await gated(["--format", "github"])).text);
    expect(first).toMatchObject({ name: "error", properties: { file: FILE, line: "3" } });
  });

  test("report-file: the report beside what is printed", async () => {
    const path = join(temporaryFolder(), "report.json");
    const { text } = await gated(["--report-file", path]);
    expect(text).toMatch(/^example\.com: blocked/);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ verdict: "blocked", commit: repository.merge });
  });

  test("sarif-file: beside what is printed, and beside the report", async () => {
    const folder = temporaryFolder();
    const [sarif, report] = [join(folder, "r.sarif"), join(folder, "r.json")];
    await gated(["--sarif-file", sarif, "--report-file", report]);
    expect(JSON.parse(readFileSync(sarif, "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ version: 1 });
  });

  test("fail-on changes the status, never the verdict", async () => {
    const { status, text } = await gated(["--fail-on", "never", "--format", "json"]);
    expect([status === 1, JSON.parse(text).verdict]).toEqual([false, "blocked"]);
  });
});

describe("which change", () => {
  test("--base: any revision; against itself nothing changes", async () => {
    const report = async (base: string) => JSON.parse((await gated(["--format", "json", "--base", base])).text);
    expect(await report("main")).toMatchObject({ verdict: "blocked", base: repository.base });
    expect(await report("HEAD")).toMatchObject({ verdict: "ready", domains: [] });
  });

  test("a domain: the one that is named", async () => {
    const { text } = await gated(["--policy", FILE, "--format", "json", "example.com"]);
    expect(JSON.parse(text).domains).toHaveLength(1);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["a base that is none", ["--base", "nope"], /names no commit/],
    ["a base that is an option", ["--base=--upload-pack=x"], /is a branch/],
    ["two domains", ["a.example", "b.example"], /one domain a run/],
    ["a domain said twice", ["--domain", "a.example", "b.example"], /said twice/],
    ["a format that is none", ["--format", "yaml"], /no such value/],
    ["a format that every object has", ["--format", "constructor"], /no such value/],
    ["an option that is not built", ["--reports", "x"], /not built in this version/],
    ["a shard of a verdict", ["--shard", "1/2"], /is for mode: observe/],
    ["a mode that is a command", ["--mode", "observe"], /a command of its own/],
    ["verify as a mode", ["--mode", "verify"], /a command of its own/],
    ["evidence that is not there", ["--evidence", "none-*.jsonl"], /names no file/],
    ["a value that is none", ["--fail-on", "notice"], /no such value/],
    ["a token", ["--github-token", "ghp_x"], /nothing is asked of GitHub/],
    ["a comment", ["--comment", "always"], /no pull request/],
    ["suggestions", ["--suggest"], /no pull request/],
  ])("%s is refused", async (_, args, message) => {
    const error = await refusal(args);
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toMatch(message);
  });

  test("no checkout", async () => {
    const folder = temporaryFolder();
    expect(await refusal([], folder)).toBeInstanceOf(OptionError);
  });

  test("a base that the clone lacks is not asked of anyone", async () => {
    const error = await refusal([], await repository.shallowClone(1));
    expect(error instanceof OptionError || error instanceof CollectError).toBe(true);
    expect((error as Error).message).toMatch(/fetch-depth/);
  });

  test("a run that cannot end leaves no half report", async () => {
    const path = join(temporaryFolder(), "report.json");
    await refusal(["--report-file", path, "--base", "nope"]);
    expect(existsSync(path)).toBe(false);
  });
});

describe("hostile text", () => {
  test.each(["text", "json", "markdown", "sarif", "github"])("is inert in %s", async (format) => {
    const head = { [FILE]: `${policy("enforce", "mx1")}x${HOSTILE}: ${HOSTILE}\nmode ${HOSTILE}\n` };
    const hostile = await createRepository({ base: { [FILE]: TESTING }, head });
    try {
      const { status, text } = await gated(["--format", format], { folder: hostile.folder });
      expect(status).toBe(1);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      const planted = commandsIn(text).filter(({ data }) => data.startsWith("forged") || data.startsWith("ready"));
      expect(planted).toEqual([]);
      if (format !== "github") expect(commandsIn(text)).toEqual([]);
    } finally {
      await hostile.close();
    }
  });
});

describe.each(PROGRAMS)("the %s", (_, file) => {
  test("judges the checkout around it and ends by itself", async () => {
    const ended = await runProgram(file, ["gate", ...ways], { folder: repository.folder });
    expect([ended.status, ended.stderr]).toEqual([1, ""]);
    expect(ended.stdout).toMatch(/^blocked: domains 1/m);
    // Not a terminal: no colour.
    expect(ended.stdout).not.toContain("\u001b");
  });
});

describe("--fix", () => {
  test("writes what the findings propose, and the finding is gone from the next commit", async () => {
    const mine = await createRepository({ base: { [FILE]: TESTING }, head: { [FILE]: policy("enforce", "other") } });
    try {
      const before = await gated(["--fix"], { folder: mine.folder });
      expect(before.text).toContain("error mx-not-covered");
      expect(before.told).toBe(`fixed ${FILE} (1)\n`);
      const fixed = readFileSync(join(mine.folder, FILE), "utf8");
      expect(fixed).toContain("mx: other.example.com\nmx: mx1.example.com\n");
      await mine.push({ [FILE]: fixed });
      const after = await gated(["--fix"], { folder: mine.folder });
      expect(after.text).not.toContain("mx-not-covered");
      expect(after.told).toBe("no finding has a fix that can be written\n");
    } finally {
      await mine.close();
    }
  });

  test("without it nothing is written", async () => {
    const { told } = await gated([]);
    expect([told, readFileSync(join(repository.folder, FILE), "utf8")]).toEqual(["", policy("enforce", "other")]);
  });
});
