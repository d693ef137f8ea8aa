// Bad input, through the bundle: one clear error with its place or the allowed values, status 1 or 2, and never a pass.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_FAULTS } from "../../src/demo/api-faults.ts";
import { type Change, failures, files, type Judged, policy, type Stage, zone } from "./stage.ts";
import { openStages, type Stages } from "./stages.ts";

let stages: Stages;
let folder: string;
beforeAll(async () => {
  [stages, folder] = await Promise.all([openStages(4), mkdtemp(join(tmpdir(), "mta-sts-gate-input-"))]);
});
afterAll(async () => {
  await stages.close();
  await rm(folder, { recursive: true, force: true });
});

const TESTING = policy("testing", 86_400, "mx1", "mx2");
const LONGER = policy("testing", 604_800, "mx1", "mx2");
const LIVE = { policy: TESTING, id: "A", mx: { mx1: "good", mx2: "good" } } as const;
const POLICY = "mta-sts.example.com/.well-known/mta-sts.txt";
const ZONE = "zones/example.com.zone";
const CONFIG = ".github/mta-sts-gate.yml";
/** A change that is ready, before something is spoiled. */
const GOOD: Change = { base: files(TESTING, "A"), head: files(LONGER, "B"), deployed: LIVE };
const HEAD = files(LONGER, "B");
const spoiled = (head: Change["head"]): Change => ({ ...GOOD, head: { ...HEAD, ...head } });
const config = (...lines: readonly string[]): Change => spoiled({ [CONFIG]: `${lines.join("\n")}\n` });
const inputs = (given: Readonly<Record<string, string>>): Change => ({ ...GOOD, inputs: given });
const repository = { full_name: "example/mail-policy" };

const judge = (change: Change, prepare: (stage: Stage) => void = () => undefined): Promise<Judged> =>
  stages.use((stage) => {
    prepare(stage);
    return stage.judge(change);
  });
const told = ({ stdout, stderr }: Judged): string => `${stdout}${stderr}`;
const errors = ({ commands }: Judged) => commands.filter(({ name }) => name === "error");

