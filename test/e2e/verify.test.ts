// What is deployed, compared with the repository: the committed bundle, run as the runner runs it.
import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Internet, POLICY_ADDRESS, presented } from "../../src/demo/internet.ts";
import { createPolicyServer } from "../../src/demo/policy-server.ts";
import { createRepository } from "../../src/demo/repository.ts";
import { runProgram } from "../cli/program.ts";
import { type Change, failures, files, type Judged, openStage, policy, type Stage } from "./stage.ts";

const CLI = resolve("dist/cli.js");
const OLD = policy("enforce", 86_400, "mx1", "mx2");
const NEW = policy("enforce", 172_800, "mx1", "mx2");
const MX = { mx1: "good", mx2: "good" } as const;
const DRIFT = "deployed-drift: error zones/example.com.zone:7";
const SECOND_ADDRESS = "198.51.100.81";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
afterEach(() => {
  stage.internet.dnsFault = () => undefined;
  stage.internet.routeFault = () => undefined;
  stage.internet.port25 = "open";
});

function serve(internet: Internet, body: string): void {
  const identity = presented(internet.authority.issue({ names: ["mta-sts.example.com"] }));
  internet.sites = { "mta-sts.example.com": { identity, reply: { kind: "policy", body } } };
}

function publish(internet: Internet, id: string): void {
  internet.zone["_mta-sts.example.com"] = { TXT: [`v=STSv1; id=${id}`] };
}

/** Does the nth thing when the nth look at the record begins: the gate's is 0. Beyond the last, nothing more. */
const looked =
  (...steps: readonly ((internet: Internet) => void)[]) =>
  (internet: Internet): void => {
    let count = 0;
    internet.dnsFault = ({ name, type }) => {
      if (type === "TXT" && name === "_mta-sts.example.com") {
        steps[count]?.(internet);
        count += 1;
      }
      return undefined;
    };
  };
const nothing = (): void => undefined;

const push = (arrange: Change["arrange"], inputs: Readonly<Record<string, string>> = {}): Change => ({
  base: files(OLD, "A"),
  head: files(NEW, "B"),
  deployed: { policy: OLD, id: "A", mx: MX },
  event: "push",
  inputs: { timeout: "20s", "wait-for-deploy": "1s", ...inputs },
  ...(arrange && { arrange }),
});

const verdictOf = ({ status, report, outputs }: Judged): readonly unknown[] => [
  status,
  report?.verdict,
  outputs["verdict"],
];
const deploy = (internet: Internet): void => {
  serve(internet, NEW);
  publish(internet, "B");
};

describe("a push: gate, wait, verify", () => {
  test("the deploy arrives while the run waits: ready, without a finding of what was there before", async () => {
    const judged = await stage.judge(push(looked(nothing, nothing, deploy)));
    expect(verdictOf(judged), judged.stdout).toEqual([0, "ready", "ready"]);
    expect(failures(judged).filter((line) => line.includes("error"))).toEqual([]);
    expect(judged.report).toMatchObject({ mode: "verify" });
    expect(judged.stdout).toContain("Waiting up to 1 second until what is deployed is what the repository says");
    expect(judged.summary).toMatch(/waiting for the deploy/);
  });

  test("nothing arrives: blocked by the policy and by the record, on their lines", async () => {
    const judged = await stage.judge(push(undefined, { "wait-for-deploy": "0" }));
    expect(verdictOf(judged), judged.stdout).toEqual([1, "blocked", "blocked"]);
    expect(failures(judged)).toEqual(
      expect.arrayContaining([DRIFT, "deployed-drift: error mta-sts.example.com/.well-known/mta-sts.txt:1"]),
    );
  });

  test("the id is live before the policy: the wrong order, though both have arrived since", async () => {
    const early = (internet: Internet): void => publish(internet, "B");
    const judged = await stage.judge(push(looked(nothing, early, deploy)));
    expect(verdictOf(judged), judged.stdout).toEqual([1, "blocked", "blocked"]);
    expect(failures(judged)).toContain("rollout-order: error zones/example.com.zone:7");
    expect(failures(judged)).not.toContain(DRIFT);
    expect(judged.stdout).toMatch(
      /The id B of example\.com was live at \S+Z while 198\.51\.100\.80 still served another policy/,
    );
    expect(judged.outputs["suggested-id"]).toMatch(/^[A-Za-z0-9]{1,32}$/);
    expect(judged.outputs["suggested-id"]).not.toBe("B");
  });

  test("the policy is live before the id: the right order", async () => {
    const judged = await stage.judge(push(looked(nothing, (internet) => serve(internet, NEW), deploy)));
    expect(verdictOf(judged), judged.stdout).toEqual([0, "ready", "ready"]);
  });

  test("a branch that is new is verified, and not gated", async () => {
    const base = push(undefined, { "wait-for-deploy": "0" });
    const repository = await createRepository({ base: base.base, head: base.head });
    try {
      const payload = {
        before: "0".repeat(40),
        after: repository.head,
        repository: { full_name: "example/mail-policy" },
      };
      const judged = await stage.judge({ ...base, repository, payload, deployed: { policy: NEW, id: "B", mx: MX } });
      expect([...verdictOf(judged), judged.report?.domains.length], judged.stdout).toEqual([0, "ready", "ready", 1]);
    } finally {
      await repository.close();
    }
  });
});

