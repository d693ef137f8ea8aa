import { describe, expect, test } from "vitest";
import { cutOff, heldRefusals, refusedAnyway, unreadPast } from "../../src/judge/held-refusal.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import type { Finding } from "../../src/verdict.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const E = "enforce 604800 mx1";
const WIDE = "enforce 604800 mx1 mx2";
const MX2 = domainName("mx2.example.com") as DomainName;
const ALL = {
  rollout: { senders: "all" as const, maxAgeCeiling: undefined, deploy: undefined, deployLag: undefined },
};

const said = (findings: readonly Finding[]) => findings.map(({ level, message, facts }) => ({ level, message, facts }));

// Now is 2026-11-24T12:00:00Z, a deploy takes a day, and the record has a TTL of one hour.
const TOGETHER: Scene = {
  base: { policy: E, id: "A", mx: ["mx1"] },
  proposed: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] },
  live: { policy: E, id: "A" },
};

/** The policy was widened under another id at that time, and was `E` before; the MX comes now. */
const since = (at: string, more: Scene = {}): Scene => ({
  base: { policy: WIDE, id: "B", mx: ["mx1"] },
  proposed: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] },
  live: { policy: WIDE, id: "B" },
  history: [
    { at, policy: WIDE, id: "B", ttl: 3_600 },
    { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 3_600 },
  ],
  ...more,
});

