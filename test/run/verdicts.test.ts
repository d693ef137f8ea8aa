import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { parseOptions } from "../../src/options.ts";
import { type Judged, judgeChange, type Question } from "../../src/run/change.ts";
import type { Pace } from "../../src/run/deploy-wait.ts";
import { ROOMS } from "../../src/run/rooms.ts";
import { openRunClock } from "../../src/run/run-clock.ts";
import type { RunEvent } from "../../src/run/run-event.ts";
import { readRunner } from "../../src/run/runner.ts";
import { openVerdicts } from "../../src/run/verdicts.ts";
import type { DomainVerdict, RunFacts } from "../../src/verdict.ts";
import { AT, judgeScene, outcomeOf, proposalOf, response, wordOf } from "../judge/scene.ts";
import { type Answers, networkOf, VANTAGE } from "../observe/network.ts";

const FILE = "mta-sts.example.com/.well-known/mta-sts.txt";
const ZONE = "zones/example.com.zone";
const policy = (maxAge: number): string => `version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: ${maxAge}\n`;
const zone = (id: string): string =>
  `$ORIGIN example.com.\n$TTL 600\n@ IN MX 10 mx1\n_mta-sts IN TXT "v=STSv1; id=${id}"\n_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:r@example.net"\n`;
const [OLD, NEW] = [policy(86_400), policy(172_800)];

let repository: DemoRepository;
beforeAll(async () => {
  const baseAt = new Date(Date.now() - 60 * 86_400_000).toISOString();
  const base = { [FILE]: OLD, [ZONE]: zone("A"), "mta-sts.example.org/.well-known/mta-sts.txt": OLD };
  repository = await createRepository({ base, head: { ...base, [FILE]: NEW, [ZONE]: zone("B") }, baseAt });
});
afterAll(() => repository.close());

/** What is deployed: the id, and the policy at each address. */
const live = (id: string, first: string, second = first, more: Answers = {}): Answers => ({
  txt: {
    "_mta-sts.example.com": [`v=STSv1; id=${id}`],
    "_smtp._tls.example.com": ["v=TLSRPTv1; rua=mailto:r@example.net"],
  },
  addresses: { "mta-sts.example.com": ["192.0.2.80", "192.0.2.81"], "mx1.example.com": ["192.0.2.25"] },
  policy: (address) =>
    ({ ...response(200, address === "192.0.2.80" ? first : second), address }) as ReturnType<typeof response>,
  ...more,
});
const BEFORE = live("A", OLD);
const AFTER = live("B", NEW);

interface Ran extends Judged {
  readonly domains: readonly DomainVerdict[];
  /** The questions of each network of the run, in the order in which it was made. */
  readonly asked: readonly (readonly string[])[];
  readonly told: readonly string[];
  /** The resolver of each network. */
  readonly resolvers: readonly string[];
}

/** Each network of the run sees the next of these; the last counts for every later one. */
async function ran(
  story: readonly Answers[],
  given: Readonly<Record<string, string>> = {},
  event: Partial<RunEvent> = {},
  workspace = repository.folder,
): Promise<Ran> {
  const [domains, asked, told]: [DomainVerdict[], (readonly string[])[], string[]] = [[], [], []];
  const resolvers: string[] = [];
  let time = 0;
  const pace: Pace = { now: () => time, sleep: async (ms) => void (time += ms) };
  const createNetwork: typeof ROOMS.createNetwork = ({ options: { resolver } }) => {
    resolvers.push(resolver.kind);
    const made = networkOf(story[Math.min(asked.length, story.length - 1)] ?? {});
    asked.push(made.asked);
    return made.network;
  };
  const push: RunEvent = {
    name: "push",
    commit: repository.head,
    base: { kind: "commit", id: repository.base },
    pullRequest: null,
    work: "gate-then-verify",
    ...event,
  };
  const options = parseOptions({ records: "zones/*.zone", timeout: "20s", resolver: "192.0.2.53", ...given });
  const runner = { ...readRunner({}), workspace };
  const question: Question = { options, event: push, runner, caText: undefined, tell: (line) => void told.push(line) };
  const judged = await judgeChange(question, (domain) => domains.push(domain), { ...ROOMS, createNetwork, pace });
  return { ...judged, domains, asked, told, resolvers };
}

