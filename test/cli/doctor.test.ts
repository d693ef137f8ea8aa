import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CHECKS, type Check, statusOf } from "../../src/cli/doctor/check.ts";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { initCommand } from "../../src/cli/init.ts";
import { type Internet, presented } from "../../src/demo/internet.ts";
import { OptionError } from "../../src/errors.ts";
import { ROOMS } from "../../src/run/rooms.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { commandsIn } from "../report/runner.ts";
import { asked, checkout, startDomain } from "./start-stage.ts";

const WORKFLOW = ".github/workflows/mta-sts-gate.yml";
const POLICY = "mta-sts.example.com/.well-known/mta-sts.txt";
const TEXT = "version: STSv1\nmode: testing\nmx: mx1.example.com\nmx: mx2.example.com\nmax_age: 86400\n";
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const GOOD = `name: MTA-STS
on: { pull_request: {}, merge_group: {}, push: { branches: [main] } }
permissions: {}
jobs:
  gate:
    runs-on: ubuntu-latest
    permissions: { contents: read, pull-requests: write }
    steps:
      - uses: actions/checkout@${COMMIT} # v7.0.1
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: someone/mta-sts-gate@${COMMIT}
`;

let internet: Internet;
let zone: Internet["zone"];
beforeAll(async () => {
  internet = await startDomain();
  zone = internet.zone;
});
beforeEach(() => {
  internet.zone = structuredClone(zone);
  internet.port25 = "open";
  internet.dnsFault = () => undefined;
});
afterAll(() => internet.close());

async function doctor(
  folder: string,
  operands: readonly string[] = [],
  format = "json",
  more: Readonly<Record<string, string>> = {},
) {
  const printed: string[] = [];
  const options = { ...internet.inputs, timeout: "20s", ...more };
  const given = asked("doctor", operands, { options, format });
  const status = await doctorCommand(given, { print: (text) => void printed.push(text), folder });
  const text = printed.join("");
  const checks: readonly Check[] = format === "json" ? JSON.parse(text).checks : [];
  const of = (id: Check["check"]) => checks.filter(({ check }) => check === id);
  return { status, text, checks, of };
}

const repository = (workflow = GOOD, more: Readonly<Record<string, string>> = {}) =>
  checkout({ [WORKFLOW]: workflow, [POLICY]: TEXT, ...more });

test("the page has a row for every check", () => {
  const rows = [...readFileSync("docs/doctor.md", "utf8").matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, id]) => id);
  expect(rows).toEqual(Object.keys(CHECKS));
});

describe("all is well", () => {
  test("every check once, in the order of the table; 0, though one is for GitHub alone", async () => {
    const { status, checks } = await doctor(repository().folder);
    expect(checks.map(({ check }) => check)).toEqual(Object.keys(CHECKS));
    expect(checks.filter(({ outcome }) => outcome !== "ok").map(({ check, outcome }) => [check, outcome])).toEqual([
      ["required-check", "not-asked"],
    ]);
    expect(status).toBe(0);
  });

  test("text: a line a check, and the command that tells what is not asked", async () => {
    const { text } = await doctor(repository().folder, [], "text");
    expect(text).toMatch(/^ok {13}port-25 {8}mx1\.example\.com \(198\.51\.100\.10\) answers on port 25$/m);
    expect(text).toMatch(/^not asked {6}required-check .* whether gate is among/m);
    const page = readFileSync("docs/doctor.md", "utf8");
    const commands = [...page.matchAll(/^gh api .*$/gm)].map(([line]) => line);
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(text).toContain(` ${command}\n`);
    expect(text).toMatch(/^13 ok, 0 problems, 0 that nobody could look at, 1 not asked$/m);
  });

  test("after init, only what the user has to fill in is wrong", async () => {
    const { folder, commit } = checkout({ "README.md": "x" });
    const given = asked("doctor", ["example.com"], { options: { ...internet.inputs } });
    await initCommand(given, { print: () => undefined, folder });
    commit();
    const { status, checks } = await doctor(folder);
    expect(checks.filter(({ outcome }) => outcome === "problem").map(({ check }) => check)).toEqual(["pinned"]);
    expect(status).toBe(1);
  });
});

