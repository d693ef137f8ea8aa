import { describe, expect, test } from "vitest";
import { NO_ROLLOUT } from "../../../src/config.ts";
import { planFor } from "../../../src/judge/plan/plan.ts";
import type { Intent, PlanStep } from "../../../src/plan.ts";
import { type DomainName, domainName } from "../../../src/protocol/domain-name.ts";
import type { DomainVerdict } from "../../../src/verdict.ts";
import { caseOf, DOMAIN, judgeScene, policyText, type Scene } from "../scene.ts";
import { follow, type Holding, holding, planOf, sceneOf, type Told } from "./replay.ts";

const NOW = "2026-11-24T12:00:00Z";
const LONG_AGO = "2025-01-01T00:00:00Z";
const name = (text: string): DomainName => domainName(`${text}.example.com`) as DomainName;

const E1 = "enforce 604800 mx1";
const E12 = "enforce 604800 mx1 mx2";
const T1 = "testing 604800 mx1";

/** Intent, what is said and live, the steps by state (done, next, later), and what all of it in one change would be. */
type Row = readonly [title: string, intent: Intent, holds: Holding, states: string, atOnce: "blocked" | "ready"];

const ROWS: readonly Row[] = [
  ["start testing", { kind: "testing" }, holding(null, null, "mx1"), "dnl", "ready"],
  ["back to testing", { kind: "testing" }, holding(E1, "A", "mx1"), "dnd", "ready"],
  ["enforce, from nothing", { kind: "enforce" }, holding(null, null, "mx1"), "nlll", "blocked"],
  ["enforce, from testing", { kind: "enforce" }, holding(T1, "A", "mx1"), "ddnl", "ready"],
  [
    "enforce, from testing with an MX that is not listed",
    { kind: "enforce" },
    holding(T1, "A", "mx1", "mx2"),
    "ndll",
    "ready",
  ],
  ["add an MX", { kind: "add-mx", host: name("mx2") }, holding(E1, "A", "mx1"), "nl", "blocked"],
  ["add an MX that is listed", { kind: "add-mx", host: name("mx2") }, holding(E12, "A", "mx1"), "dn", "ready"],
  ["add an MX under testing", { kind: "add-mx", host: name("mx2") }, holding(T1, "A", "mx1"), "nl", "ready"],
  ["remove an MX", { kind: "remove-mx", host: name("mx2") }, holding(E12, "A", "mx1", "mx2"), "nl", "blocked"],
  [
    "rename an MX",
    { kind: "rename-mx", from: name("mx1"), to: name("mx2") },
    holding(E1, "A", "mx1"),
    "nll",
    "blocked",
  ],
  [
    "replace the provider",
    { kind: "replace-provider", hosts: [name("mx3"), name("mx4")] },
    holding(E12, "A", "mx1", "mx2"),
    "nll",
    "blocked",
  ],
  ["raise max_age", { kind: "max-age", seconds: 2_592_000 }, holding(E1, "A", "mx1"), "n", "ready"],
  ["lower max_age", { kind: "max-age", seconds: 86_400 }, holding(E1, "A", "mx1"), "nl", "ready"],
  [
    "move the policy host",
    { kind: "move-policy-host", host: "pages.example.net" as DomainName },
    holding(E1, "A", "mx1"),
    "nll",
    "ready",
  ],
  ["retire", { kind: "retire" }, holding(E1, "A", "mx1"), "nlll", "blocked"],
  ["emergency", { kind: "emergency" }, holding(E1, "A", "mx2"), "nll", "ready"],
];

const errorsOf = ({ rules }: DomainVerdict): readonly string[] =>
  rules
    .flatMap((outcome) => ("findings" in outcome ? (outcome.findings ?? []) : []))
    .filter(({ level }) => level === "error")
    .map(({ message }) => message);

const AUDIENCES = ["id-checking", "all"] as const;
const settingsFor = (senders: (typeof AUDIENCES)[number]): Partial<Scene> => ({
  settings: { rollout: { ...NO_ROLLOUT, senders } },
});

interface Merge {
  readonly step: PlanStep;
  readonly at: string;
  readonly past: readonly Told[];
  readonly to: Holding;
}

/** Everything that a plan says, done on the first date of each step. */
function merges(intent: Intent, start: Holding, senders: (typeof AUDIENCES)[number]): readonly Merge[] {
  let past: readonly Told[] = [{ at: LONG_AGO, holds: start }];
  const { steps } = planOf(past, intent, NOW, settingsFor(senders));
  return steps
    .filter(({ state }) => state !== "done")
    .map((step) => {
      const at = (senders === "all" ? step.all : step.from) ?? "never";
      const merge = { step, at, past, to: follow((past[0] as Told).holds, step) };
      past = [{ at, holds: merge.to }, ...past];
      return merge;
    });
}