const word = ({ domains }: Ran, rule: string): string | undefined => {
  const [first] = domains;
  return first && wordOf(outcomeOf(first, rule));
};
const about = ({ run }: { readonly run: RunFacts }): string => run.notes.join("\n");

describe("a push: gate, wait, verify", () => {
  test("what arrives at the second look is ready, in one report about the domain that was touched", async () => {
    const found = await ran([BEFORE, BEFORE, AFTER]);
    expect([found.run.verdict, found.run.mode, found.domains.length], JSON.stringify(found.domains[0]?.rules)).toEqual([
      "ready",
      "verify",
      1,
    ]);
    expect(found.domains[0]).toMatchObject({ policyDomain: "example.com", touched: ["policy", "record"] });
    // Gate, two looks, verify.
    expect(found.asked).toHaveLength(4);
    expect(about(found)).toMatch(
      /After 5 seconds of waiting for the deploy, with 2 looks at 1 domain, everything had arrived\./,
    );
    expect(found.told).toEqual([expect.stringContaining("Waiting up to 15 minutes")]);
  });

  test("looks ask for no MX host; gate and verify do", async () => {
    const { asked } = await ran([BEFORE, BEFORE, AFTER]);
    const probes = asked.map((all) => all.filter((question) => /^(probe|tlsa|addresses mx1)/.test(question)).length);
    expect([probes[1], probes[2]]).toEqual([0, 0]);
    expect([probes[0], probes[3]].every((count) => count !== undefined && count > 0)).toBe(true);
  });

  test("what never arrives is blocked when the time is up", async () => {
    const found = await ran([BEFORE], { "wait-for-deploy": "2m" });
    expect([found.run.verdict, word(found, "deployed-drift")]).toEqual(["blocked", "failed:error"]);
    expect(about(found)).toMatch(/After 2 minutes .* this had not arrived: example\.com\./);
  });

  test("one address is behind: it has not arrived, and the address is named", async () => {
    const found = await ran([BEFORE, live("A", NEW, OLD)], { "wait-for-deploy": "10s" });
    expect(word(found, "fetch-addresses-differ")).toBe("failed:error");
    expect(JSON.stringify(found.domains[0]?.rules)).toContain(
      "at 192.0.2.81 means something else than in this repository",
    );
  });

  test("0: nobody waits", async () => {
    const found = await ran([BEFORE, AFTER], { "wait-for-deploy": "0" });
    expect([found.run.verdict, found.asked.length, found.told]).toEqual(["ready", 2, []]);
  });

  test("the gate's error stays, whatever arrives", async () => {
    const refused = live("A", OLD, OLD, { sessions: { "192.0.2.25": "expired" } });
    const found = await ran([refused, AFTER], { "wait-for-deploy": "0", "record-id": "A" });
    expect([found.run.verdict, word(found, "record-id-unchanged")]).toEqual(["blocked", "failed:error"]);
  });

  test("the id was seen before the policy: an error though all has arrived", async () => {
    const found = await ran([BEFORE, live("B", NEW, OLD), AFTER]);
    expect([found.run.verdict, word(found, "deployed-drift")]).toEqual(["blocked", "passed"]);
    expect(word(found, "rollout-order")).toBe("failed:error");
    expect(found.domains[0]?.suggestedId).not.toBeNull();
  });
});

