import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presented } from "../../src/demo/internet.ts";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { OptionError } from "../../src/errors.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { judgeChange, type Question } from "../../src/run/change.ts";
import { gatherChange, gatherNamed } from "../../src/run/gathering.ts";
import { ROOMS } from "../../src/run/rooms.ts";
import { readRunner } from "../../src/run/runner.ts";
import type { RunEvent } from "../../src/run/run-event.ts";
import type { DomainVerdict, RunFacts } from "../../src/verdict.ts";
import { nowhere } from "../../src/world/nowhere.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { good, type Loopback, POLICY_HOST, startLoopback, type Way } from "./loopback.ts";

const FILE = "mta-sts.example.com/.well-known/mta-sts.txt";
const policy = (mode: string): string =>
  `version: STSv1\nmode: ${mode}\nmx: mx1.example.com\nmx: mx2.example.com\nmax_age: 86400\n`;
const [MX1, MX2] = ["127.0.0.11", "127.0.0.12"] as const;
const now = (): string => new Date().toISOString();

let loopback: Loopback;
let repository: DemoRepository;
beforeAll(async () => {
  const baseAt = new Date(Date.now() - 60 * 86_400_000).toISOString();
  [loopback, repository] = await Promise.all([
    startLoopback(),
    createRepository({ base: { [FILE]: policy("testing") }, head: { [FILE]: policy("enforce") }, baseAt }),
  ]);
  const { internet, place } = loopback;
  internet.zone = {
    "example.com": { MX: [[10, "mx1.example.com"] as const, [20, "mx2.example.com"] as const] },
    "mx1.example.com": { A: [MX1] },
    "mx2.example.com": { A: [MX2] },
    "mta-sts.example.com": { A: [POLICY_HOST] },
    "_mta-sts.example.com": { TXT: ["v=STSv1; id=1"] },
    "_smtp._tls.example.com": { TXT: ["v=TLSRPTv1; rua=mailto:reports@example.net"] },
  };
  const identity = presented(internet.authority.issue({ names: ["mta-sts.example.com"] }));
  internet.sites = { "mta-sts.example.com": { identity, reply: { kind: "policy", body: policy("testing") } } };
  await place(MX1, good(internet, "mx1.example.com"));
});
afterAll(() => Promise.all([loopback.close(), repository.close()]));

function questionOf({ options, caText }: Way, given: Readonly<Record<string, string>> = {}): Question {
  const event: RunEvent = {
    name: "pull_request",
    commit: repository.merge,
    base: { kind: "commit", id: repository.base },
    pullRequest: null,
  };
  const runner = { ...readRunner({}), workspace: repository.folder };
  // A short run waits less before its second try.
  return { options: options({ timeout: "18s", "record-id": "2", ...given }), event, runner, caText };
}

async function judged(way: Way, given: Readonly<Record<string, string>> = {}) {
  const domains: DomainVerdict[] = [];
  const rooms = { ...ROOMS, createNetwork: way.make };
  const { run } = await judgeChange(questionOf(way, given), (domain) => domains.push(domain), rooms);
  return { domains, run };
}

/** What is said of the change; the time that an answer took is no part of it. */
const said = ({ domains, run }: { domains: readonly DomainVerdict[]; run: RunFacts }): object => ({
  verdict: run.verdict,
  domains: domains.map(({ verdict, deliveries, rules, consequence }) => ({ verdict, deliveries, rules, consequence })),
});

/** Why a host could not be seen is told otherwise by a proxy. */
const outcomes = ({ domains }: { domains: readonly DomainVerdict[] }): object =>
  domains.map(({ deliveries, rules }) => [
    deliveries.map(({ policy, mx, outcome, hosts }) => [policy, mx, outcome, hosts.map(({ verdict }) => verdict)]),
    rules.filter(({ rule }) => rule !== "mx-unreachable").map(({ rule, kind }) => [rule, kind]),
  ]);

const offline = (way: Way): Way => ({ ...way, make: () => nowhere(now) });

