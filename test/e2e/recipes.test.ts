// The recipes of docs/recipes, run: what the page gives the gate is what the bundle gets. Every night is in verify.test.ts, shards and
// evidence of another job in evidence.test.ts, forks in reporting.test.ts.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contentId } from "../../src/cli/init/files.ts";
import { createRepository, type Files } from "../../src/demo/repository.ts";
import { type Change, failures, files, type Judged, openStage, policy, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => void (stage = await openStage()));
afterAll(() => stage.close());

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The fences of a page: files by their path, and the steps of its workflow. */
function recipe(name: string): { readonly files: Files; readonly steps: readonly Step[] } {
  const page = readFileSync(`docs/recipes/${name}.md`, "utf8");
  const fences = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = ""]) => text);
  const workflow = fences.find((text) => !text.startsWith("# ")) ?? "";
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps: readonly Step[] }> };
  const named = fences.flatMap((text) => {
    const [, path] = /^# (\S+)\n/.exec(text) ?? [];
    return path === undefined ? [] : [[path, text] as const];
  });
  return { files: Object.fromEntries(named), steps: Object.values(jobs).flatMap(({ steps }) => steps) };
}

/** What the page gives the gate. */
function inputsOf(name: string): Readonly<Record<string, string>> {
  const gate = recipe(name).steps.find(({ uses }) => uses?.startsWith("OWNER/mta-sts-gate@"));
  return Object.fromEntries(Object.entries(gate?.with ?? {}).map(([key, value]) => [key, String(value)]));
}

const TESTING = policy("testing", 86_400, "mx1", "mx2");
const LONGER = policy("testing", 172_800, "mx1", "mx2");
const MX = { mx1: "good", mx2: "good" } as const;
const AS_BEFORE = { policy: TESTING, id: "A", mx: MX } as const;
const verdictOf = ({ status, outputs }: Judged): readonly unknown[] => [status, outputs["verdict"]];
const errors = (judged: Judged): readonly string[] => failures(judged).filter((line) => line.includes(": error"));

describe("zone files", () => {
  const change = (id: string): Change => ({
    base: files(TESTING, "A"),
    head: files(LONGER, id),
    deployed: AS_BEFORE,
    inputs: inputsOf("zone-files"),
  });

  test("a policy with a new id is ready", async () => {
    const judged = await stage.judge(change("B"));
    expect(verdictOf(judged), judged.stdout).toEqual([0, "ready"]);
  });

  test("one with the same id is blocked, on the line of the zone file", async () => {
    const judged = await stage.judge(change("A"));
    expect(verdictOf(judged), judged.stdout).toEqual([1, "blocked"]);
    expect(errors(judged)).toEqual(["record-id-unchanged: error zones/example.com.zone:7"]);
  });
});

describe("GitHub Pages, DNS by hand", () => {
  const site = (text: string): Files => ({
    ...recipe("github-pages").files,
    ".well-known/mta-sts.txt": text,
    CNAME: "mta-sts.example.com\n",
    ".nojekyll": "",
  });
  const change = (more: Partial<Change>): Change => ({
    base: site(TESTING),
    head: site(LONGER),
    deployed: AS_BEFORE,
    inputs: inputsOf("github-pages"),
    ...more,
  });
  const idOf = (text: string): string => contentId(new TextEncoder().encode(text));

  test("the page has the config", () =>
    expect(Object.keys(recipe("github-pages").files)).toEqual([".github/mta-sts-gate.yml"]));

  test("a pull request: ready, with the record to publish afterwards", async () => {
    const judged = await stage.judge(change({}));
    expect(verdictOf(judged), judged.stdout).toEqual([0, "ready"]);
    expect(judged.outputs["suggested-id"]).toBe(idOf(LONGER));
    expect(judged.comments.at(-1)).toContain(idOf(LONGER));
  });

  test.each([
    ["published", idOf(LONGER), []],
    ["still to be published", idOf(TESTING), ["record-id-unchanged: error"]],
    ["with an id that is no hash", "A", []],
  ])("the push, the record %s", async (_, id, told) => {
    const judged = await stage.judge(change({ event: "push", deployed: { policy: LONGER, id, mx: MX } }));
    expect(verdictOf(judged), judged.stdout).toEqual(told.length === 0 ? [0, "ready"] : [1, "blocked"]);
    expect(errors(judged)).toEqual(told);
  });

  test("every night: that somebody forgot the record is told", async () => {
    const judged = await stage.judge(
      change({
        base: site(LONGER),
        head: site(TESTING),
        eventName: "schedule",
        payload: { schedule: "17 3 * * *" },
        deployed: { policy: TESTING, id: idOf(LONGER), mx: MX },
      }),
    );
    expect(failures(judged).join("\n")).toContain("record-id-unchanged");
  });

  test("without .nojekyll the policy would not be there", async () => {
    const judged = await stage.judge(change({ head: { ...site(LONGER), ".nojekyll": null } }));
    expect(failures(judged).join("\n")).toContain("policy-path-unserved");
  });
});