/** One annotation, on the line before the verdict; no stack, no path of ours, no half of a report. */
function expectOneError(judged: Judged, status: 1 | 2): void {
  expect(judged.status, told(judged)).toBe(status);
  expect(judged.outputs["verdict"]).toBe(status === 1 ? "blocked" : "unknown");
  expect(errors(judged), told(judged)).toHaveLength(1);
  expect(judged.stderr).toBe("");
  expect(told(judged)).not.toMatch(/\n\s+at |node:internal|dist\/index|internal error|undefined|\[object|NaN/);
  if (status === 1) return;
  expect(judged.commands).toHaveLength(1);
  expect(judged.stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(judged.report).toBeUndefined();
  expect(judged.summary).toContain("❔ Unknown");
  expect(judged.comments).toEqual([]);
}

test("the change that the others spoil is ready", async () => {
  const judged = await judge(GOOD);
  expect([judged.status, judged.outputs["verdict"]], told(judged)).toEqual([0, "ready"]);
});

describe("a file that cannot be read: the error stands on its line", () => {
  test.concurrent.each<[string, Change, string, RegExp]>([
    ["a broken line", spoiled({ [ZONE]: zone("B", "mx1").replace("MX 10", "MX ten") }), `${ZONE}:5`, /preference/],
    [
      "a parenthesis left open",
      spoiled({ [ZONE]: `${zone("B", "mx1")}x IN TXT ( "a"\n` }),
      `${ZONE}:8`,
      /never closed/,
    ],
    ["no zone file at all", spoiled({ [ZONE]: "MX records:\n- mx1\n- mx2\n" }), `${ZONE}:1`, /BIND zone files/],
    ["broken YAML", config("records: zones/*.zone", "rules: {"), `${CONFIG}:3`, /no YAML/],
    ["an unknown config key", config("records: zones/*.zone", "rulez: {}"), `${CONFIG}:2`, /rulez.*allowed: domains/],
    ["a config that sets the proxy", config("proxy: socks5://x:1"), `${CONFIG}:1`, /proxy comes from inputs only/],
    ["one that lets errors pass", config("", "fail-on: never"), `${CONFIG}:2`, /fail-on comes from inputs only/],
    ["a part that is not built", config("reports: {}"), `${CONFIG}:1`, /reports is not built/],
    ["a rule that is none", config("rules:", "  mx-refusd: off"), `${CONFIG}:2`, /is no rule.*mx-refused/],
    ["a setting that is none", config("rules:", "  mx-refused: warn"), `${CONFIG}:2`, /allowed: off/],
    [
      "a waiver without an end",
      config("waive:", "  - {domain: example.com, rule: mx-refused, reason: x}"),
      `${CONFIG}:2`,
      /no until/,
    ],
    [
      "two policies for one domain",
      spoiled({ "example.com/.well-known/mta-sts.txt": TESTING }),
      "example.com/.well-known/mta-sts.txt:1",
      /both the policy of example\.com.*\n.*mta-sts-gate\.yml[^]*\n {2}- domain: example\.com\n {4}policy: "/,
    ],
    [
      "a policy with no domain",
      spoiled({ [POLICY]: null, "public/.well-known/mta-sts.txt": LONGER, [ZONE]: null }),
      "public/.well-known/mta-sts.txt:1",
      /which domain/,
    ],
    [
      "two zones for one domain",
      spoiled({ "zones/b.zone": zone("C", "mx1") }),
      "zones/example.com.zone:1",
      /both hold/,
    ],
  ])("%s", async (_, change, place, says) => {
    const judged = await judge(change);
    expectOneError(judged, 2);
    const [{ properties, data } = { properties: {} as Record<string, string>, data: "" }] = errors(judged);
    expect(`${properties["file"]}:${properties["line"]}`, told(judged)).toBe(place);
    expect(data).toMatch(says);
    expect(data).not.toContain("\\u{");
  });

  test.concurrent.each<[string, Change["head"], RegExp]>([
    [
      "an error page",
      files("<!DOCTYPE html>\n<html>\n<body>404: not here</body>\n</html>\n", "B"),
      /markup and no policy/,
    ],
    ["a misspelt mode", files(LONGER.replace("testing", "enforced"), "B"), /enforced/],
    ["an id with hyphens", { ...HEAD, [ZONE]: zone("2026-11-01", "mx1", "mx2") }, /2026-11-01.*letters and digits/],
  ])("%s is blocked", async (_, head, says) => {
    const judged = await judge({ ...GOOD, head });
    expectOneError(judged, 1);
    const [first] = errors(judged);
    expect(first?.properties).toMatchObject({ file: expect.stringMatching(/mta-sts|zones/), line: expect.any(String) });
    expect(first?.data).toMatch(says);
  });
});

describe("nothing to judge", () => {
  const none: Change = { base: { "README.md": "x" }, head: { "README.md": "y" } };
  test("is an error that says how to go on", async () => {
    const judged = await judge(none);
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(/nothing to judge[^]*if-none: ready[^]*domain: example\.com/);
  });
  test("is ready where if-none says so", async () => {
    const judged = await judge({ ...none, inputs: { "if-none": "ready" } });
    expect([judged.status, judged.outputs["verdict"], judged.outputs["domains"]]).toEqual([0, "ready", "0"]);
    expect(judged.commands).toEqual([]);
  });
});

describe("an input that is wrong names itself and what would do", () => {
  test.concurrent.each<[Record<string, string>, RegExp]>([
    [{ "fail-on": "maybe" }, /fail-on: .*allowed: error, warning, never/],
    [{ "on-unknown": "pass" }, /on-unknown: .*allowed: fail, warn/],
    [{ "if-none": "Ready" }, /if-none: .*allowed: error, ready/],
    [{ comment: "sometimes" }, /comment: .*allowed: auto, always, never/],
    [{ all: "yes" }, /all: .*allowed: true, false/],
    [{ "allow-private-networks": "1" }, /allow-private-networks: .*allowed: true, false/],
    [{ timeout: "soon" }, /timeout: .*allowed: 90s/],
    [{ timeout: "0s" }, /timeout: /],
    [{ resolver: "dns.example" }, /resolver: .*allowed: system/],
    [{ label: "a b" }, /label: /],
    [{ domain: "exa mple" }, /domain: .*example\.com/],
    [{ policy: "../mta-sts.txt" }, /policy: /],
    [{ policy: "nowhere.txt", domain: "example.com" }, /nowhere\.txt/],
    [{ records: "nowhere/*.zone" }, /nowhere\/\*\.zone.*matches no file/],
    [{ config: "nowhere.yml" }, /config: /],
    [{ base: "no-such-branch" }, /base: no-such-branch names no commit/],
    [{ base: "--output=x" }, /base: /],
    [{ "ca-file": "nowhere.pem" }, /ca-file: nowhere\.pem.*PEM/],
    [{ "report-file": "../report.json" }, /report-file: .*outside the workspace/],
    [{ mode: "verify", base: "main" }, /base: mode: verify compares with what is deployed/],
    [{ mode: "audit" }, /mode: .*allowed: auto, gate, verify, observe/],
    [{ reports: "r.json" }, /reports: is not built/],
    [{ shard: "1/2" }, /shard: is for mode: observe/],
    [{ shard: "3/2", mode: "observe", "report-file": "" }, /shard: is i\/n/],
    [{ evidence: "none-*.jsonl" }, /evidence: none-\*\.jsonl names no file/],
    [{ "evidence-file": "../e.jsonl" }, /evidence-file: .*outside the workspace/],
    [{ mode: "observe", "report-file": "" }, /evidence-file: says where/],
    [{ mode: "observe", "evidence-file": "e.jsonl" }, /report-file: mode: observe judges nothing/],
    [{ "sarif-file": "../r.sarif" }, /sarif-file: .*outside the workspace/],
    [{ "report-file": "r.json", "sarif-file": "./r.json" }, /sarif-file: is the path of report-file/],
    [{ suggest: "yes" }, /suggest: is a boolean.*true, false/],
    [{ suggest: "true", mode: "observe", "report-file": "" }, /suggest: mode: observe judges nothing/],
    [{ "wait-for-deploy": "soon" }, /wait-for-deploy: .*allowed: 90s/],
    [{ "wait-for-deploy": "5m", mode: "gate" }, /wait-for-deploy: mode: gate does not verify/],
    [{ domains: "example.com" }, /domains: is no input.*allowed: .*domain, policy/],
  ])("%j", async (given, says) => {
    const judged = await judge(inputs(given));
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(says);
  });

  test("a proxy that cannot be read keeps its password to itself", async () => {
    const judged = await judge(inputs({ proxy: "socks4://user:hunter2@127.0.0.1:1" }));
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(/proxy: .*socks5:\/\/host:port/);
    expect(told(judged) + judged.summary).not.toContain("hunter2");
  });

  test("a ca-file without a certificate", async () => {
    const path = join(folder, "empty.pem");
    await writeFile(path, "no certificate\n");
    const judged = await judge(inputs({ "ca-file": path }));
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(/ca-file: holds no PEM certificate/);
  });
});

describe("an event that names no base, or must not be judged", () => {
  const zeros = "0".repeat(40);
  test.concurrent.each<[string, string, object, RegExp]>([
    ["the push that deletes one", "push", { before: "a".repeat(40), after: zeros, repository }, /deletes its branch/],
    ["pull_request_target", "pull_request_target", { repository }, /pull_request_target.*nothing was judged/],
    ["workflow_run", "workflow_run", { repository }, /workflow_run.*nothing was judged/],
    ["a pull request without a base", "pull_request", { pull_request: { number: 1 }, repository }, /base\.sha/],
  ])("%s", async (_, eventName, payload, says) => {
    const judged = await judge({ ...GOOD, eventName, payload });
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(says);
  });

  test.concurrent.each<[string, string, object, RegExp]>([
    ["workflow_dispatch", "workflow_dispatch", { repository }, /base: .*workflow_dispatch.*say `base:`/],
    ["schedule", "schedule", { schedule: "0 4 * * *", repository }, /base: .*schedule.*say `base:`/],
    ["the push of a new branch", "push", { before: zeros, after: "a".repeat(40), repository }, /created its branch/],
  ])("%s in mode gate", async (_, eventName, payload, says) => {
    const judged = await judge({ ...GOOD, eventName, payload, inputs: { ...GOOD.inputs, mode: "gate" } });
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(says);
  });

  test("workflow_dispatch with a base is judged", async () => {
    const judged = await judge({
      ...GOOD,
      eventName: "workflow_dispatch",
      payload: { repository },
      inputs: { base: "main" },
    });
    expect([judged.status, judged.outputs["verdict"], judged.outputs["domains"]], told(judged)).toEqual([
      0,
      "ready",
      "1",
    ]);
  });

  test("a payload that is not JSON", async () => {
    const path = join(folder, "event.json");
    await writeFile(path, '{"pull_request": {');
    const judged = await judge({ ...GOOD, env: { GITHUB_EVENT_PATH: path } });
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(/is not JSON/);
  });
});

describe("waivers and switches", () => {
  /** A fault that blocks, and one only: an expired MX where enforce is turned on. */
  const EXPIRED: Change = {
    base: files(TESTING, "A"),
    head: files(policy("enforce", 86_400, "mx1", "mx2"), "B"),
    deployed: { ...LIVE, mx: { mx1: "good", mx2: "expired" } },
  };
  const withConfig = (text: string): Change => ({ ...EXPIRED, head: { ...EXPIRED.head, [CONFIG]: text } });
  const waiver = (until: string) =>
    withConfig(`waive:\n  - {domain: example.com, rule: mx-refused, reason: new one on Monday, until: ${until}}\n`);
  const outcomeOf = ({ report }: Judged) =>
    report?.domains[0]?.rules.find(({ rule }) => rule === "mx-refused")?.outcome;

  test("without one the change is blocked", async () => {
    const judged = await judge(EXPIRED);
    expectOneError(judged, 1);
    expect(failures(judged)).toContain(`mx-refused: error ${POLICY}:4`);
  });
  test("a waiver holds, and everybody is told", async () => {
    const judged = await judge(waiver("2099-12-31"));
    expect([judged.status, judged.outputs["verdict"], outcomeOf(judged)], told(judged)).toEqual([0, "ready", "waived"]);
    for (const text of [judged.stdout, judged.summary, judged.comments.join("")])
      expect(text).toMatch(/aived[^]*new one on Monday/);
    expect(judged.stdout).toContain("waived for example.com until 2099-12-31 by this change");
  });
  test("one that ran out is an error on its line, and covers nothing", async () => {
    const judged = await judge(waiver("2020-01-31"));
    expect([judged.status, judged.outputs["verdict"], outcomeOf(judged)]).toEqual([1, "blocked", "failed"]);
    expect(failures(judged)).toContain(`waiver-expired: error ${CONFIG}:2`);
  });
  test("one for another domain covers nothing", async () => {
    const judged = await judge(
      withConfig("waive:\n  - {domain: example.net, rule: mx-refused, reason: x, until: 2099-12-31}\n"),
    );
    expect([judged.status, outcomeOf(judged)]).toEqual([1, "failed"]);
  });
  test("a rule switched off is shown as such", async () => {
    const judged = await judge(withConfig("rules: {mx-refused: off}\n"));
    expect([judged.status, judged.outputs["verdict"], outcomeOf(judged)]).toEqual([0, "ready", "waived"]);
    expect(judged.stdout).toMatch(/waived: mx-refused, off in the config/);
    expect(judged.stdout).toContain("switched off by this change");
  });
  test("a fork cannot switch it off", async () => {
    const judged = await judge({ ...withConfig("rules: {mx-refused: off}\n"), event: "fork" });
    expect([judged.status, judged.outputs["verdict"], outcomeOf(judged)]).toEqual([1, "blocked", "failed"]);
  });
  test("fail-on: never passes what is blocked, and says so", async () => {
    const judged = await judge({ ...EXPIRED, inputs: { "fail-on": "never" } });
    expect([judged.status, judged.outputs["verdict"]]).toEqual([0, "blocked"]);
    expect(errors(judged)).toHaveLength(1);
    for (const text of [judged.stdout, judged.summary]) expect(text).toContain("the step passes all the same");
  });
  test("fail-on: warning fails on a warning; the verdict stays", async () => {
    const warned: Change = { ...GOOD, head: files(LONGER), base: files(TESTING), deployed: { ...LIVE, tlsrpt: false } };
    const [lenient, strict] = [await judge(warned), await judge({ ...warned, inputs: { "fail-on": "warning" } })];
    expect([lenient.status, lenient.outputs["verdict"]], told(lenient)).toEqual([0, "ready"]);
    expect([strict.status, strict.outputs["verdict"]], told(strict)).toEqual([1, "ready"]);
    expect(Number(lenient.outputs["warnings"])).toBeGreaterThan(0);
    expect(strict.outputs["warnings"]).toBe(lenient.outputs["warnings"]);
  });
  test("on-unknown: warn passes what is unknown, and not what is blocked", async () => {
    const blind = (stage: Stage) => {
      stage.internet.dnsFault = ({ type }) => (type === "A" ? { kind: "rcode", rcode: 2 } : undefined);
    };
    const sound = { ...EXPIRED, deployed: LIVE };
    const failed = await judge(sound, blind);
    expect([failed.status, failed.outputs["verdict"]], told(failed)).toEqual([3, "unknown"]);
    const passed = await judge({ ...sound, inputs: { "on-unknown": "warn" } }, blind);
    expect([passed.status, passed.outputs["verdict"]]).toEqual([0, "unknown"]);
    const blocked = await judge({ ...EXPIRED, inputs: { "on-unknown": "warn" } });
    expect([blocked.status, blocked.outputs["verdict"]]).toEqual([1, "blocked"]);
  });
});

describe("the id that the input says", () => {
  const said = (id: string, head = LONGER): Change => ({
    base: files(TESTING),
    head: files(head),
    deployed: LIVE,
    inputs: { "record-id": id },
  });
  test("is new: ready", async () => {
    const judged = await judge(said("B"));
    expect([judged.status, judged.outputs["verdict"]], told(judged)).toEqual([0, "ready"]);
  });
  test("is live and names another policy: blocked", async () => {
    const judged = await judge(said("A"));
    expectOneError(judged, 1);
    expect(errors(judged)[0]?.properties["title"]).toBe("record-id-unchanged");
    expect(errors(judged)[0]?.data).toMatch(/id A is live.*input record-id/);
    expect(judged.outputs["suggested-id"]).toMatch(/^[0-9TZ]{16}$/);
  });
  test("is live, and the policy means the same: ready", async () => {
    const judged = await judge(said("A", `${TESTING}comment: none\n`));
    expect([judged.status, judged.outputs["verdict"]], told(judged)).toEqual([0, "ready"]);
  });
  test("is none: blocked", async () => {
    const judged = await judge(said("2026-11-01"));
    expectOneError(judged, 1);
    expect(errors(judged)[0]?.properties["title"]).toBe("record-syntax");
  });
});

describe("a clone that lacks the base", () => {
  test.concurrent.each<[string, Change, (stage: Stage) => void]>([
    ["no token", { ...GOOD, depth: 1, inputs: { "github-token": "" } }, () => undefined],
    ["a token that may not read", { ...GOOD, depth: 1 }, ({ api }) => void (api.fault = API_FAULTS.forbidden)],
    ["a repository that it cannot see", { ...GOOD, depth: 1 }, ({ api }) => void (api.fault = API_FAULTS["not-found"])],
    ["half an answer", { ...GOOD, depth: 1 }, ({ api }) => void (api.fault = API_FAULTS["truncated-json"])],
    [
      "a tree that is cut",
      { ...GOOD, depth: 1 },
      ({ api }) =>
        void (api.fault = ({ path }) =>
          path.includes("/git/trees/") ? { status: 200, body: '{"tree": [], "truncated": true}' } : undefined),
    ],
    [
      "a blob of other octets",
      { ...GOOD, depth: 1 },
      ({ api }) =>
        void (api.fault = ({ path }) =>
          path.includes("/git/blobs/")
            ? { status: 200, body: '{"encoding": "base64", "content": "eA=="}' }
            : undefined),
    ],
  ])("depth 1 and %s: fetch-depth: 2 is named", async (_, change, prepare) => {
    const judged = await judge(change, prepare);
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(/set fetch-depth: 2 on actions\/checkout/);
  });

  test.concurrent.each<["pull_request" | "push" | "merge_group"]>([["pull_request"], ["push"], ["merge_group"]])(
    "depth 1 on %s: the base is read through the API, and the verdicts are the same",
    async (event) => {
      const gate = { ...GOOD, depth: 1, event, inputs: { ...GOOD.inputs, mode: "gate" } } as const;
      const bumped = await judge(gate);
      expect([bumped.status, bumped.outputs["verdict"]], told(bumped)).toEqual([0, "ready"]);
      const same = await judge({ ...gate, head: files(LONGER, "A") });
      expect([same.status, failures(same)], told(same)).toEqual([1, [`record-id-unchanged: error ${ZONE}:7`]]);
      for (const { stdout } of [bumped, same]) expect(stdout).toContain("read through GitHub");
    },
  );

  test("depth 1 says where the base came from", async () => {
    const judged = await judge({ ...GOOD, depth: 1 });
    for (const text of [judged.stdout, judged.summary]) expect(text).toContain("read through GitHub");
    expect(judged.report).toMatchObject({
      contacts: expect.arrayContaining([expect.objectContaining({ purpose: "api" })]),
    });
  });

  test("depth 2 needs no API", async () => {
    const judged = await judge({ ...GOOD, depth: 2, inputs: { "github-token": "" } });
    expect([judged.status, judged.outputs["verdict"]], told(judged)).toEqual([0, "ready"]);
    expect(judged.stdout).not.toContain("through GitHub");
  });
});

describe("what the runner did not give", () => {
  test("outputs: no one would learn the verdict", async () => {
    const judged = await judge({ ...GOOD, env: { GITHUB_OUTPUT: "" } });
    expect([judged.status, judged.outputs], told(judged)).toEqual([2, {}]);
    expect(errors(judged).map(({ data }) => data)).toEqual([expect.stringContaining("GITHUB_OUTPUT")]);
    expect(judged.stderr).toBe("");
  });
  test("a checkout", async () => {
    const judged = await judge({ ...GOOD, env: { GITHUB_WORKSPACE: folder } });
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(/checkout forgotten.*actions\/checkout/);
  });
  test("a workspace that is there", async () => {
    const judged = await judge({ ...GOOD, env: { GITHUB_WORKSPACE: join(folder, "nowhere") } });
    expectOneError(judged, 2);
  });
  test("the commit to judge", async () => {
    const judged = await judge({ ...GOOD, env: { GITHUB_SHA: "b".repeat(40) } });
    expectOneError(judged, 2);
    expect(errors(judged)[0]?.data).toMatch(/does not have the commit/);
  });
  test("a job summary costs a notice and nothing else", async () => {
    const judged = await judge({ ...GOOD, env: { GITHUB_STEP_SUMMARY: "" } });
    expect([judged.status, judged.outputs["verdict"]], told(judged)).toEqual([0, "ready"]);
    expect(judged.commands.map(({ name }) => name)).toEqual(["notice"]);
  });
});

test("the report file's folders are made", async () => {
  const path = join(folder, "a/b/report.json");
  const judged = await judge(inputs({ "report-file": path }));
  expect([judged.status, judged.outputs["report-file"]], told(judged)).toEqual([0, path]);
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ version: 1, verdict: "ready" });
});