describe("verify alone", () => {
  const scheduled = (story: readonly Answers[], given = {}): Promise<Ran> =>
    ran(story, given, { name: "schedule", base: { kind: "commit", id: repository.head }, work: "verify" });

  test("every domain, at once", async () => {
    const found = await scheduled([AFTER]);
    expect(found.domains.map(({ policyDomain }) => policyDomain)).toEqual(["example.com", "example.org"]);
    expect([found.run.mode, found.asked.length, found.told]).toEqual(["verify", 1, []]);
  });

  test("a domain that was named", async () => {
    const found = await scheduled([AFTER], { domain: "example.com", policy: FILE });
    expect([found.run.verdict, found.domains.length], JSON.stringify(found.domains)).toEqual(["ready", 1]);
    const other = await scheduled([live("A", NEW)], { domain: "example.com", policy: FILE });
    expect([other.run.verdict, word(other, "deployed-drift")]).toEqual(["blocked", "failed:error"]);
  });

  test("no way out to port 25: ready, and stated; a proxy makes it needed", async () => {
    const blocked = live("B", NEW, NEW, { sessions: { "192.0.2.25": "silent" }, port25: "blocked" });
    const one = { domain: "example.com", policy: FILE };
    const found = await scheduled([blocked], one);
    expect(found.run.verdict, JSON.stringify(found.domains)).toBe("ready");
    expect(found.domains[0]?.notChecked).toContainEqual(expect.stringContaining("does not get out to port 25"));
    expect(found.domains[0]?.consequence).toMatch(/whether senders accept every MX host was not seen/);
    const proxied = await scheduled([blocked], { ...one, proxy: "socks5://192.0.2.1:1080" });
    expect(proxied.run.verdict).toBe("unknown");
  });

  test("what was not seen is unknown", async () => {
    const unseen = { ...AFTER, txt: { ...AFTER.txt, "_mta-sts.example.com": "unseen" as const } };
    expect((await scheduled([unseen], { domain: "example.com", policy: FILE })).run.verdict).toBe("unknown");
  });
});

test("docs/verify.md: between policy and id, what the repository says of the policy alone is live", async () => {
  const [, text = ""] =
    /```yaml\n(# \.github\/mta-sts-policy\.yml\n[^]*?)```/.exec(readFileSync("docs/verify.md", "utf8")) ?? [];
  const config = {
    ".github/mta-sts-policy.yml": text,
    ".github/mta-sts-gate.yml": "records: zones/*.zone\ndeploy: policy-first\n",
  };
  const base = { ...config, [FILE]: OLD, [ZONE]: zone("A") };
  const fenced = await createRepository({ base, head: { ...base, [FILE]: NEW, [ZONE]: zone("B") } });
  const event = { commit: fenced.head, base: { kind: "commit", id: fenced.base }, work: "verify" } as const;
  const between = [live("A", OLD), live("A", NEW)];
  try {
    const of = (given: Readonly<Record<string, string>>) =>
      ran(between, { records: "", ...given }, event, fenced.folder);
    const policyOnly = await of({ config: ".github/mta-sts-policy.yml", all: "true", "wait-for-deploy": "15m" });
    expect([policyOnly.run.verdict, policyOnly.domains.length], JSON.stringify(policyOnly.domains)).toEqual([
      "ready",
      1,
    ]);
    expect(about(policyOnly)).toContain("with 2 looks at 1 domain, everything had arrived");
    // With the records the id would be missed, and the job that publishes it would never run.
    expect((await of({ "wait-for-deploy": "10s" })).run.verdict).toBe("blocked");
  } finally {
    await fenced.close();
  }
});

test("MX records of a repository without policies are waited for, where a live record says that there is one", async () => {
  const dns = (...hosts: readonly string[]): string =>
    `$ORIGIN example.com.\n$TTL 600\n${hosts.map((host) => `@ IN MX 10 ${host}\n`).join("")}`;
  const unsaid = await createRepository({ base: { [ZONE]: dns("mx1") }, head: { [ZONE]: dns("mx1", "mx2") } });
  const both = NEW.replace("mode: enforce", "mode: testing").replace("max_age", "mx: mx2.example.com\nmax_age");
  const having = (...mx: readonly string[]): Answers => live("A", both, both, { mx });
  const event = { commit: unsaid.head, base: { kind: "commit", id: unsaid.base } } as const;
  try {
    const one = having("mx1.example.com");
    const found = await ran([one, one, having("mx1.example.com", "mx2.example.com")], {}, event, unsaid.folder);
    expect([found.run.verdict, found.domains.length], JSON.stringify(found.domains)).toEqual(["ready", 1]);
    expect(about(found)).toContain("with 2 looks at 1 domain, everything had arrived");
  } finally {
    await unsaid.close();
  }
});