test("merge queue: the group is judged, without a comment", async () => {
  const inputs = inputsOf("merge-queue");
  const text = (policyText: string): Files => ({ [inputs["policy"] ?? ""]: policyText });
  const written = stage.api.comments.length;
  const change: Change = {
    base: text(TESTING),
    head: text("version: STSv1\nmode: testing\n"),
    deployed: AS_BEFORE,
    event: "merge_group",
    inputs,
  };
  const judged = await stage.judge(change);
  expect(verdictOf(judged), judged.stdout).toEqual([1, "blocked"]);
  expect(errors(judged).join("\n")).toContain("policy-syntax: error .well-known/mta-sts.txt");
  expect(stage.api.comments).toHaveLength(written);
  const mended = await stage.judge({ ...change, head: text(LONGER) });
  expect(verdictOf(mended), mended.stdout).toEqual([0, "ready"]);
});

describe("a config that the change edits", () => {
  const CONFIG = ".github/mta-sts-gate.yml";
  const inputs = inputsOf("trusted-config");
  const tree = (text: string, config: string): Files => ({
    ...files(TESTING, "A"),
    [inputs["policy"] ?? ""]: text,
    "other.txt": TESTING,
    [CONFIG]: config,
  });
  const change = (config: string, event: "pull_request" | "fork"): Change => ({
    base: tree(TESTING, "rules: {}\n"),
    head: tree(LONGER, config),
    deployed: AS_BEFORE,
    event,
    inputs,
  });

  test("it cannot point the gate at other files", async () => {
    const away = "domains: [{ domain: example.net, policy: other.txt }]\n";
    const judged = await stage.judge(change(away, "pull_request"));
    expect(verdictOf(judged), judged.stdout).toEqual([1, "blocked"]);
    expect(errors(judged)).toEqual(["record-id-unchanged: error zones/example.com.zone:7"]);
  });

  test("a rule that it switches off is named; from a fork it stays on", async () => {
    const off = "rules: { record-id-unchanged: off }\n";
    const ours = await stage.judge(change(off, "pull_request"));
    expect(verdictOf(ours), ours.stdout).toEqual([0, "ready"]);
    expect(ours.stdout).toContain("The rule record-id-unchanged is switched off by this change.");
    const fork = await stage.judge(change(off, "fork"));
    expect(verdictOf(fork), fork.stdout).toEqual([1, "blocked"]);
  });
});