describe.each(AUDIENCES)("each step on its date, for %s senders", (senders) => {
  test.each(ROWS)("%s", (_, intent, start) => {
    const all = merges(intent, start, senders);
    expect(all.length).toBeGreaterThan(0);
    for (const { step, at, past, to } of all) {
      const verdict = judgeScene(sceneOf(past, to, at, settingsFor(senders)));
      expect([step.title, verdict.verdict, errorsOf(verdict)]).toEqual([step.title, "ready", []]);
    }
  });
});

const later = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();

describe.each(AUDIENCES)("a date is the first one, for %s senders: a minute earlier is blocked", (senders) => {
  const waiting = ["add an MX", "remove an MX", "rename an MX", "replace the provider", "retire"];
  test.each(ROWS.filter(([title]) => waiting.includes(title)))("%s", (_, intent, start) => {
    const [, second] = merges(intent, start, senders);
    if (!second) throw new Error("no second step");
    const early = sceneOf(second.past, second.to, later(second.at, -60_000), settingsFor(senders));
    expect(judgeScene(early).verdict).toBe("blocked");
  });
});

/** Each step's date for senders that compare ids, and for all; a deploy takes a day, resolvers an hour, max_age is a week. */
const DATES: readonly [Intent, Holding, readonly (readonly [string, string])[]][] = [
  [
    { kind: "add-mx", host: name("mx2") },
    holding(E1, "A", "mx1"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-11-25T13:00:00Z", "2026-12-02T13:00:00Z"],
    ],
  ],
  [
    { kind: "rename-mx", from: name("mx1"), to: name("mx2") },
    holding(E1, "A", "mx1"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-11-25T13:00:00Z", "2026-12-02T13:00:00Z"],
      ["2026-11-26T14:00:00Z", "2026-12-03T14:00:00Z"],
    ],
  ],
  [
    { kind: "remove-mx", host: name("mx2") },
    holding(E12, "A", "mx1", "mx2"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-11-25T13:00:00Z", "2026-11-25T13:00:00Z"],
    ],
  ],
  [
    { kind: "retire" },
    holding(E1, "A", "mx1"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      // Deploy, an hour and a week; then deploy, an hour of the record and a day of mode none.
      ["2026-12-02T13:00:00Z", "2026-12-02T13:00:00Z"],
      ["2026-12-04T14:00:00Z", "2026-12-04T14:00:00Z"],
      ["2026-12-05T14:00:00Z", "2026-12-05T14:00:00Z"],
    ],
  ],
  [
    { kind: "max-age", seconds: 86_400 },
    holding(E1, "A", "mx1"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-12-02T13:00:00Z", "2026-12-02T13:00:00Z"],
    ],
  ],
  [
    { kind: "emergency" },
    holding(E1, "A", "mx2"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
    ],
  ],
  [
    { kind: "move-policy-host", host: "pages.example.net" as DomainName },
    holding(E1, "A", "mx1"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-11-25T12:00:00Z", "2026-11-25T12:00:00Z"],
      // Deploy, and a day in which resolvers may name the old address.
      ["2026-11-27T12:00:00Z", "2026-11-27T12:00:00Z"],
    ],
  ],
  [
    { kind: "enforce" },
    holding(null, null, "mx1"),
    [
      ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"],
      ["2026-11-25T12:00:00Z", "2026-11-25T12:00:00Z"],
      ["2026-12-10T12:00:00Z", "2026-12-10T12:00:00Z"],
      ["2026-12-18T12:00:00Z", "2026-12-18T12:00:00Z"],
    ],
  ],
];