describe("an MX host is added that a held policy refuses", () => {
  test.each<[string, Scene, readonly ReturnType<typeof said>[number][]]>([
    [
      "it is what is in force",
      TOGETHER,
      [
        {
          level: "error",
          message:
            "MX host mx2.example.com is added while senders hold a policy that does not list it; senders that compare ids refuse it until 2026-11-25T13:00:00Z, the others until 2026-12-02T13:00:00Z.",
          facts: { host: MX2, maxAge: 604_800, until: "2026-11-25T13:00:00Z", slow: "2026-12-02T13:00:00Z" },
        },
      ],
    ],
    [
      "the same where all senders are promised: the slow clock is the date",
      { ...TOGETHER, settings: ALL },
      [
        {
          level: "error",
          message:
            "MX host mx2.example.com is added while senders hold a policy that does not list it; senders that compare ids refuse it until 2026-12-02T13:00:00Z, the others until 2026-12-02T13:00:00Z.",
          facts: { host: MX2, maxAge: 604_800, until: "2026-12-02T13:00:00Z", slow: "2026-12-02T13:00:00Z" },
        },
      ],
    ],
    [
      "the id stays: no date",
      { ...TOGETHER, proposed: { policy: WIDE, id: "A", mx: ["mx1", "mx2"] } },
      [
        {
          level: "error",
          message:
            "MX host mx2.example.com is added while senders hold a policy that does not list it; they refuse it until the id has changed and they have fetched the new one.",
          facts: { host: MX2, maxAge: 604_800 },
        },
      ],
    ],
    [
      "it was replaced two hours ago: the fast clock",
      since("2026-11-24T10:00:00Z"),
      [
        {
          level: "error",
          message:
            "MX host mx2.example.com is not in the policy that was served until 2026-11-25T10:00:00Z; senders that compare ids refuse it until 2026-11-25T11:00:00Z, the others until 2026-12-02T11:00:00Z.",
          facts: { host: MX2, maxAge: 604_800, until: "2026-11-25T11:00:00Z", slow: "2026-12-02T11:00:00Z" },
        },
      ],
    ],
    [
      "it was replaced days ago: the slow clock is a warning",
      since("2026-11-20T00:00:00Z"),
      [
        {
          level: "warning",
          message:
            "MX host mx2.example.com is not in a policy that senders without an id check, such as postfix-tlspol, may hold until 2026-11-28T01:00:00Z; they refuse it until then.",
          facts: { host: MX2, maxAge: 604_800, until: "2026-11-28T01:00:00Z", slow: "2026-11-28T01:00:00Z" },
        },
      ],
    ],
    [
      "the same where all senders are promised: an error",
      since("2026-11-20T00:00:00Z", { settings: ALL }),
      [
        {
          level: "error",
          message:
            "MX host mx2.example.com is not in a policy that senders without an id check, such as postfix-tlspol, may hold until 2026-11-28T01:00:00Z; they refuse it until then.",
          facts: { host: MX2, maxAge: 604_800, until: "2026-11-28T01:00:00Z", slow: "2026-11-28T01:00:00Z" },
        },
      ],
    ],
    [
      "its id is the live one: senders that extend never fetch again",
      {
        ...since("2026-11-01T00:00:00Z"),
        history: [
          { at: "2026-11-01T00:00:00Z", policy: WIDE, id: "B" },
          { at: "2026-01-01T00:00:00Z", policy: E, id: "B" },
        ],
      },
      [
        {
          level: "error",
          message:
            "MX host mx2.example.com is added while the live id B also named a policy that does not list it; senders that extend what they hold never fetch again.",
          facts: { host: MX2, maxAge: 604_800 },
        },
      ],
    ],
    [
      "its certificate, of a policy that is in force and does not stay",
      {
        base: { policy: WIDE, id: "A", mx: ["mx1"] },
        proposed: { policy: "testing 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
        live: { policy: WIDE, hosts: { mx2: "expired" } },
      },
      [
        {
          level: "error",
          message:
            "MX host mx2.example.com is added while senders hold an enforce policy, certificate-expired (CERT_HAS_EXPIRED) at 198.51.100.10; senders that compare ids refuse it until 2026-11-25T13:00:00Z, the others until 2026-12-02T13:00:00Z.",
          facts: { host: MX2, maxAge: 604_800, until: "2026-11-25T13:00:00Z", slow: "2026-12-02T13:00:00Z" },
        },
      ],
    ],
    ["both clocks are over", since("2026-11-01T00:00:00Z"), []],
    ["it lists the host", { ...TOGETHER, base: { policy: WIDE, id: "A", mx: ["mx1"] }, live: { policy: WIDE } }, []],
  ])("%s", (_, scene, expected) => {
    expect(said(heldRefusals(inspectionOf(scene), MX2))).toEqual(expected);
  });
});

test.each<[string, Scene, string | null | undefined]>([
  ["an error: the date of its clock", TOGETHER, "2026-11-25T13:00:00Z"],
  ["all senders are promised", { ...TOGETHER, settings: ALL }, "2026-12-02T13:00:00Z"],
  ["a warning: the slow clock", since("2026-11-20T00:00:00Z"), "2026-11-28T01:00:00Z"],
  ["the id stays: without end", { ...TOGETHER, proposed: { policy: WIDE, id: "A", mx: ["mx1", "mx2"] } }, null],
])("until when its story goes on: %s", (_, scene, until) => {
  expect(heldRefusals(inspectionOf(scene), MX2).map(({ story }) => story?.until)).toEqual([until]);
});

describe("an MX host that was there before", () => {
  const there = (scene: Scene): Scene => ({
    ...scene,
    base: { ...scene.base, mx: ["mx1", "mx2"] },
    live: { ...scene.live, mx: ["mx1", "mx2"] },
  });

  test("is refused by those who hold what was replaced, and this change has no part in it", () => {
    expect(said(refusedAnyway(inspectionOf(there(since("2026-11-24T10:00:00Z"))), MX2))).toEqual([
      {
        level: "warning",
        message:
          "MX host mx2.example.com is not in a policy that senders may hold until 2026-12-02T11:00:00Z; they refuse it, and this change does not make that longer.",
        facts: { host: MX2, until: "2026-12-02T11:00:00Z" },
      },
    ]);
  });

  test("of its certificate nothing is said", () => {
    const scene = there({
      base: { policy: WIDE, id: "A" },
      proposed: { policy: "testing 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: WIDE, hosts: { mx2: "expired" } },
    });
    expect(refusedAnyway(inspectionOf(scene), MX2)).toEqual([]);
  });

  test("it is placed at the policy, and is no fault of this change", () => {
    const [finding] = refusedAnyway(inspectionOf(there(since("2026-11-24T10:00:00Z"))), MX2);
    expect(finding).toMatchObject({ location: { kind: "file", path: ".well-known/mta-sts.txt" }, alreadySo: true });
  });

  test("of that nothing is said where the policy after the merge does not list it either", () => {
    const scene = there({ ...TOGETHER, proposed: { policy: E, id: "B", mx: ["mx1", "mx2"] } });
    expect(refusedAnyway(inspectionOf(scene), MX2)).toEqual([]);
  });
});

describe("nobody is left to those who hold an earlier policy", () => {
  const going: Scene = {
    base: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] },
    proposed: { policy: WIDE, id: "B", mx: ["mx2"] },
    live: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] },
  };
  const history = (at: string) => since(at).history ?? [];

  test("an error while the fast clock runs, and a warning after it", () => {
    const one = (at: string) => said(cutOff(inspectionOf({ ...going, history: history(at) })));
    expect(one("2026-11-24T10:00:00Z")).toMatchObject([{ level: "error", facts: { until: "2026-11-25T11:00:00Z" } }]);
    expect(one("2026-11-20T00:00:00Z")).toMatchObject([{ level: "warning", facts: { until: "2026-11-28T01:00:00Z" } }]);
    expect(one("2026-11-01T00:00:00Z")).toEqual([]);
  });

  test.each<[string, Scene, number]>([
    ["only live is the host that goes", { ...going, base: { ...going.base, mx: ["mx2"] } }, 1],
    ["only base has it", { ...going, live: { ...going.live, mx: ["mx2"] } }, 1],
    ["the last host goes", { ...going, proposed: { ...going.proposed, mx: ["."] } }, 0],
    ["another host comes, which is told of it", { ...going, proposed: { ...going.proposed, mx: ["mx3"] } }, 0],
  ])("%s", (_, scene, count) => {
    expect(cutOff(inspectionOf({ ...scene, history: history("2026-11-24T10:00:00Z") }))).toHaveLength(count);
  });

  test("what is in force is for another rule to say", () => {
    const scene = { ...going, base: { ...going.base, policy: E }, proposed: { ...going.proposed, policy: E } };
    expect(cutOff(inspectionOf({ ...scene, live: { ...going.live, policy: E } }))).toEqual([]);
  });

  test("not where one of those that stay is listed", () => {
    const three = ["mx1", "mx2", "mx3"];
    const scene = {
      base: { ...going.base, mx: three },
      proposed: { ...going.proposed, mx: ["mx2", "mx3"] },
      live: { ...going.live, mx: three },
      history: [
        { at: "2026-11-24T10:00:00Z", policy: WIDE, id: "B", ttl: 3_600 },
        { at: "2026-01-01T00:00:00Z", policy: "enforce 604800 mx1 mx3", id: "A", ttl: 3_600 },
      ],
    };
    expect(cutOff(inspectionOf(scene))).toEqual([]);
  });

  test("of two that the fast clock runs for, the story is that of the one that is held longest", () => {
    const past = [
      ...history("2026-11-24T10:00:00Z").slice(0, 1),
      { at: "2026-11-24T09:00:00Z", policy: E, id: "A", ttl: 3_600 },
      { at: "2026-01-01T00:00:00Z", policy: "enforce 86400 mx1", id: "0", ttl: 3_600 },
    ];
    const [finding] = cutOff(inspectionOf({ ...going, history: past }));
    expect(finding?.story?.events[0]).toMatchObject({ kind: "served", id: "A", policy: { maxAge: 604_800 } });
  });

  test("a longer one without a fast clock is not in the story of an error", () => {
    const past = [
      ...history("2026-11-24T10:00:00Z").slice(0, 1),
      { at: "2026-11-10T00:00:00Z", policy: "enforce 86400 mx1", id: "A", ttl: 3_600 },
      { at: "2026-01-01T00:00:00Z", policy: "enforce 31557600 mx1", id: "0", ttl: 3_600 },
    ];
    const [finding] = cutOff(inspectionOf({ ...going, history: past }));
    expect(finding).toMatchObject({ level: "error" });
    expect(finding?.story?.events[0]).toMatchObject({ kind: "served", policy: { maxAge: 86_400 } });
  });

  test.each([
    ["A", "until 2026-11-25T11:00:00Z", "2026-11-25T11:00:00Z"],
    ["B", "for as long as the id stays", null],
  ])("its dates, with the id %s before", (id, end, until) => {
    const past = [
      ...history("2026-11-24T10:00:00Z").slice(0, 1),
      { at: "2026-01-01T00:00:00Z", policy: E, id, ttl: 3_600 },
    ];
    const [finding] = cutOff(inspectionOf({ ...going, history: past }));
    expect(finding?.message).toContain(`which senders may hold ${end}; they`);
    expect(finding?.facts["until"]).toBe(until ?? undefined);
    expect(finding?.story?.until).toBe(until);
  });

  test("not where a host stays that it lists, nor where nothing goes", () => {
    const stays = { ...going, proposed: { policy: WIDE, id: "B", mx: ["mx1"] } };
    expect(cutOff(inspectionOf({ ...stays, history: history("2026-11-24T10:00:00Z") }))).toEqual([]);
    const same = { ...going, proposed: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] } };
    expect(cutOff(inspectionOf({ ...same, history: history("2026-11-24T10:00:00Z") }))).toEqual([]);
  });
});

