// The committed bundle, run as the runner runs it, against a private internet. Each is a change that people make.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Change, failures, files, openStage, policy, type Stage, zone } from "./stage.ts";

let stage: Stage;
beforeAll(async () => void (stage = await openStage()));
afterAll(() => stage.close());
beforeEach(() => {
  stage.internet.port25 = "open";
  stage.internet.dnsFault = () => undefined;
  stage.api.comments.length = 0;
  stage.api.fault = () => undefined;
});

const TESTING = policy("testing", 86_400, "mx1", "mx2");
const ENFORCE = policy("enforce", 86_400, "mx1", "mx2");
const TWO = { mx1: "good", mx2: "good" } as const;
/** A connect that nobody answers takes a second. */
const FAST = { timeout: "18s" };

type Expected = {
  readonly verdict: "ready" | "blocked" | "unknown";
  readonly status: number;
  readonly rules?: readonly string[];
  readonly says?: string;
};

const CHANGES: readonly [string, Change & { readonly port25?: "blocked" }, Expected][] = [
  [
    "first testing publication on a runner without port 25",
    {
      base: { "README.md": "x" },
      head: files(TESTING),
      deployed: { mx: TWO, tlsrpt: true },
      port25: "blocked",
      inputs: FAST,
    },
    { verdict: "ready", status: 0, says: '_mta-sts.example.com. IN TXT "v=STSv1; id=' },
  ],
  [
    "testing to enforce there",
    {
      base: files(TESTING, "A"),
      head: files(ENFORCE, "B"),
      deployed: { policy: TESTING, id: "A", mx: TWO },
      port25: "blocked",
      inputs: FAST,
    },
    { verdict: "unknown", status: 3, says: "names proven, TLS not seen" },
  ],
  [
    "testing to enforce where all MX are good",
    {
      base: files(TESTING, "A"),
      head: files(ENFORCE, "B"),
      deployed: { policy: TESTING, id: "A", mx: TWO },
    },
    { verdict: "ready", status: 0 },
  ],
  [
    "testing to enforce where one MX is not",
    {
      base: files(TESTING, "A"),
      head: files(ENFORCE, "B"),
      deployed: { policy: TESTING, id: "A", mx: { mx1: "good", mx2: "expired" } },
    },
    { verdict: "blocked", status: 1, rules: ["mx-refused: error mta-sts.example.com/.well-known/mta-sts.txt:4"] },
  ],
  [
    "widening under enforce without port 25",
    {
      base: files(ENFORCE, "A"),
      head: files(policy("enforce", 86_400, "mx1", "mx2", "mx3"), "B"),
      deployed: { policy: ENFORCE, id: "A", mx: TWO },
      port25: "blocked",
      inputs: FAST,
    },
    { verdict: "ready", status: 0 },
  ],
  [
    "removing an MX whose certificate expired",
    {
      base: { "zones/example.com.zone": zone("A", "mx1", "mx2") },
      head: { "zones/example.com.zone": zone("A", "mx1") },
      deployed: { policy: ENFORCE, id: "A", mx: { mx1: "good", mx2: "expired" } },
    },
    { verdict: "ready", status: 0 },
  ],
  [
    "no policy to enforce",
    { base: { "README.md": "x" }, head: files(ENFORCE), deployed: { mx: TWO } },
    {
      verdict: "blocked",
      status: 1,
      rules: ["rollout-enforce-untested: error mta-sts.example.com/.well-known/mta-sts.txt:2"],
    },
  ],
  [
    "a push straight to main with the id not bumped",
    {
      base: files(TESTING, "A"),
      head: files(policy("testing", 604_800, "mx1", "mx2"), "A"),
      deployed: { policy: TESTING, id: "A", mx: TWO },
      event: "push",
    },
    { verdict: "blocked", status: 1, rules: ["record-id-unchanged: error zones/example.com.zone:7"] },
  ],
  [
    "the same through a merge queue",
    {
      base: files(TESTING, "A"),
      head: files(policy("testing", 604_800, "mx1", "mx2"), "A"),
      deployed: { policy: TESTING, id: "A", mx: TWO },
      event: "merge_group",
    },
    { verdict: "blocked", status: 1, rules: ["record-id-unchanged: error zones/example.com.zone:7"] },
  ],
  [
    "an MX added in a DNS repository whose author never heard of MTA-STS",
    {
      base: { "zones/example.com.zone": zone(undefined, "mx1") },
      head: { "zones/example.com.zone": zone(undefined, "mx1", "mx9") },
      deployed: { policy: policy("enforce", 86_400, "mx1"), id: "A", mx: { mx1: "good" } },
    },
    { verdict: "blocked", status: 1 },
  ],
  [
    "a change that touches no mail",
    {
      base: files(ENFORCE, "A"),
      head: { "README.md": "y" },
      deployed: { policy: ENFORCE, id: "A", mx: { mx1: "expired", mx2: "expired" } },
    },
    { verdict: "ready", status: 0 },
  ],
  [
    "the policy file is no policy",
    {
      base: files(TESTING, "A"),
      head: files("version: STSv1\nmode: enforced\nmx: mx1.example.com\nmax_age: 86400\n", "B"),
      deployed: { policy: TESTING, id: "A", mx: TWO },
    },
    {
      verdict: "blocked",
      status: 1,
      rules: ["policy-syntax: error mta-sts.example.com/.well-known/mta-sts.txt:2"],
      says: "did you mean",
    },
  ],
  [
    "the policy is removed under enforce",
    {
      base: files(ENFORCE, "A"),
      head: {
        "mta-sts.example.com/.well-known/mta-sts.txt": null,
        "zones/example.com.zone": zone(undefined, "mx1", "mx2"),
      },
      deployed: { policy: ENFORCE, id: "A", mx: TWO },
    },
    {
      verdict: "blocked",
      status: 1,
      rules: ["rollout-removed-early: error mta-sts.example.com/.well-known/mta-sts.txt:1"],
    },
  ],
];

describe("the verdict of the bundle", () => {
  test.each(CHANGES)("%s", async (_, { port25, ...change }, expected) => {
    stage.internet.port25 = port25 ?? "open";
    const judged = await stage.judge(change);
    const seen = `${judged.stdout}\n${judged.stderr}\n${failures(judged).join("\n")}`;
    expect(judged.outputs["verdict"], seen).toBe(expected.verdict);
    expect(judged.status, seen).toBe(expected.status);
    expect(judged.report?.verdict).toBe(expected.verdict);
    for (const rule of expected.rules ?? []) expect(failures(judged), seen).toContain(rule);
    if (expected.says) expect(judged.stdout + judged.summary).toContain(expected.says);
    expect(judged.stderr).toBe("");
  });
});