describe("dates", () => {
  test.each(DATES)("%j", (intent, start, dates) => {
    const { steps } = planOf([{ at: LONG_AGO, holds: start }], intent, NOW);
    expect(steps.map(({ from, all }) => [from, all])).toEqual(dates);
  });

  test("an older policy with a longer max_age weighs more than the one that is replaced", () => {
    const past = [
      { at: "2026-11-20T00:00:00Z", holds: holding(E1, "B", "mx1") },
      { at: LONG_AGO, holds: holding("enforce 2592000 mx1", "A", "mx1") },
    ];
    const [, second] = planOf(past, { kind: "add-mx", host: name("mx2") }, NOW).steps;
    // 30 days from when the deploy of 20 November was over and no resolver knew the old id.
    expect([second?.from, second?.all]).toEqual(["2026-11-25T13:00:00Z", "2026-12-21T01:00:00Z"]);
  });

  test("both dates are told, whoever the operator serves", () => {
    const past = [{ at: LONG_AGO, holds: holding(E1, "A", "mx1") }];
    const [, second] = planOf(past, { kind: "add-mx", host: name("mx2") }, NOW, settingsFor("all")).steps;
    expect([second?.from, second?.all]).toEqual(["2026-11-25T13:00:00Z", "2026-12-02T13:00:00Z"]);
  });

  test("a history that is not complete may hide a year of enforce", () => {
    const past = [{ at: LONG_AGO, holds: holding(E12, "A", "mx1") }];
    const lacks = {
      historyLacks: "the clone is shallow",
      history: [{ at: "2026-11-01T00:00:00Z", policy: E12, id: "A" }],
    };
    const { steps, notes } = planOf(past, { kind: "add-mx", host: name("mx2") }, NOW, lacks);
    // 365.25 days after the deploy of 1 November.
    expect([steps[1]?.from, steps[1]?.all]).toEqual(["2026-11-24T12:00:00Z", "2027-11-02T06:00:00Z"]);
    expect(notes.join()).toMatch(/The history is not complete \(the clone is shallow\)/);
  });

  test("testing that began a week ago waits another week", () => {
    const past = [{ at: "2026-11-16T12:00:00Z", holds: holding(T1, "A", "mx1") }];
    const steps = planOf(past, { kind: "enforce" }, NOW).steps;
    expect(steps.map(({ from }) => from)).toEqual([null, null, "2026-12-01T12:00:00Z", "2026-12-09T12:00:00Z"]);
  });

  test("where the policy lists the host and its clocks have run, the record is next, now", () => {
    const past = [
      { at: "2026-11-24T10:00:00Z", holds: holding(E12, "B", "mx1") },
      { at: LONG_AGO, holds: holding(E1, "A", "mx1") },
    ];
    const intent: Intent = { kind: "add-mx", host: name("mx2") };
    const dates = (at: string) => planOf(past, intent, at).steps.map(({ state, from, all }) => [state, from, all]);
    expect(dates(NOW)[1]).toEqual(["next", "2026-11-25T11:00:00Z", "2026-12-02T11:00:00Z"]);
    expect(dates("2026-11-28T00:00:00Z")[1]).toEqual(["next", "2026-11-28T00:00:00Z", "2026-12-02T11:00:00Z"]);
    expect(dates("2026-12-24T00:00:00Z")[1]).toEqual(["next", "2026-12-24T00:00:00Z", "2026-12-24T00:00:00Z"]);
  });
});