describe("a past that was not read", () => {
  const shallow: Scene = { ...since("2026-11-24T10:00:00Z"), historyLacks: "the clone is shallow" };
  const told = (scene: Scene) => said(unreadPast(inspectionOf(scene), [MX2]));

  test("a year of enforce is assumed, from the oldest that is known", () => {
    const [state] = shallow.history ?? [];
    expect(told({ ...shallow, history: state ? [state] : [] })).toEqual([
      {
        level: "warning",
        message:
          "Whether senders hold an earlier enforce policy that does not list mx2.example.com is not known (the clone is shallow); they may until 2027-11-24T18:00:00Z.",
        facts: { host: MX2, until: "2027-11-24T18:00:00Z" },
      },
    ]);
  });

  test("the config lowers that", () => {
    const settings = { rollout: { ...ALL.rollout, maxAgeCeiling: 604_800 } };
    expect(told({ ...shallow, history: [], settings })).toMatchObject([{ facts: { until: "2026-12-01T12:00:00Z" } }]);
  });

  test.each<[string, Scene]>([
    ["only a live record told of a policy", { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] } }],
    ["only base has a policy", { ...shallow, base: { policy: WIDE, mx: ["mx1"] }, live: { records: "none" } }],
  ])("%s", (_, scene) => {
    expect(told({ ...scene, historyLacks: "the clone is shallow" })).toHaveLength(1);
  });

  test("from the oldest policy that an earlier run saw", () => {
    const memory = [{ at: "2025-12-15T00:00:00Z", policy: WIDE, id: "B" }];
    expect(told({ ...shallow, memory })).toMatchObject([{ facts: { until: "2026-12-15T06:00:00Z" } }]);
  });

  test("not at the instant in which that is over", () => {
    const settings = { rollout: { ...ALL.rollout, maxAgeCeiling: 604_800 } };
    const until = (at: string) => told({ ...shallow, settings, history: [{ at, policy: WIDE, id: "B" }] });
    expect(until("2026-11-16T12:00:00Z")).toEqual([]);
    expect(until("2026-11-16T12:00:01Z")).toHaveLength(1);
  });

  test("at the record of the host, and nothing without a host", () => {
    expect(unreadPast(inspectionOf(shallow), [MX2])).toMatchObject([{ location: { path: "zones/example.com.zone" } }]);
    expect(unreadPast(inspectionOf(shallow), [])).toEqual([]);
  });

  test("nothing where it was read, where it reaches back far enough, or where nobody was told of a policy", () => {
    expect(told({ ...shallow, historyLacks: undefined as never })).toEqual([]);
    expect(told({ ...shallow, history: [{ at: "2025-01-01T00:00:00Z", policy: WIDE, id: "B" }] })).toEqual([]);
    const untold = {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: { records: "none", policy: "none" },
    } as const;
    expect(told({ ...untold, historyLacks: "the clone is shallow" })).toEqual([]);
  });
});