describe("every night", () => {
  const nightly = (deployed: Change["deployed"], more: Partial<Change> = {}): Change => ({
    base: files(OLD, "A"),
    head: files(NEW, "B"),
    eventName: "schedule",
    payload: { schedule: "0 4 * * *" },
    ...(deployed && { deployed }),
    ...more,
  });
  const whole = { policy: NEW, id: "B", mx: MX };

  test("all as the repository says: ready, at once", async () => {
    const judged = await stage.judge(nightly(whole));
    expect([...verdictOf(judged), judged.outputs["domains"]], judged.stdout).toEqual([0, "ready", "ready", "1"]);
    expect(judged.report).toMatchObject({ mode: "verify" });
  });

  test.each<[string, Change, string]>([
    ["the id", nightly({ ...whole, id: "A" }), DRIFT],
    [
      "an MX record more",
      nightly({ ...whole, mx: { ...MX, mx3: "good" } }),
      "deployed-drift: error zones/example.com.zone:5",
    ],
    [
      "an MX host that is refused",
      nightly({ ...whole, mx: { ...MX, mx2: "expired" } }),
      "mx-refused: error mta-sts.example.com/.well-known/mta-sts.txt:4",
    ],
    ["no policy", nightly({ id: "B", mx: MX }), "fetch-failed: error"],
    [
      "other octets that mean the same",
      nightly({ ...whole, policy: NEW.replaceAll("\n", "\r\n") }),
      "deployed-drift: error mta-sts.example.com/.well-known/mta-sts.txt:1",
    ],
  ])("%s: blocked", async (_, change, line) => {
    const judged = await stage.judge(change);
    expect(verdictOf(judged), judged.stdout).toEqual([1, "blocked", "blocked"]);
    expect(failures(judged)).toContain(line);
  });

  test("a second address that serves what was there before", async () => {
    const arrange = (internet: Internet): void => {
      internet.zone["mta-sts.example.com"] = { A: [POLICY_ADDRESS, SECOND_ADDRESS] };
      const identity = presented(internet.authority.issue({ names: ["mta-sts.example.com"] }));
      const { accept } = createPolicyServer(() => ({ identity, reply: { kind: "policy", body: OLD } }));
      internet.routeFault = (address) => (address === SECOND_ADDRESS ? accept : undefined);
    };
    const judged = await stage.judge(nightly(whole, { arrange }));
    const rules = [
      "fetch-addresses-differ: error",
      "deployed-drift: error mta-sts.example.com/.well-known/mta-sts.txt:1",
    ];
    expect([judged.status, failures(judged)], judged.stdout).toEqual([1, expect.arrayContaining(rules)]);
    expect(judged.stdout).toContain(`at ${SECOND_ADDRESS} means something else than in this repository`);
  });

  test("a proxy that does not get out to port 25 leaves the verdict open", async () => {
    const arrange = (internet: Internet): void => {
      internet.port25 = "blocked";
    };
    const judged = await stage.judge(nightly(whole, { arrange, inputs: { timeout: "18s" } }));
    expect(verdictOf(judged), judged.stdout).toEqual([3, "unknown", "unknown"]);
  });

  test("a resolver that does not answer is no drift", async () => {
    const arrange = (internet: Internet): void => {
      internet.dnsFault = ({ name }) => (name.startsWith("_mta-sts.") ? { kind: "rcode", rcode: 2 } : undefined);
    };
    const judged = await stage.judge(nightly(whole, { arrange }));
    expect(verdictOf(judged), judged.stdout).toEqual([3, "unknown", "unknown"]);
  });
});

test("the command line verifies HEAD", async () => {
  const change = { base: files(OLD, "A"), head: files(NEW, "B") };
  const repository = await createRepository(change);
  try {
    const run = async (id: string) => {
      // The internet as it is: a gate that nobody looks at puts it there.
      await stage.judge({ ...change, deployed: { policy: NEW, id, mx: MX }, repository, inputs: { mode: "gate" } });
      const ways = Object.entries(stage.internet.inputs).flatMap(([name, text]) => [`--${name}=${text}`]);
      return runProgram(CLI, ["verify", "--records", "zones/*.zone", "--format", "json", ...ways], {
        folder: repository.folder,
      });
    };
    const good = await run("B");
    expect([good.status, JSON.parse(good.stdout)], good.stderr).toMatchObject([
      0,
      { verdict: "ready", mode: "verify" },
    ]);
    const stale = await run("A");
    expect([stale.status, JSON.parse(stale.stdout)], stale.stderr).toMatchObject([1, { verdict: "blocked" }]);
  } finally {
    await repository.close();
  }
});
