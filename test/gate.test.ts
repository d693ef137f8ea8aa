import { describe, expect, test } from "vitest";
import { type Docket, gate, gather } from "../src/gate.ts";
import type { Proposal } from "../src/proposal.ts";
import { type DomainName, domainName } from "../src/protocol/domain-name.ts";
import type { Network } from "../src/world.ts";
import { AT, policyText, proposalOf, response } from "./judge/scene.ts";
import { networkOf } from "./observe/network.ts";

const TESTING = "testing 604800 mx1";
const proposal = (domain: string): Proposal => ({
  ...proposalOf({ base: { policy: TESTING }, proposed: { policy: TESTING } }),
  policyDomain: domainName(domain) as DomainName,
});

function docket(proposals: readonly string[], mxOnly: readonly string[] = []): Docket {
  const settings = { certificateExpiryDays: 14, off: [], waivers: [] };
  return { proposals: proposals.map(proposal), mxOnly: mxOnly.map(proposal), settings };
}

async function domains(stream: AsyncGenerator<{ readonly policyDomain: string } | string>): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const one of stream) seen.push(typeof one === "string" ? one : one.policyDomain);
  return seen;
}

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `d${index}.example`);
const now = (): string => AT;

describe("the stream of verdicts", () => {
  test("is in the order of the docket, whoever answers first", async () => {
    const { network } = networkOf({});
    let wait = 12;
    const slow: Network = {
      ...network,
      mx: async (owner) => {
        wait -= 4;
        await new Promise((resolve) => void setTimeout(resolve, wait));
        return network.mx(owner);
      },
    };
    expect(await domains(gate(docket(names(3)), slow, now))).toEqual(names(3));
  });

  test("each domain is judged by what is remembered of it", async () => {
    const { network } = networkOf({});
    const asked: string[] = [];
    const memory: NonNullable<Docket["memory"]> = (domain) => {
      asked.push(domain);
      return [];
    };
    await domains(gate({ ...docket(names(3)), memory }, network, now));
    expect(asked.toSorted()).toEqual(names(3));
  });

  test("holds a bounded number of domains under way, and all of them come out", async () => {
    const { network } = networkOf({});
    let started = 0;
    let done = 0;
    let most = 0;
    const counting: Network = {
      ...network,
      mx: (owner) => {
        started += 1;
        most = Math.max(most, started - done);
        return network.mx(owner);
      },
    };
    const seen: string[] = [];
    for await (const { policyDomain } of gate(docket(names(600)), counting, now)) {
      done += 1;
      seen.push(policyDomain);
    }
    expect(seen).toEqual(names(600));
    expect(most).toBeGreaterThan(200);
    expect(most).toBeLessThanOrEqual(256);
  });

  test("a reader that stops early leaves the rest unasked", async () => {
    const { network, asked } = networkOf({});
    for await (const _ of gate(docket(names(2_000)), network, now)) break;
    expect(asked.filter((question) => question.startsWith("mx ")).length).toBeLessThan(300);
  });

  test("judges by what was observed, at the one time that is read for each domain", async () => {
    const { network } = networkOf({
      txt: { "_mta-sts.example.com": ["v=STSv1; id=A"] },
      policy: () => response(200, policyText(TESTING)),
    });
    let read = 0;
    const clock = (): string => `2026-11-24T12:00:0${read++}Z`;
    const verdicts = [];
    for await (const verdict of gate(docket(["example.com"]), network, clock)) verdicts.push(verdict);
    expect(verdicts).toMatchObject([{ policyDomain: "example.com", verdict: "ready" }]);
    expect(read).toBe(1);
  });

  test("nothing to judge is no verdict", async () => {
    const { network, asked } = networkOf({});
    expect(await domains(gate(docket([]), network, now))).toEqual([]);
    expect(asked).toEqual([]);
  });

  test("a defect in the network is thrown at its turn, and never swallowed", async () => {
    const { network } = networkOf({});
    const broken: Network = {
      ...network,
      mx: (owner) => (owner === "d1.example" ? Promise.reject(new Error("a defect")) : network.mx(owner)),
    };
    const seen: string[] = [];
    const run = async (): Promise<void> => {
      for await (const { policyDomain } of gate(docket(names(3)), broken, now)) seen.push(policyDomain);
    };
    await expect(run()).rejects.toThrow("a defect");
    expect(seen).toEqual(["d0.example"]);
  });
});

describe("a domain of which only MX is said (SPEC §3)", () => {
  test.each<[string, readonly string[] | "unseen" | undefined, boolean]>([
    ["a live record", ["v=STSv1; id=A"], true],
    ["two of them", ["v=STSv1; id=A", "v=STSv1; id=B"], true],
    ["a broken one", ["v=STSv1; id="], true],
    ["no such name", undefined, false],
    ["other text", ["spf"], false],
    ["not seen", "unseen", true],
  ])("%s: judged: %s", async (_, records, judged) => {
    const { network, asked } = networkOf({ txt: records ? { "_mta-sts.example.com": records } : {} });
    expect(await domains(gate(docket([], ["example.com"]), network, now))).toEqual(judged ? ["example.com"] : []);
    expect(asked.includes("mx example.com")).toBe(judged);
  });

  test("comes after the others, and one that has no policy leaves no gap", async () => {
    const { network } = networkOf({ txt: { "_mta-sts.c.example": ["v=STSv1; id=A"] } });
    expect(await domains(gate(docket(["a.example"], ["b.example", "c.example"]), network, now))).toEqual([
      "a.example",
      "c.example",
    ]);
  });
});

test("gather asks what the gate asks, and judges nothing", async () => {
  const [gated, gathered] = [networkOf({}), networkOf({})];
  const given = docket(["a.example"], ["b.example"]);
  await domains(gate(given, gated.network, now));
  expect(await domains(gather(given, gathered.network, now))).toEqual(["a.example"]);
  expect(gathered.asked).toEqual(gated.asked);
});
