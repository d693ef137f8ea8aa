import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.ts";
import { planCommand } from "../../src/cli/plan.ts";
import { type Internet, POLICY_ADDRESS, presented, startInternet } from "../../src/demo/internet.ts";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { CollectError, OptionError } from "../../src/errors.ts";
import type { Plan } from "../../src/plan.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { commandsIn } from "../report/runner.ts";

const FILE = "mta-sts.example.com/.well-known/mta-sts.txt";
const ZONE = "zones/example.com.zone";
const policy = (mode: string, ...mx: readonly string[]): string =>
  `version: STSv1\nmode: ${mode}\n${mx.map((host) => `mx: ${host}.example.com\n`).join("")}max_age: 604800\n`;
const zone = (id: string, ...mx: readonly string[]): string =>
  `$TTL 3600\n@ SOA ns1 admin 1 2 3 4 5\n${mx.map((host) => `@ MX 10 ${host}\n`).join("")}_mta-sts TXT "v=STSv1; id=${id}"\n`;
const HOSTILE = "::error::forged ##[add-mask]ready \u001b[2J";

let internet: Internet;
let repository: DemoRepository;
let ways: readonly string[];

beforeAll(async () => {
  [internet, repository] = await Promise.all([
    startInternet(),
    createRepository({
      baseAt: "2025-01-01T00:00:00Z",
      base: {
        [FILE]: policy("enforce", "mx1").replace("604800", "2592000"),
        [ZONE]: zone("0", "mx1"),
        ".github/mta-sts-gate.yml": "records: zones/*\n",
      },
      head: { [FILE]: policy("enforce", "mx1"), [ZONE]: zone("1", "mx1"), "README.md": HOSTILE },
    }),
  ]);
  const { authority } = internet;
  internet.zone = {
    "example.com": { MX: [[10, "mx1.example.com"]] },
    "mx1.example.com": { A: ["198.51.100.10"] },
    "mx2.example.com": { A: ["198.51.100.11"] },
    "mta-sts.example.com": { A: [POLICY_ADDRESS] },
    "_mta-sts.example.com": { TXT: ["v=STSv1; id=1"] },
  };
  const identity = presented(authority.issue({ names: ["mta-sts.example.com"] }));
  internet.sites = { "mta-sts.example.com": { identity, reply: { kind: "policy", body: policy("enforce", "mx1") } } };
  await internet.placeMx("198.51.100.10", { tls: presented(authority.issue({ names: ["mx1.example.com"] })) });
  await internet.placeMx("198.51.100.11", { tls: presented(authority.issue({ names: ["other.example.com"] })) });
  ways = Object.entries(internet.inputs).flatMap(([name, text]) =>
    name === "allow-private-networks" ? [`--${name}`] : [`--${name}`, text],
  );
});
afterAll(() => Promise.all([internet.close(), repository.close()]));

async function planned(args: readonly string[], { online = true, folder = repository.folder } = {}) {
  const printed: string[] = [];
  const print = (text: string): void => void printed.push(text);
  const terminal = { env: {}, print, tell: () => undefined, colour: false, folder };
  const status = await planCommand(readArguments(["plan", ...(online ? ways : []), ...args]), terminal);
  return { status, text: printed.join("") };
}

const asPlan = async (...args: readonly string[]): Promise<Plan> =>
  JSON.parse((await planned([...args, "--format", "json"])).text);