describe("the same change, seen directly, through SOCKS5, and by evidence of another job", () => {
  test.each([
    ["ready", (): unknown => loopback.place(MX2, good(loopback.internet, "mx2.example.com"))],
    ["blocked", (): unknown => loopback.place(MX2, good(loopback.internet, "mx2.example.com", -1))],
    ["unknown", (): unknown => loopback.place(MX2, undefined)],
  ] as const)("%s", async (verdict, arrange) => {
    await arrange();
    const { direct, socks } = loopback.ways;
    const file = join(temporaryFolder(), "evidence.jsonl");
    const evidence = { evidence: file };
    const seen = await judged(direct, { "evidence-file": file });
    expect(seen.run.verdict, JSON.stringify(seen.domains)).toBe(verdict);
    const proxied = await judged(socks);
    expect([proxied.run.verdict, outcomes(proxied)]).toEqual([verdict, outcomes(seen)]);
    const again = await judged(offline(direct), evidence);
    expect(said(again)).toEqual(said(seen));
    expect(again.run.vantage).toEqual(seen.run.vantage);
    expect(again.run.notes.join(" ")).toMatch(/answers came from 1 evidence files/);
    // A job that only gathers, and a gate that does not get out to port 25.
    const gathered = join(temporaryFolder(), "gathered.jsonl");
    await gatherChange(questionOf(direct, { mode: "observe", "evidence-file": gathered }), direct.make);
    expect(said(await judged(offline(direct), { evidence: gathered }))).toEqual(said(seen));
  });
});

describe("evidence that does not count", () => {
  test("too old: judged as if it were not there, and said", async () => {
    await loopback.place(MX2, good(loopback.internet, "mx2.example.com"));
    const { direct } = loopback.ways;
    const file = join(temporaryFolder(), "evidence.jsonl");
    await judged(direct, { "evidence-file": file });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { run } = await judged(offline(direct), { evidence: file, "evidence-max-age": "1ms" });
    expect(run.verdict).toBe("unknown");
    expect(run.notes.join(" ")).toMatch(/older than 0 h: they count as history only/);
  });

  test("about other domains: ignored, and said", async () => {
    const { direct } = loopback.ways;
    const file = join(temporaryFolder(), "evidence.jsonl");
    const options = direct.options({ mode: "observe", "evidence-file": file });
    const domains = [domainName("example.org") as DomainName];
    await gatherNamed({ options, caText: direct.caText, workspace: temporaryFolder(), domains }, direct.make);
    const { run } = await judged(offline(direct), { evidence: file });
    expect(run.verdict).toBe("unknown");
    expect(run.notes.join(" ")).toMatch(/also about 1 domains that this run does not judge/);
  });

  test("what was copied from evidence is not written down as new", async () => {
    const { direct } = loopback.ways;
    const folder = temporaryFolder();
    const [first, second] = [join(folder, "first.jsonl"), join(folder, "second.jsonl")];
    await judged(direct, { "evidence-file": first });
    await judged(direct, { evidence: first, "evidence-file": second });
    expect(readFileSync(second, "utf8").trim().split("\n")).toHaveLength(2);
  });

  test("a file of the change itself", async () => {
    const lines = '{"version":1}\n';
    const tracked = await createRepository({ base: { [FILE]: policy("testing") }, head: { "e.jsonl": lines } });
    try {
      const question = questionOf(loopback.ways.direct, { evidence: "e.jsonl" });
      const { folder, merge, base } = tracked;
      const event = { ...question.event, commit: merge, base: { kind: "commit", id: base } as const };
      const runner = { ...question.runner, workspace: folder };
      const ended = judgeChange({ ...question, event, runner }, () => undefined, ROOMS);
      await expect(ended).rejects.toThrow(/git tracks/);
    } finally {
      await tracked.close();
    }
  });
});

test("to observe, somewhere to write is needed", async () => {
  const { direct } = loopback.ways;
  await expect(gatherChange(questionOf(direct, { mode: "observe" }), direct.make)).rejects.toThrow(OptionError);
});

