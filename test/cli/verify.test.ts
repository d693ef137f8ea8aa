import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.ts";
import type { Progress } from "../../src/cli/progress.ts";
import { verifyCommand } from "../../src/cli/verify.ts";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { OptionError } from "../../src/errors.ts";
import { ROOMS } from "../../src/run/rooms.ts";
import { policyText, response } from "../judge/scene.ts";
import { type Answers, networkOf } from "../observe/network.ts";

const FILE = "mta-sts.example.com/.well-known/mta-sts.txt";
const POLICY = policyText("enforce 86400 mx1");

let repository: DemoRepository;
beforeAll(async () => {
  repository = await createRepository({ base: { "README.md": "x" }, head: { [FILE]: POLICY } });
});
afterAll(() => repository.close());

const live = (body: string): Answers => ({
  txt: {
    "_mta-sts.example.com": ["v=STSv1; id=1"],
    "_smtp._tls.example.com": ["v=TLSRPTv1; rua=mailto:r@example.net"],
  },
  policy: (address) => ({ ...response(200, body), address }) as ReturnType<typeof response>,
});

async function verified(args: readonly string[], story: readonly Answers[]) {
  const [printed, told, watched]: [string[], string[], string[]] = [[], [], []];
  const progress: Progress = {
    expect: (total) => void watched.push(`expect ${total}`),
    step: () => void watched.push("step"),
    clear: () => void watched.push(`clear ${told.length}`),
    end: () => void watched.push("end"),
  };
  const terminal = {
    env: {},
    print: (text: string) => void printed.push(text),
    tell: (text: string) => void told.push(text),
    colour: false,
    folder: repository.folder,
    progress,
  };
  let [networks, time] = [0, 0];
  const createNetwork: typeof ROOMS.createNetwork = () => {
    const made = networkOf(story[Math.min(networks, story.length - 1)] ?? {});
    networks += 1;
    return made.network;
  };
  const pace = { now: () => time, sleep: async (ms: number) => void (time += ms) };
  const given = readArguments(["verify", "--resolver", "192.0.2.53", "--timeout", "20s", ...args]);
  const status = await verifyCommand(given, terminal, { ...ROOMS, createNetwork, pace });
  return { status, text: printed.join(""), told: told.join(""), networks, watched };
}

describe("HEAD, and no other revision", () => {
  test.each([
    [POLICY, 0, "ready"],
    [policyText("testing 86400 mx1"), 1, "blocked"],
  ])("%j: status %i", async (body, status, verdict) => {
    const found = await verified(["--format", "json"], [live(body)]);
    expect(found.status, found.text).toBe(status);
    expect(JSON.parse(found.text)).toMatchObject({
      verdict,
      mode: "verify",
      domains: [{ policyDomain: "example.com" }],
    });
    expect([found.networks, found.told]).toEqual([1, ""]);
  });

  test("a domain by its name; what was not seen is 3", async () => {
    const found = await verified(["example.com"], [{ ...live(POLICY), mx: "unseen" }]);
    expect([found.status, found.text]).toEqual([3, expect.stringMatching(/^example\.com: unknown: /)]);
  });
});

test("--wait-for-deploy looks until it has arrived, and says so where no report goes", async () => {
  const old = live(policyText("enforce 3600 mx1"));
  const found = await verified(["--wait-for-deploy", "5m"], [old, old, live(POLICY)]);
  expect([found.status, found.networks], found.text).toEqual([0, 4]);
  expect(found.told).toBe("Waiting up to 5 minutes until what is deployed is what the repository says: example.com.\n");
  // The line makes room for it, and counts no time that was waited.
  expect(found.watched).toEqual(["expect 1", "clear 0", "expect 1", "step", "end", "end"]);
});

test.each([
  [["--mode", "gate"], "--mode"],
  [["--mode", "observe"], "--mode"],
  [["a.example", "b.example"], "domain"],
])("%j is refused", async (args, option) => {
  const refused = await verified(args, [live(POLICY)]).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OptionError);
  expect((refused as OptionError).option).toBe(option);
});