describe("the workflow", () => {
  test.each<[string, Check["check"], (text: string) => string, RegExp, number]>([
    [
      "no gate in it",
      "workflow",
      (text) => text.replace("someone/mta-sts-gate", "someone/other"),
      /none of 1 workflows/,
      0,
    ],
    ["on no change", "workflow", (text) => text.replace(/^on:.*$/m, "on: schedule"), /on no pull_request/, 0],
    [
      "pull_request_target",
      "events",
      (text) => text.replace("pull_request:", "pull_request_target:"),
      /pull_request_target/,
      2,
    ],
    ["workflow_run", "events", (text) => text.replace(/^on:.*$/m, "on: [workflow_run, push]"), /workflow_run/, 2],
    ["no merge_group", "merge-group", (text) => text.replace("merge_group: {}, ", ""), /merge queue/, 2],
    [
      "paths",
      "path-filter",
      (text) => text.replace("pull_request: {}", "pull_request: { paths: [x] }"),
      /pending for ever/,
      2,
    ],
    ["no permissions", "permissions", (text) => text.replace(/^ *permissions:.*\n/gm, ""), /says no permissions/, 5],
    [
      "write-all",
      "permissions",
      (text) => text.replace(/^( {4}permissions:).*$/m, "$1 write-all"),
      /write everything/,
      7,
    ],
    [
      "contents: write",
      "permissions",
      (text) => text.replace("contents: read", "contents: write"),
      /write the repository/,
      7,
    ],
    ["no contents", "permissions", (text) => text.replace("contents: read, ", ""), /contents: read is missing/, 7],
    [
      "one more",
      "permissions",
      (text) => text.replace("contents: read", "contents: read, checks: write"),
      /checks: write/,
      7,
    ],
    ["no comment", "permissions", (text) => text.replace(", pull-requests: write", ""), /cannot comment/, 7],
    ["depth 1", "checkout", (text) => text.replace("fetch-depth: 0, ", ""), /one commit/, 9],
    ["no checkout", "checkout", (text) => text.replace(/^ *- uses: actions.*\n.*\n/m, ""), /before the gate/, 9],
    ["token left", "credentials", (text) => text.replace(", persist-credentials: false", ""), /leaves the token/, 9],
    [
      "a tag",
      "pinned",
      (text) => text.replace(/mta-sts-gate@\w+/, "mta-sts-gate@v1"),
      /mta-sts-gate@v1 .* can move/,
      11,
    ],
  ])("%s", async (_, id, spoil, words, line) => {
    const { status, of, checks } = await doctor(repository(spoil(GOOD)).folder);
    const [found] = of(id).filter(({ outcome }) => outcome === "problem");
    expect(found?.message, JSON.stringify(checks)).toMatch(words);
    expect(found?.fix).toBeTypeOf("string");
    expect([status, checks.filter(({ outcome }) => outcome === "problem").length]).toEqual([1, 1]);
    if (line > 0) {
      expect(found?.location).toMatchObject({ path: WORKFLOW, span: { startLine: line } });
    }
  });

  test.each([
    ["depth 2 is enough to compare", (text: string) => text.replace("fetch-depth: 0", "fetch-depth: 2")],
    [
      "no comment is wanted",
      (text: string) =>
        text
          .replace(", pull-requests: write", "")
          .replace(/(mta-sts-gate@\w+)/, "$1\n        with: { comment: never }"),
    ],
    [
      "permissions of the workflow",
      (text: string) =>
        text
          .replace("permissions: {}", "permissions: { contents: read, pull-requests: write }")
          .replace(/^ {4}permissions:.*\n/m, ""),
    ],
    ["an action of the repository", (text: string) => text.replace("    steps:\n", "    steps:\n      - uses: ./x\n")],
  ])("%s: no problem", async (_, change) => {
    expect((await doctor(repository(change(GOOD)).folder)).status).toBe(0);
  });

  test("an expression as depth, and a file that is no YAML, cannot be told", async () => {
    const { status, of } = await doctor(
      repository(GOOD.replace("fetch-depth: 0", "fetch-depth: '${{ vars.depth }}'"), {
        ".github/workflows/b.yml": "a: [",
      }).folder,
    );
    expect([of("checkout")[0]?.outcome, of("workflow")[0]?.message, status]).toEqual([
      "unseen",
      expect.stringContaining("b.yml is no YAML"),
      3,
    ]);
  });

  test("aliases do not unfold without end", async () => {
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`;
    const { of } = await doctor(repository(GOOD, { ".github/workflows/a.yml": bomb }).folder);
    expect(of("workflow")[0]).toMatchObject({
      outcome: "unseen",
      message: expect.stringContaining("aliases cannot be followed"),
    });
  });

  test("a link is not followed", async () => {
    const { folder } = repository();
    const outside = join(temporaryFolder(), "w.yml");
    writeFileSync(outside, GOOD.replace("merge_group: {}, ", ""));
    symlinkSync(outside, join(folder, ".github/workflows/link.yml"));
    const { status, of } = await doctor(folder);
    expect([status, of("merge-group").length, of("workflow")[0]?.outcome]).toEqual([3, 1, "unseen"]);
  });

  test.each<[string, Check["check"], string, RegExp]>([
    [
      "a checkout behind the gate",
      "checkout",
      GOOD.replace(/( *- uses: actions.*\n.*\n)( *- uses: someone.*\n)/, "$2$1"),
      /before the gate/,
    ],
    ["a short commit id", "pinned", GOOD.replace(/mta-sts-gate@\w+/, "mta-sts-gate@0123abc"), /can move/],
    ["two that move", "pinned", GOOD.replaceAll(`@${COMMIT}`, "@v1"), /and so are 1 more/],
    [
      "not filled in",
      "pinned",
      GOOD.replace(/someone\/mta-sts-gate@\w+/, "OWNER/mta-sts-gate@COMMIT"),
      /still to be filled in/,
    ],
  ])("%s", async (_, id, text, words) => {
    const [found] = (await doctor(repository(text).folder)).of(id);
    expect(found).toMatchObject({ outcome: "problem", message: expect.stringMatching(words) });
  });

  test("one that is too large is not read", async () => {
    const { of } = await doctor(repository(GOOD, { ".github/workflows/a.yml": `#${"x".repeat(256 * 1024)}\n` }).folder);
    expect(of("workflow")[0]).toMatchObject({
      outcome: "unseen",
      message: expect.stringContaining("a.yml was not read"),
    });
  });

  test("several jobs: what is told stays in the order of the table", async () => {
    const { checks } = await doctor(repository(GOOD, { ".github/workflows/b.yml": GOOD }).folder);
    const places = checks.map(({ check }) => Object.keys(CHECKS).indexOf(check));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(checks.filter(({ check }) => check === "pinned")).toHaveLength(2);
  });
});

