import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readArguments } from "../../src/cli/arguments.ts";
import { gateCommand } from "../../src/cli/gate.ts";
import { contentId } from "../../src/cli/init/files.ts";
import { initCommand } from "../../src/cli/init.ts";
import { lint } from "../../src/cli/lint.ts";
import { readConfig } from "../../src/collect/config.ts";
import type { Internet } from "../../src/demo/internet.ts";
import { OptionError } from "../../src/errors.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { commandsIn } from "../report/runner.ts";
import { PROGRAMS, runProgram } from "./program.ts";
import { asked, type Checkout, checkout, publish, startDomain } from "./start-stage.ts";

const CONFIG = ".github/mta-sts-gate.yml";
const WORKFLOW = ".github/workflows/mta-sts-gate.yml";
const TESTING = "version: STSv1\nmode: testing\nmx: mx1.example.com\nmx: mx2.example.com\nmax_age: 86400\n";
const ENFORCE = TESTING.replace("testing", "enforce");

let internet: Internet;
let zone: Internet["zone"];
beforeAll(async () => {
  internet = await startDomain();
  zone = internet.zone;
});
beforeEach(() => {
  internet.zone = structuredClone(zone);
  internet.sites = {};
  internet.dnsFault = () => undefined;
});
afterAll(() => internet.close());

async function init(
  folder: string,
  operands: readonly string[] = ["example.com"],
  more: Readonly<Record<string, string>> = {},
) {
  const printed: string[] = [];
  const { format, ...options } = more;
  const given = asked("init", operands, {
    options: { ...internet.inputs, timeout: "20s", ...options },
    format,
  });
  const status = await initCommand(given, { print: (text) => void printed.push(text), folder });
  return { status, text: printed.join("") };
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), "utf8");

/** Commits what init wrote, and judges that change. */
async function gated({ folder, commit }: Checkout): Promise<{ status: number; text: string }> {
  commit();
  const ways = Object.entries(internet.inputs).map(([name, text]) => `--${name}=${text}`);
  const printed: string[] = [];
  const print = (text: string): void => void printed.push(text);
  const terminal = { env: {}, print, tell: () => undefined, colour: false, folder };
  const status = await gateCommand(readArguments(["gate", "--timeout=20s", ...ways]), terminal);
  return { status, text: printed.join("") };
}

async function isPolicy(path: string): Promise<boolean> {
  return (await lint([path], undefined, () => undefined)) === 0;
}