describe("plan DOMAIN INTENT", () => {
  test("json: the steps, with what is live and what git tells", async () => {
    const plan = await asPlan("example.com", "add-mx", "mx2.example.com");
    expect(plan).toMatchObject({ version: 1, policyDomain: "example.com", intent: "add-mx" });
    expect(plan.steps.map(({ state }) => state)).toEqual(["next", "later"]);
    const [first, second] = plan.steps;
    expect(first?.edits).toEqual([
      { kind: "patch", fix: expect.objectContaining({ path: FILE, text: "mx: mx1.example.com\nmx: mx2.example.com" }) },
      {
        kind: "patch",
        fix: expect.objectContaining({ path: ZONE, text: expect.stringMatching(/^[0-9]{8}T[0-9]{6}Z$/) }),
      },
    ]);
    const wait = Date.parse(second?.from ?? "") - Date.parse(first?.from ?? "");
    // A day of deploy, and an hour of TTL.
    expect(wait).toBe(25 * 3_600_000);
    // The commit before had a max_age of 30 days.
    expect(Date.parse(second?.all ?? "") - Date.parse(first?.from ?? "")).toBeGreaterThan(30 * 86_400_000);
    // The host of the intent was looked at: its certificate is another host's.
    expect(second?.blockedBy.join()).toMatch(/mx2\.example\.com/);
    expect(second?.unseen).toEqual([]);
  });

  test("text: a line a fact, printable ASCII", async () => {
    const { status, text } = await planned(["example.com", "retire"]);
    expect(status).toBe(0);
    expect(text).toMatch(/^example\.com: plan retire, as of /);
    expect(text).toMatch(/^1\. Publish mode none .*: next$/m);
    expect(text).toMatch(/^ {5}-mode: enforce\n {5}-mx|^ {5}-mode: enforce$/m);
    expect(text).toMatch(/^ {3}not before \S+, if each step before is merged on its first date$/m);
    expect(text).toMatch(/^[\n\x20-\x7e]+$/);
  });

  test("markdown: a section a step", async () => {
    const { text } = await planned(["example.com", "max-age", "86400", "--format", "markdown"]);
    expect(text).toMatch(/^## Plan for <code>example.com<\/code>: max-age$/m);
    expect(text).toMatch(/^### 1\. /m);
    expect(text).toMatch(/```diff\n/);
  });

  test("by evidence alone nobody is asked, and what is not known is said", async () => {
    const folder = temporaryFolder();
    const line = { version: 1, at: new Date().toISOString() };
    const vantage = {
      port25: "open",
      ipv6: "none",
      resolver: "system",
      proxy: null,
      trustAnchors: "Mozilla",
      privateNetworks: "refused",
    };
    const lines = [
      { ...line, kind: "header", tool: "test", commit: null },
      { ...line, kind: "end", observations: 0, vantage },
    ];
    writeFileSync(join(folder, "e.jsonl"), lines.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const args = ["example.com", "add-mx", "mx2.example.com", "--evidence", join(folder, "e.jsonl")];
    const { text } = await planned(args, { online: false });
    expect(text).toMatch(/^ {3}not seen: /m);
    expect(text).toMatch(/^note: What is deployed was not seen/m);
  });
});

describe("what cannot be planned", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["no domain", [], /needs a domain and an intent/],
    ["no intent", ["example.com"], /is missing/],
    ["another word", ["example.com", "panic"], /is none that is known/],
    ["a domain that is none", ["example", "retire"], /no domain name/],
    ["a domain said twice", ["example.com", "retire", "--domain", "a.example"], /says nothing to plan/],
    ["a format that is none", ["example.com", "retire", "--format", "github"], /no such value/],
  ])("%s", async (_, args, message) => {
    const error = await planned(args, { online: false }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toMatch(message);
  });

  test("a domain of which the repository says nothing", async () => {
    const error = await planned(["other.example", "retire"]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CollectError);
  });
});

describe("hostile text", () => {
  test.each(["text", "json", "markdown"])("is inert in %s", async (format) => {
    const file = `# ${HOSTILE}\n${policy("enforce", "mx1")}x: ${HOSTILE}\n`;
    const hostile = await createRepository({ base: { [FILE]: file }, head: { "README.md": "x" } });
    try {
      const { text } = await planned(["example.com", "retire", "--format", format], { folder: hostile.folder });
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(commandsIn(text)).toEqual([]);
    } finally {
      await hostile.close();
    }
  });
});