describe("the repository", () => {
  test.each<[string, Readonly<Record<string, string>>, Check["check"], RegExp]>([
    ["a config that is none", { ".github/mta-sts-gate.yml": "domain: x\n" }, "config", /is no key/],
    [
      "a glob that matches nothing",
      { ".github/mta-sts-gate.yml": "records: zones/*.zone\n" },
      "repository",
      /matches no file/,
    ],
    [
      "a DNS file that cannot be read",
      { ".github/mta-sts-gate.yml": "records: zones/*\n", "zones/x": "what is this?\n" },
      "repository",
      /in no format/,
    ],
  ])("%s", async (_, files, id, words) => {
    const { status, of } = await doctor(repository(GOOD, files).folder);
    if (id === "config") expect(of(id)[0]?.location).toMatchObject({ span: { startLine: 1 } });
    expect([status, of(id)[0]]).toEqual([
      1,
      expect.objectContaining({ outcome: "problem", message: expect.stringMatching(words) }),
    ]);
  });

  test("a policy without a domain: with the lines that would settle it", async () => {
    const { text } = await doctor(checkout({ [WORKFLOW]: GOOD, ".well-known/mta-sts.txt": TEXT }).folder, [], "text");
    expect(text).toMatch(/^problem {8}repository .*nothing says which domain/m);
    expect(text).toMatch(/^ +fix: write in \.github\/mta-sts-gate\.yml:\n +domains:\n +- domain: example\.com$/m);
  });

  test("without a commit", async () => {
    const { status, of } = await doctor(checkout().folder);
    expect([status, of("repository")[0]?.outcome, of("resolver")[0]?.outcome]).toEqual([1, "problem", "not-asked"]);
  });

  test("a shallow clone", async () => {
    const { folder, write, commit } = repository();
    write({ "README.md": "y" });
    commit();
    const clone = join(temporaryFolder(), "clone");
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${folder}`, clone]);
    expect((await doctor(clone)).of("clone")[0]).toMatchObject({ outcome: "problem", fix: "git fetch --unshallow" });
  });
});

describe("the network", () => {
  test("no way out to port 25 is 3, with ways out", async () => {
    internet.port25 = "blocked";
    const { status, of } = await doctor(repository().folder, [], "json", { timeout: "3s" });
    expect(of("port-25")[0]).toMatchObject({ outcome: "unseen", fix: expect.stringContaining("ssh -D") });
    expect([status, of("resolver")[0]?.outcome]).toEqual([3, "ok"]);
  });

  test("a proxy that opens and says nothing has reached nobody", async () => {
    internet.zone["silent.example"] = { MX: [[10, "mx.silent.example"]] };
    internet.zone["mx.silent.example"] = { A: ["198.51.100.20"], AAAA: ["2001:db8::20"] };
    await internet.placeMx("198.51.100.20", { behaviour: "closes-at-greeting" });
    const { status, of } = await doctor(repository().folder, ["silent.example"]);
    expect([status, of("port-25")[0]]).toEqual([3, expect.objectContaining({ outcome: "unseen" })]);
  });

  test("IPv4 first: hosted runners have nothing else", async () => {
    internet.zone["both.example"] = { MX: [[10, "mx.both.example"]] };
    internet.zone["mx.both.example"] = { A: ["198.51.100.21"], AAAA: ["2001:db8::21"] };
    await internet.placeMx("198.51.100.21", {
      tls: presented(internet.authority.issue({ names: ["mx.both.example"] })),
    });
    const { of } = await doctor(repository().folder, ["both.example"]);
    expect(of("port-25")[0]).toMatchObject({ outcome: "ok", message: expect.stringContaining("198.51.100.21") });
  });

  test("a system that names no DNS server is a problem", async () => {
    const printed: string[] = [];
    const createNetwork = (): never => {
      throw new OptionError("resolver", "This system names no DNS server.");
    };
    const outlet = { print: (text: string) => void printed.push(text), folder: repository().folder };
    expect(await doctorCommand(asked("doctor", []), outlet, { ...ROOMS, createNetwork })).toBe(1);
    expect(printed.join("")).toMatch(/^problem {8}resolver/m);
  });

  test("a resolver that does not answer is 3", async () => {
    internet.dnsFault = () => ({ kind: "rcode", rcode: 2 });
    const { status, of } = await doctor(repository().folder);
    expect([status, of("resolver")[0]?.outcome, of("port-25")[0]?.outcome]).toEqual([3, "unseen", "unseen"]);
  });

  test("one host is contacted, and it is that of the domain that is named", async () => {
    internet.zone["other.example"] = { MX: [[10, "mx2.example.com"]] };
    const before = internet.proxied.length;
    const { of } = await doctor(repository().folder, ["other.example"]);
    expect(of("port-25")[0]?.message).toContain("mx2.example.com");
    expect(internet.proxied.slice(before)).toHaveLength(1);
  });

  test("a domain without MX hosts has none to connect to", async () => {
    internet.zone["other.example"] = { MX: [[0, "."]] };
    expect((await doctor(repository().folder, ["other.example"])).of("port-25")[0]?.outcome).toBe("not-asked");
  });
});

test("statusOf: a problem beats what was not seen, and what is not asked counts for nothing", () => {
  const of = (...outcomes: readonly Check["outcome"][]) =>
    statusOf(outcomes.map((outcome) => ({ check: "clone", outcome, message: "x" })));
  expect([of("ok", "not-asked"), of("unseen", "ok"), of("unseen", "problem")]).toEqual([0, 3, 1]);
});

test.each<[readonly string[], string, string]>([
  [["example"], "json", "doctor"],
  [["a.example", "b.example"], "json", "doctor"],
  [[], "sarif", "--format"],
])("%j %s is refused", async (operands, format, option) => {
  const error = await doctor(repository().folder, operands, format).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OptionError);
  expect((error as OptionError).option).toBe(option);
});

test.each(["text", "json"])("outside text is inert in %s", async (format) => {
  const hostile = "::error::x ##[add-mask]y \u001b[2J";
  const step = `uses: ${JSON.stringify(`someone/mta-sts-gate@${hostile}`)}`;
  const workflow = GOOD.replace(/uses: someone.*/, step).replace(
    "  gate:\n",
    `  gate:\n    name: ${JSON.stringify(hostile)}\n`,
  );
  const { text } = await doctor(repository(workflow).folder, [], format);
  expect(text).toContain("add-mask");
  expect(commandsIn(text)).toEqual([]);
  expect(text).toMatch(/^[\n\x20-\x7e]+$/);
});