describe("a repository about nothing else is the site", () => {
  test("policy, config, workflow, and what GitHub Pages needs", async () => {
    const { folder } = checkout({ "README.md": "x" });
    const { status } = await init(folder);
    expect(status).toBe(0);
    expect(read(folder, ".well-known/mta-sts.txt")).toBe(TESTING);
    expect([read(folder, "CNAME"), read(folder, ".nojekyll")]).toEqual(["mta-sts.example.com\n", ""]);
    const config = readConfig(CONFIG, read(folder, CONFIG), []);
    expect(config.domains).toMatchObject([
      { domain: "example.com", policy: ".well-known/mta-sts.txt", record: { kind: "external" } },
    ]);
    expect(read(folder, CONFIG)).toMatch(/^# yaml-language-server: \$schema=https:\S+\/schema\/config-v1\.json\n/);
  });

  test("the workflow is twelve lines with the least permissions, and actions at a commit", async () => {
    const { folder } = checkout({ "README.md": "x" });
    await init(folder);
    const text = read(folder, WORKFLOW);
    expect(text.trimEnd().split("\n")).toHaveLength(12);
    const workflow = parse(text);
    expect(Object.keys(workflow.on)).toEqual(["pull_request", "merge_group", "push"]);
    expect([workflow.permissions, workflow.jobs.gate.permissions]).toEqual([
      {},
      { contents: "read", "pull-requests": "write" },
    ]);
    expect(workflow.on.push).toEqual({ branches: ["main"] });
    expect(workflow.jobs.gate.steps[0].with).toEqual({ "fetch-depth": 0, "persist-credentials": false });
    for (const line of text.split("\n").filter((one) => one.includes("uses:")))
      expect(line).toMatch(/@(?:COMMIT|[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
    const [readme] = readFileSync("README.md", "utf8").match(/actions\/checkout@.*/) ?? [];
    expect(text).toContain(readme);
  });

  test("the records to publish, the policy host first, the id a hash of the policy", async () => {
    const { folder } = checkout({ "README.md": "x" });
    const { text } = await init(folder, ["example.com"], { format: "json" });
    const id = contentId(new TextEncoder().encode(TESTING));
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      policyDomain: "example.com",
      policyFile: ".well-known/mta-sts.txt",
      written: [".well-known/mta-sts.txt", CONFIG, WORKFLOW, "CNAME", ".nojekyll"],
      kept: [],
      mx: [{ host: "mx1.example.com" }, { host: "mx2.example.com" }],
      records: [
        { owner: "mta-sts.example.com", type: "CNAME", data: "OWNER.github.io." },
        { owner: "_mta-sts.example.com", type: "TXT", data: `"v=STSv1; id=${id}"` },
        { owner: "_smtp._tls.example.com", type: "TXT" },
      ],
    });
  });
});

describe("what it writes passes", () => {
  test.each([
    ["a site", { "README.md": "x" }],
    ["a repository about other things", { "src/main.c": "x" }],
  ])("%s: lint and gate", async (_, files) => {
    const repository = checkout(files);
    await init(repository.folder);
    const path = "src/main.c" in files ? "mta-sts.example.com/.well-known/mta-sts.txt" : ".well-known/mta-sts.txt";
    expect(await isPolicy(join(repository.folder, path))).toBe(true);
    const { status, text } = await gated(repository);
    expect(status, text).toBe(0);
    expect(text).toMatch(/^example\.com: ready/m);
    // The gate would publish the same record.
    expect(text).toContain(
      `publish: _mta-sts.example.com. IN TXT "v=STSv1; id=${contentId(new TextEncoder().encode(TESTING))}"`,
    );
  });

  test("before the first commit", async () => {
    const { folder } = checkout();
    expect((await init(folder)).status).toBe(0);
    expect(await isPolicy(join(folder, ".well-known/mta-sts.txt"))).toBe(true);
  });

  test("a zone file whose lines about mail cannot be read is no place for the record", async () => {
    const zoneText = "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 admin 1 2 3 4 5\n@ MX mx1\n";
    const { folder } = checkout({ "zones/example.com.zone": zoneText });
    await init(folder);
    expect(parse(read(folder, CONFIG)).domains).toMatchObject([{ record: "external" }]);
  });

  test("a zone file of the domain is where its records are", async () => {
    const zoneText = "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx1\n@ MX 20 mx2\n";
    const repository = checkout({
      "zones/example.com.zone": zoneText,
      "zones/other.example.zone": zoneText.replaceAll("example.com", "other.example"),
    });
    const { text } = await init(repository.folder);
    expect(parse(read(repository.folder, CONFIG)).domains).toEqual([
      {
        domain: "example.com",
        policy: "mta-sts.example.com/.well-known/mta-sts.txt",
        records: ["zones/example.com.zone"],
      },
    ]);
    expect(text).toContain("served, in zones/example.com.zone");
    // A second time the lines to add are shown as they can be pasted.
    const again = (await init(repository.folder)).text;
    expect(again).toContain('    records:\n        - "zones/example.com.zone"\n');
    const judged = await gated(repository);
    expect([judged.status, judged.text]).toEqual([0, expect.stringMatching(/^example\.com: ready/m)]);
  });
});

describe("what is deployed", () => {
  test("a policy that is served is taken to the octet, and needs no other id", async () => {
    publish(internet, ENFORCE.replaceAll("\n", "\r\n"), ["v=STSv1; id=1"]);
    const repository = checkout({ "README.md": "x" });
    const { text } = await init(repository.folder);
    expect(read(repository.folder, ".well-known/mta-sts.txt")).toContain("mode: enforce\r\n");
    expect(text).not.toContain("_mta-sts.example.com. IN TXT");
    expect(text).not.toContain("mta-sts.example.com. IN CNAME");
    const judged = await gated(repository);
    expect([judged.status, judged.text]).toEqual([0, expect.stringMatching(/^example\.com: ready/m)]);
  });

  test("a policy of mode none is no start", async () => {
    publish(internet, "version: STSv1\nmode: none\nmax_age: 86400\n", ["v=STSv1; id=1"]);
    const { folder } = checkout({ "README.md": "x" });
    const { text } = await init(folder);
    expect(read(folder, ".well-known/mta-sts.txt")).toBe(TESTING);
    expect(text).toMatch(/_mta-sts\.example\.com\. IN TXT "v=STSv1; id=[0-9a-f]{32}"/);
    expect(text).toContain("a policy of mode none is served now");
  });

  test.each([
    [["v=STSv1; id=1", "v=STSv1; id=2"], /more than one record/],
    [["v=STSv1; id=a-b"], /is none by RFC 8461/],
    [["v=STSv1; id=1"], /nobody can fetch/],
  ])("the record %j is told", async (record, words) => {
    internet.zone["_mta-sts.example.com"] = { TXT: record };
    const { folder } = checkout({ "README.md": "x" });
    expect((await init(folder)).text).toMatch(words);
  });

  test("a record that is a provider's alias is told", async () => {
    internet.zone["_mta-sts.example.com"] = { CNAME: "sts.provider.example" };
    internet.zone["sts.provider.example"] = { TXT: ["v=STSv1; id=1"] };
    const { folder } = checkout({ "README.md": "x" });
    expect((await init(folder)).text).toContain("_mta-sts.example.com is an alias of sts.provider.example: whoever");
  });

  test("a TLS-RPT record that is there is not asked for again", async () => {
    internet.zone["_smtp._tls.example.com"] = { TXT: ["v=TLSRPTv1; rua=mailto:r@example.net"] };
    const { folder } = checkout({ "README.md": "x" });
    expect((await init(folder)).text).not.toContain("_smtp._tls");
  });

  test("a tenant's host is named exactly, with the provider's page", async () => {
    internet.zone["example.com"] = { MX: [[0, "example-com.mail.protection.outlook.com"]] };
    const { folder } = checkout({ "README.md": "x" });
    const { text } = await init(folder);
    expect(read(folder, ".well-known/mta-sts.txt")).toContain("\nmx: example-com.mail.protection.outlook.com\n");
    expect(text).toContain("example-com.mail.protection.outlook.com (Microsoft 365)\n");
    expect(text).toContain("https://learn.microsoft.com/");
  });
});

describe("nothing is overwritten", () => {
  test("what is there is kept and named, and its policy is the one that counts", async () => {
    const mine = TESTING.replace("mx: mx2.example.com\n", "");
    const { folder } = checkout({ ".well-known/mta-sts.txt": mine, CNAME: "mta-sts.example.com\n" });
    const { text } = await init(folder);
    expect(read(folder, ".well-known/mta-sts.txt")).toBe(mine);
    expect(text).toContain("kept  .well-known/mta-sts.txt: it was there\n");
    expect(text).toContain(contentId(new TextEncoder().encode(mine)));
    expect(text).toContain("does not cover the MX host mx2.example.com");
  });

  test("a second time changes nothing", async () => {
    const { folder } = checkout({ "README.md": "x" });
    await init(folder);
    const before = readdirSync(folder, { recursive: true });
    const { text } = await init(folder);
    expect(readdirSync(folder, { recursive: true }).length).toBe(before.length);
    expect(text).not.toMatch(/^wrote/m);
    expect(text).toContain("add under domains:\n    - domain: example.com\n");
  });

  test("another name's CNAME is no site of this domain", async () => {
    const { folder } = checkout({ CNAME: "www.example.com\n" });
    await init(folder);
    expect(read(folder, "CNAME")).toBe("www.example.com\n");
    expect(existsSync(join(folder, "mta-sts.example.com/.well-known/mta-sts.txt"))).toBe(true);
  });

  test.each([".well-known", ".github"])("a link at %s is not followed", async (name) => {
    const outside = temporaryFolder();
    const { folder } = checkout({ "README.md": "x" });
    symlinkSync(outside, join(folder, name));
    await expect(init(folder)).rejects.toThrow();
    expect(readdirSync(outside)).toEqual([]);
    expect(existsSync(join(folder, CONFIG))).toBe(false);
  });

  test("from a folder below, the root is where it writes", async () => {
    const { folder } = checkout({ "README.md": "x" });
    mkdirSync(join(folder, "docs"));
    await init(join(folder, "docs"));
    expect(existsSync(join(folder, CONFIG))).toBe(true);
  });
});

describe("nothing is written", () => {
  test.each<[string, () => void, number, RegExp]>([
    [
      "MX not seen",
      () => (internet.dnsFault = ({ type }) => (type === "MX" ? { kind: "rcode", rcode: 2 } : undefined)),
      3,
      /could not look at MX records/,
    ],
    [
      "an announced policy not seen",
      () => {
        internet.zone["_mta-sts.example.com"] = { TXT: ["v=STSv1; id=1"] };
        internet.dnsFault = ({ name }) => (name === "mta-sts.example.com" ? { kind: "rcode", rcode: 2 } : undefined);
      },
      3,
      /could not look at the policy at mta-sts\.example\.com/,
    ],
    [
      "record not seen",
      () => {
        internet.dnsFault = ({ name }) => (name === "_mta-sts.example.com" ? { kind: "rcode", rcode: 2 } : undefined);
      },
      3,
      /could not look at the record/,
    ],
    ["null MX", () => (internet.zone["example.com"] = { MX: [[0, "."]] }), 1, /takes no mail/],
    ["no MX", () => (internet.zone["example.com"] = { A: ["198.51.100.1"] }), 1, /no MX record/],
    ["no such name", () => (internet.zone = {}), 1, /no such name/],
  ])("%s", async (_, spoil, status, words) => {
    spoil();
    const { folder } = checkout({ "README.md": "x" });
    const found = await init(folder);
    expect([found.status, found.text]).toEqual([status, expect.stringMatching(words)]);
    expect(readdirSync(folder).sort()).toEqual([".git", "README.md"]);
  });

  test.each<[readonly string[], Readonly<Record<string, string>>, string]>([
    [[], {}, "init"],
    [["example"], {}, "init"],
    [["a.example", "b.example"], {}, "init"],
    [["example.com"], { format: "github" }, "--format"],
    [["example.com"], { policy: "../x" }, "--policy"],
    [["example.com"], { policy: ".git/x" }, "--policy"],
  ])("%j %j is refused", async (operands, more, option) => {
    const { folder } = checkout({ "README.md": "x" });
    const error = await init(folder, operands, more).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OptionError);
    expect((error as OptionError).option).toBe(option);
  });

  test("where there is no checkout", async () => {
    await expect(init(temporaryFolder())).rejects.toBeInstanceOf(OptionError);
  });
});

test("outside text is inert", async () => {
  const name = "::error::x ##[add-mask]y.txt";
  const { folder } = checkout({ "README.md": "x" });
  for (const format of ["text", "json"]) {
    const { text } = await init(folder, ["example.com"], { policy: `p/${name}`, format });
    expect(commandsIn(text)).toEqual([]);
    expect(text).toMatch(/^[\n\x20-\x7e]+$/);
  }
});

test.each([["init"], ["doctor"]])("%s on the command line, by its name", async (command) => {
  const { folder } = checkout({ "README.md": "x" });
  const [[, file]] = PROGRAMS;
  const ways = Object.entries(internet.inputs).map(([name, text]) => `--${name}=${text}`);
  const { status, stdout, stderr } = await runProgram(file, [command, "example.com", ...ways], { folder });
  expect([status, stderr]).toEqual([command === "init" ? 0 : 1, ""]);
  expect(stdout).toMatch(command === "init" ? /^wrote \.well-known\/mta-sts\.txt$/m : /^ok {13}port-25/m);
});