test("record: external: the live id hashes an older body, on a schedule as well", async () => {
  const config = { ".github/mta-sts-gate.yml": "domains:\n  - domain: example.com\n    record: external\n" };
  const external = await createRepository({
    base: { ...config, [FILE]: OLD },
    head: { ...config, [FILE]: NEW },
    baseAt: new Date(0).toISOString(),
  });
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
  const outcome = async (id: string): Promise<readonly unknown[]> => {
    const event = {
      name: "schedule",
      commit: external.head,
      base: { kind: "commit", id: external.head },
      work: "verify",
    } as const;
    const found = await ran([live(id, NEW)], { records: "" }, event, external.folder);
    return [found.run.verdict, word(found, "record-id-unchanged")];
  };
  try {
    expect(await outcome(hash(OLD))).toEqual(["blocked", "failed:error"]);
    expect(await outcome(hash(NEW))).toEqual(["ready", "passed"]);
  } finally {
    await external.close();
  }
});

test("a resolver may keep what was there before the deploy, so verify asks the zone's own servers first", async () => {
  const found = await ran([BEFORE, live("A", NEW), AFTER, live("A", NEW), AFTER], {
    resolver: "system",
    domain: "example.com",
    policy: FILE,
  });
  // Gate; then each look, and verify, with the resolver for all else.
  expect(found.resolvers).toEqual(["system", "system", "authoritative", "system", "authoritative"]);
  expect(found.run.verdict).toBe("ready");
  expect(found.run.vantage.resolver).toMatch(/, and the zones' own servers for TXT and MX$/);
});

describe("openVerdicts", () => {
  const verdict = judgeScene({});
  const network = { ...networkOf({}).network, vantage: () => VANTAGE };
  /** Which evidence each network stands behind, and what comes of a gate that says something and a verify that does not. */
  async function heard(work: RunEvent["work"], given: Readonly<Record<string, string>> = {}) {
    const evidence: string[] = [];
    const over = (name: string) => () => {
      evidence.push(name);
      return network;
    };
    const clock = openRunClock(10_000);
    const { stream, facts } = openVerdicts({
      docket: {
        proposals: [],
        mxOnly: [proposalOf({})],
        settings: { certificateExpiryDays: 14, off: [], waivers: [] },
      },
      options: parseOptions({ resolver: "192.0.2.53", ...given }),
      event: { name: "push", commit: "", base: { kind: "commit", id: "" }, pullRequest: null, ...(work && { work }) },
      clock,
      evidence: { over: over("all"), overDeploy: over("MX hosts") },
      rooms: {
        pace: ROOMS.pace,
        gate: async function* ({ mode }) {
          if (mode !== "verify") yield verdict;
        },
      },
      createNetwork: () => network,
      now: () => AT,
      tell: () => undefined,
    });
    const domains: DomainVerdict[] = [];
    for await (const domain of stream) domains.push(domain);
    clock.close();
    return { evidence, domains, asOf: facts().asOf };
  }

  test("after a gate, evidence says nothing of what was deployed since", async () => {
    expect((await heard("gate-then-verify", { evidence: "e.jsonl" })).evidence).toEqual(["all", "MX hosts"]);
    expect((await heard("verify", { evidence: "e.jsonl" })).evidence).toEqual(["all"]);
    expect((await heard(undefined)).evidence).toEqual(["all"]);
  });

  test("a domain that verify finds no policy of keeps the gate's verdict", async () => {
    const { domains, asOf } = await heard("gate-then-verify");
    expect([domains, asOf]).toEqual([[verdict], AT]);
  });
});

test("a gate asks one network once, and says nothing of verify", async () => {
  const found = await ran([BEFORE], {}, { name: "pull_request", work: "gate" });
  expect([found.run.mode, found.asked.length, found.run.notes]).toEqual(["gate", 1, []]);
});