describe("what no waiting ends", () => {
  const ADD: Intent = { kind: "add-mx", host: name("mx2") };

  test("senders see another policy than the repository says", () => {
    const past = [{ at: LONG_AGO, holds: holding(E12, "B", "mx1") }];
    const live = { policy: E1, id: "A", mx: ["mx1"] };
    const [, second] = planOf(past, ADD, NOW, { live }).steps;
    expect(second).toMatchObject({ state: "next", from: null, all: null });
    expect(second?.blockedBy.join()).toMatch(/mx2\.example\.com is added while senders hold a policy/);
  });

  test("a host that senders refuse", () => {
    const wide = holding(E12, "B", "mx1");
    const past = [{ at: LONG_AGO, holds: wide }];
    const live = { policy: E12, id: "B", mx: ["mx1"], hosts: { mx2: "expired" } };
    const { evidence } = caseOf(sceneOf(past, holding(E12, "B", "mx1", "mx2"), NOW, { live }));
    const [, second] = planFor({ ...caseOf(sceneOf(past, wide, NOW, { live })), evidence }, ADD).steps;
    expect(second?.blockedBy.join()).toMatch(/mx2\.example\.com is refused, certificate-expired/);
  });

  test("a host that was not seen", () => {
    const [, second] = planOf([{ at: LONG_AGO, holds: holding(E12, "B", "mx1") }], ADD, NOW).steps;
    expect(second).toMatchObject({ blockedBy: [], from: "2026-11-24T12:00:00Z" });
    expect(second?.unseen.join()).toMatch(/mx2\.example\.com: .*TLS not seen/);
  });

  test("an emergency in which no host is in every policy that senders hold", () => {
    const past = [
      { at: "2026-11-24T10:00:00Z", holds: holding("enforce 604800 mx3", "B", "mx2") },
      { at: LONG_AGO, holds: holding(E1, "A", "mx2") },
    ];
    const [first] = planOf(past, { kind: "emergency" }, NOW).steps;
    expect(first?.edits).toEqual([{ kind: "task", text: expect.stringMatching(/^No host name is in every policy/) }]);
  });

  test("a waiver of anything else counts as in the gate", () => {
    const past = [{ at: LONG_AGO, holds: holding(E1, "A", "mx1") }];
    const plan = (off: readonly string[]) =>
      planOf(past, { kind: "remove-mx", host: name("mx1") }, NOW, { settings: { off } });
    const [first] = plan([
      "mx-implicit",
      "mx-not-covered",
      "mx-none-accepted",
      "mx-refused",
      "rollout-mx-not-cached",
    ]).steps;
    expect(first?.blockedBy.join()).not.toMatch(/has no MX record/);
  });

  test("today's certificate does not end a plan for next month", () => {
    const past = [{ at: LONG_AGO, holds: holding(E1, "A", "mx1") }];
    const live = { policy: E1, id: "A", mx: ["mx1"], hosts: { mx1: "expiring" } };
    const { steps, notes } = planOf(past, { kind: "replace-provider", hosts: [name("mx3")] }, NOW, { live });
    expect(steps.flatMap(({ blockedBy }) => blockedBy)).toEqual([]);
    expect(notes.join()).toMatch(/renewed in time; the first that was seen runs out at 2026-11-30/);
  });

  test("the last MX", () => {
    const past = [{ at: LONG_AGO, holds: holding(E1, "A", "mx1") }];
    const [first] = planOf(past, { kind: "remove-mx", host: name("mx1") }, NOW).steps;
    expect(first?.blockedBy.join()).toMatch(/has no MX record/);
  });

  test("a waiver makes no sender forget", () => {
    const location = { kind: "input", name: "config" } as const;
    const waiver = { domain: DOMAIN, rule: "rollout-mx-not-cached", reason: "r", until: "2027-12-31", location };
    const past = [{ at: LONG_AGO, holds: holding(E1, "A", "mx1") }];
    const plan = (settings: Scene["settings"]) => planOf(past, ADD, NOW, settings ? { settings } : {}).steps[1];
    const settings = [{ waivers: [waiver] }, { off: ["rollout-mx-not-cached"] }];
    for (const one of settings) expect(plan(one)).toMatchObject({ from: plan(undefined)?.from });
  });
});

describe("where a plan cannot start", () => {
  test.each<[string, Scene, RegExp]>([
    ["no policy by the RFC", { base: { policy: "mode: x\n" }, proposed: { policy: "mode: x\n" } }, /none by RFC 8461/],
    ["a policy that was not seen", { live: { policy: "unseen" } }, /was not seen: nothing came back in time/],
    [
      "MX that was not seen",
      { base: { policy: E1 }, proposed: { policy: E1 }, live: { mx: "unseen" } },
      /MX .* not seen/,
    ],
    ["MX that the files leave open", { base: { mx: ["?"] }, proposed: { mx: ["?"] } }, /do not determine/],
  ])("%s", (_, scene, end) => {
    const plan = planFor(caseOf(scene), { kind: "retire" });
    expect([plan.steps, plan.end]).toEqual([[], expect.stringMatching(end)]);
  });

  test("what the repository does not say is what is deployed, and the edits say so", () => {
    const plan = planFor(caseOf({ live: { policy: E1, id: "A", mx: ["mx1"] } }), { kind: "add-mx", host: name("mx2") });
    expect(plan.steps[0]?.edits).toEqual([
      { kind: "file", path: "https://mta-sts.example.com/.well-known/mta-sts.txt", text: policyText(E12) },
      {
        kind: "record",
        action: "replace",
        record: '_mta-sts.example.com. IN TXT "v=STSv1; id=20261124T120000Z"',
        place: null,
      },
    ]);
    // No file and no server of the zone tells the TTL: a day.
    expect(plan.steps[1]?.from).toBe("2026-11-26T12:00:00Z");
    expect(plan.notes.join()).toMatch(/does not say the policy and the _mta-sts record and the MX records/);
  });
});

describe("the plan as a whole", () => {
  test.each(ROWS)("%s: what is done, and what is next", (_, intent, start, states) => {
    const { steps } = planOf([{ at: LONG_AGO, holds: start }], intent, NOW);
    expect(steps.map(({ state }) => state[0]).join("")).toBe(states);
  });

  test.each(ROWS)("%s: all of it in one change", (_, intent, start, __, atOnce) => {
    const last = merges(intent, start, "id-checking").at(-1);
    const past = [{ at: LONG_AGO, holds: start }];
    const verdict = judgeScene(sceneOf(past, last?.to ?? start, NOW));
    expect([verdict.verdict, errorsOf(verdict)]).toEqual([atOnce, atOnce === "ready" ? [] : expect.anything()]);
  });
});