describe("shards", () => {
  const SHARDS = 3;
  const NAMES = Array.from({ length: 9 }, (_, at) => `d${at}.example`);
  const PROVIDERS = ["one.example", "two.example", "three.co.uk", "four.example"];
  const HOSTS = PROVIDERS.flatMap((provider, at) => [
    [`a.${provider}`, `127.0.0.${20 + at}`] as const,
    [`b.${provider}`, `127.0.0.${30 + at}`] as const,
  ]);

  async function arrange(): Promise<void> {
    const { internet, place } = loopback;
    const domains = NAMES.flatMap((name, at) => {
      const [first, second] = [HOSTS[at % HOSTS.length], HOSTS[(at + 3) % HOSTS.length]];
      const mx = [[10, first?.[0] ?? ""] as const, [20, second?.[0] ?? ""] as const];
      return [
        [name, { MX: mx }] as const,
        [`mta-sts.${name}`, { A: [POLICY_HOST] }] as const,
        [`_mta-sts.${name}`, { TXT: [`v=STSv1; id=${at}`] }] as const,
      ];
    });
    internet.zone = Object.fromEntries([
      ...domains,
      ...HOSTS.map(([host, address]) => [host, { A: [address] }] as const),
    ]);
    internet.sites = Object.fromEntries(
      NAMES.map((name) => {
        const identity = presented(internet.authority.issue({ names: [`mta-sts.${name}`] }));
        return [`mta-sts.${name}`, { identity, reply: { kind: "policy", body: policy("testing") } as const }];
      }),
    );
    await Promise.all(HOSTS.map(([host, address]) => place(address, good(internet, host))));
  }

  const sessions = (): readonly number[] =>
    HOSTS.map(([, address]) => loopback.internet.mx.get(address)?.sessions.length ?? 0);

  async function observed(given: Readonly<Record<string, string>>, domains: readonly string[] = []) {
    const { direct } = loopback.ways;
    const before = { sessions: sessions(), questions: loopback.internet.questions.length };
    const gathered = await gatherNamed(
      {
        options: direct.options({ mode: "observe", ...given }),
        caText: direct.caText,
        workspace: temporaryFolder(),
        domains: domains.map((name) => domainName(name) as DomainName),
      },
      direct.make,
    );
    const asked = loopback.internet.questions.length - before.questions;
    return { gathered, asked, probed: sessions().map((count, at) => count - (before.sessions[at] ?? 0)) };
  }

  test("ask nothing twice: as many sessions and questions as one job, no host by two", async () => {
    await arrange();
    const folder = temporaryFolder();
    mkdirSync(join(folder, "waves"));
    const whole = await observed({ "evidence-file": join(folder, "whole.jsonl") }, NAMES);
    expect(whole.probed).toEqual(HOSTS.map(() => 1));
    let asked = 0;
    const probed: (readonly number[])[] = [];
    const domains: number[] = [];
    for (let index = 1; index <= SHARDS; index += 1) {
      const file = join(folder, `waves/domains-${index}.jsonl`);
      const first = await observed({ shard: `${index}/${SHARDS}`, "evidence-file": file }, NAMES);
      expect(first.probed.every((count) => count === 0)).toBe(true);
      domains.push(first.gathered.domains);
      asked += first.asked;
    }
    expect(domains.reduce((sum, count) => sum + count)).toBe(NAMES.length);
    expect(domains.every((count) => count < NAMES.length)).toBe(true);
    for (let index = 1; index <= SHARDS; index += 1) {
      const given = { evidence: join(folder, "waves/domains-*.jsonl"), shard: `${index}/${SHARDS}` };
      const second = await observed({ ...given, "evidence-file": join(folder, `waves/hosts-${index}.jsonl`) });
      asked += second.asked;
      probed.push(second.probed);
    }
    // Each host once, by one shard; a provider's hosts by the same.
    expect(HOSTS.map((_, at) => probed.map((counts) => counts[at] ?? 0).reduce((sum, count) => sum + count))).toEqual(
      HOSTS.map(() => 1),
    );
    for (const [at] of PROVIDERS.entries())
      expect(probed.map((counts) => counts[2 * at])).toEqual(probed.map((counts) => counts[2 * at + 1]));
    expect(Math.abs(asked - whole.asked)).toBeLessThanOrEqual(whole.asked * 0.02);
    // Together they know what one job would: nobody is left to ask.
    const all = await observed({
      evidence: join(folder, "waves/*.jsonl"),
      "evidence-file": join(folder, "rest.jsonl"),
    });
    expect([all.asked, all.gathered.observations, all.gathered.domains]).toEqual([0, 0, NAMES.length]);
  });
});