describe("a file that a step before made", () => {
  const policyFile = "mta-sts.example.com/.well-known/mta-sts.txt";
  const sts = (id: string) => ({ name: "_mta-sts.example.com", type: "TXT", ttl: 300, records: [`v=STSv1; id=${id}`] });
  const plan = (id: string): string => {
    const change = { actions: ["update"], before: sts("A"), after: sts(id) };
    const resource = { address: "aws_route53_record.sts", type: "aws_route53_record", change };
    return JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes: [resource] });
  };
  const mx = (host: string) => ({ type: "MX", name: "@", ttl: 300, mxpreference: 10, target: `${host}.example.com.` });
  const ir = (id: string): string => {
    const record = { type: "TXT", name: "_mta-sts", ttl: 300, target: `v=STSv1; id=${id}` };
    const reports = { type: "TXT", name: "_smtp._tls", ttl: 300, target: "v=TLSRPTv1; rua=mailto:reports@example.net" };
    const records = [record, reports, mx("mx1"), mx("mx2")];
    return JSON.stringify({ registrars: [], dns_providers: [], domains: [{ name: "example.com", records }] });
  };

  test.each([
    ["terraform", plan],
    ["dnscontrol", ir],
  ] as const)("%s: a new id is ready, the same id is blocked", async (name, made) => {
    const inputs = inputsOf(name);
    const [base, head] = [{ [policyFile]: TESTING }, { [policyFile]: LONGER }];
    const baseAt = new Date(Date.now() - 60 * 86_400_000).toISOString();
    const repository = await createRepository({ base, head, baseAt });
    try {
      const judge = (id: string): Promise<Judged> => {
        writeFileSync(join(repository.folder, inputs["records"] ?? ""), made(id));
        return stage.judge({ base, head, repository, deployed: AS_BEFORE, inputs });
      };
      const fresh = await judge("B");
      expect(verdictOf(fresh), fresh.stdout).toEqual([0, "ready"]);
      const same = await judge("A");
      expect(verdictOf(same), same.stdout).toEqual([1, "blocked"]);
      expect(errors(same).join("\n")).toContain("record-id-unchanged");
    } finally {
      await repository.close();
    }
  });
});

test("octoDNS: the id of the zone in YAML counts", async () => {
  const zone = (id: string): string =>
    [
      "'':",
      "  - type: MX",
      "    values:",
      "      - { preference: 10, exchange: mx1.example.com. }",
      "      - { preference: 10, exchange: mx2.example.com. }",
      `_mta-sts: { type: TXT, value: 'v=STSv1\\; id=${id}' }`,
      "_smtp._tls: { type: TXT, value: 'v=TLSRPTv1\\; rua=mailto:reports@example.net' }",
      "",
    ].join("\n");
  const tree = (text: string, id: string): Files => ({ ...files(text), "config/example.com.yaml": zone(id) });
  const change = (id: string): Change => ({
    base: tree(TESTING, "A"),
    head: tree(LONGER, id),
    deployed: AS_BEFORE,
    inputs: inputsOf("octodns"),
  });
  const fresh = await stage.judge(change("B"));
  expect(verdictOf(fresh), fresh.stdout).toEqual([0, "ready"]);
  const same = await stage.judge(change("A"));
  expect(errors(same), same.stdout).toEqual(["record-id-unchanged: error config/example.com.yaml:6"]);
});

describe("when a date passes", () => {
  const script = recipe("when-a-date-passes").steps[0]?.run ?? "";
  /** A `gh` that knows three open pull requests: one was judged too long ago where OLD is 1, one is being judged, one was judged. */
  const GH = `#!/bin/sh
echo "$*" >> "$LOG"
case "$*" in
  *"/pulls?state=open"*) printf 'aaa\\nbbb\\nccc\\n' ;;
  *head_sha=aaa*) echo 11 ;;
  *head_sha=bbb*) : ;;
  *head_sha=ccc*) echo 33 ;;
  *runs/11/rerun) exit "$OLD" ;;
esac
`;
  const again = (old: "0" | "1"): { readonly status: number | null; readonly posted: readonly string[] } => {
    const folder = mkdtempSync(join(tmpdir(), "mta-sts-gate-again-"));
    try {
      const [gh, log] = [join(folder, "gh"), join(folder, "log")];
      writeFileSync(gh, GH);
      writeFileSync(log, "");
      chmodSync(gh, 0o755);
      writeFileSync(join(folder, "step.sh"), script);
      const env = {
        PATH: `${folder}:${process.env["PATH"]}`,
        LOG: log,
        OLD: old,
        GITHUB_REPOSITORY: "a/b",
        GATE: "gate.yml",
      };
      const { status } = spawnSync("bash", ["-e", join(folder, "step.sh")], { env });
      const lines = readFileSync(log, "utf8").split("\n");
      return { status, posted: lines.filter((line) => line.includes("POST")) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const posted = [11, 33].map((run) => `api --method POST repos/a/b/actions/runs/${run}/rerun`);

  test("the last run of each open pull request is run again, and none that still runs", () => {
    expect(again("0")).toEqual({ status: 0, posted });
  });

  test("one that GitHub does not run again fails the job, and the others are run again", () => {
    expect(again("1")).toEqual({ status: 1, posted });
  });
});
