import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import type { PolicyFetch } from "../../src/evidence.ts";
import type { ObservationLine } from "../../src/evidence-line.ts";
import { parseOptions } from "../../src/options.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { judgeChange } from "../../src/run/change.ts";
import { ROOMS } from "../../src/run/rooms.ts";
import { readRunner } from "../../src/run/runner.ts";
import type { DomainVerdict } from "../../src/verdict.ts";
import { nowhere } from "../../src/world/nowhere.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { outcomeOf, policyText, response, wordOf } from "../judge/scene.ts";
import { ADDRESS, fileOf, mx, txt, VANTAGE } from "./evidence-lines.ts";

const DAY = 86_400_000; // milliseconds
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const POLICY = "mta-sts.example.com/.well-known/mta-sts.txt";
const zone = (id: string): string =>
  `$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx1\n_mta-sts TXT "v=STSv1; id=${id}"\n_smtp._tls TXT "v=TLSRPTv1; rua=mailto:r@example.net"\n`;
const files = (policy: string, id: string) => ({ [POLICY]: policyText(policy), "zones/example.com.zone": zone(id) });
const config = { ".github/mta-sts-gate.yml": "records: zones/*\n" };

let repository: DemoRepository;
beforeAll(async () => {
  repository = await createRepository({
    base: { ...config, ...files("testing 86400 mx1", "B") },
    head: files("testing 604800 mx1", "A"),
    baseAt: daysAgo(90),
  });
});
afterAll(() => repository.close());

const served = (policy: string, at: string): ObservationLine => ({
  version: 1,
  at,
  kind: "policy",
  host: domainName("mta-sts.example.com") as DomainName,
  address: ADDRESS,
  seen: { ...response(200, policyText(policy)), address: ADDRESS } as PolicyFetch,
});

/** A run that has no network, by what an earlier one saw. */
async function judged(seen: string | undefined) {
  const path = join(temporaryFolder(), "seen.jsonl");
  if (seen !== undefined) writeFileSync(path, seen);
  const options = parseOptions({ timeout: "30s", ...(seen !== undefined && { evidence: path }) });
  const { merge, base, folder } = repository;
  const event = { name: "pull_request", commit: merge, base: { kind: "commit", id: base }, pullRequest: null } as const;
  const runner = { ...readRunner({}), workspace: folder };
  const domains: DomainVerdict[] = [];
  const rooms = { ...ROOMS, createNetwork: () => nowhere(() => new Date().toISOString()) };
  const { run } = await judgeChange({ options, event, runner, caText: undefined }, (one) => domains.push(one), rooms);
  return { run, reused: wordOf(outcomeOf(domains[0] as DomainVerdict, "record-id-reused")) };
}

describe("evidence too old to count as live is history", () => {
  const old = daysAgo(60);
  const pair = (policy: string, at: string): string =>
    fileOf([txt("v=STSv1; id=A", at), served(policy, at), mx("example.com", at)], VANTAGE, at);

  test("git tells of no such pair", async () => {
    expect((await judged(undefined)).reused).toBe("passed");
  });

  test("which policy an id named", async () => {
    const { run, reused } = await judged(pair("enforce 86400 mx9", old));
    expect(reused).toBe("failed:error");
    expect(run.verdict).toBe("blocked");
    expect(run.notes.join(" ")).toContain("3 observations in the evidence are older than 24 h: they count as history");
  });

  test("the same policy proves nothing wrong", async () => {
    expect((await judged(pair("testing 604800 mx1", old))).reused).toBe("passed");
  });

  test("what is dated in the future is no history", async () => {
    const { run, reused } = await judged(pair("enforce 86400 mx9", daysAgo(-1)));
    expect(reused).toBe("passed");
    expect(run.notes.join(" ")).toContain("3 observations in the evidence are dated in the future: they count as no");
  });

  test("what is about another domain is none of this one", async () => {
    expect((await judged(pair("enforce 86400 mx9", old).replaceAll("example.com", "example.org"))).reused).toBe(
      "passed",
    );
  });
});
