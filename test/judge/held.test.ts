import { describe, expect, test } from "vitest";
import { instant } from "../../src/judge/held-policy.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const E = "enforce 604800 mx1";
const ROLLOUT = { senders: undefined, maxAgeCeiling: undefined, deploy: undefined };

/** What may be held of a domain whose base and live policy is `testing`, id `Z`; TTL of the record one hour. */
function held(history: NonNullable<Scene["history"]>, more: Scene = {}): readonly string[] {
  const side = { policy: "testing 86400 mx1", id: "Z" };
  const scene: Scene = { base: side, proposed: side, live: { policy: side.policy, id: "Z" }, history, ...more };
  return inspectionOf(scene).held.map(({ policy, fast, slow, current }) => {
    const clocks = `fast ${fast === null ? "never" : instant(fast)}, slow ${instant(slow)}`;
    return `${current ? "now" : "past"} ${policy.mode} ${policy.maxAge}: ${clocks}`;
  });
}

const BASE = { at: "2026-11-23T00:00:00Z", policy: "testing 86400 mx1", id: "Z" };

describe("what senders may hold of the past", () => {
  test("an enforce policy: a day for the deploy and the TTL of its record, and then its max_age", () => {
    expect(held([BASE, { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 3600 }])).toEqual([
      "past enforce 604800: fast 2026-11-24T01:00:00Z, slow 2026-12-01T01:00:00Z",
    ]);
  });

  test("until the instant in which both clocks are over", () => {
    const past = (at: string) =>
      held([
        { ...BASE, at },
        { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 3600 },
      ]);
    expect(past("2026-11-16T11:00:00Z")).toEqual([]);
    expect(past("2026-11-16T11:00:01Z")).toHaveLength(1);
  });

  test.each([
    ["does not say its id", {}],
    ["has the same id", { id: "A" }],
    ["has no record", { id: null }],
  ])("once, where the state before it %s", (_, more) => {
    const before = { at: "2025-01-01T00:00:00Z", policy: "testing 86400 mx1", ttl: 3600, ...more };
    expect(held([BASE, { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 3600 }, before])).toHaveLength(1);
  });

  test("stored under the id before, which comes back", () => {
    const back = [
      BASE,
      { at: "2026-11-10T00:00:00Z", policy: E, id: "B", ttl: 3600 },
      { at: "2026-01-01T00:00:00Z", policy: "none 86400 mx1", id: "Z", ttl: 3600 },
    ];
    expect(held(back)).toEqual([
      "past enforce 604800: fast never, slow 2026-12-02T13:00:00Z",
      "past enforce 604800: fast 2026-11-24T01:00:00Z, slow 2026-12-01T01:00:00Z",
    ]);
  });

  test("its record had a TTL of two days", () => {
    expect(held([BASE, { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 172_800 }])).toEqual([
      "past enforce 604800: fast 2026-11-26T00:00:00Z, slow 2026-12-03T00:00:00Z",
    ]);
  });

  test("deploys take an hour", () => {
    const settings = { rollout: { ...ROLLOUT, deployLag: 3600 } };
    expect(held([BASE, { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 3600 }], { settings })).toEqual([
      "past enforce 604800: fast 2026-11-23T02:00:00Z, slow 2026-11-30T02:00:00Z",
    ]);
  });

  test("an older one with a longer max_age outlasts a newer one", () => {
    expect(
      held([
        BASE,
        { at: "2026-11-20T00:00:00Z", policy: "enforce 86400 mx1", id: "B", ttl: 3600 },
        { at: "2026-01-01T00:00:00Z", policy: "enforce 31557600 mx1", id: "A", ttl: 3600 },
      ]),
    ).toEqual([
      "past enforce 31557600: fast 2026-11-21T01:00:00Z, slow 2027-11-21T07:00:00Z",
      "past enforce 86400: fast 2026-11-24T01:00:00Z, slow 2026-11-25T01:00:00Z",
      // Fetched while a resolver still gave the id before.
      "past enforce 86400: fast 2026-11-21T01:00:00Z, slow 2026-11-25T00:00:00Z",
    ]);
  });

  test("no clock runs while its id is the live one", () => {
    expect(held([BASE, { at: "2026-01-01T00:00:00Z", policy: E, id: "Z", ttl: 3600 }])).toEqual([
      "past enforce 604800: fast never, slow 2026-12-02T13:00:00Z",
    ]);
  });

  test("and it stays so when its max_age is long over", () => {
    const base = { ...BASE, at: "2025-06-01T00:00:00Z" };
    expect(held([base, { at: "2025-01-01T00:00:00Z", policy: E, id: "Z", ttl: 3600 }])).toEqual([
      "past enforce 604800: fast never, slow 2026-12-02T13:00:00Z",
    ]);
  });

  test("a change of the id starts its clock", () => {
    const proposed = { policy: "testing 86400 mx1", id: "Y" };
    expect(held([BASE, { at: "2026-01-01T00:00:00Z", policy: E, id: "Z", ttl: 3600 }], { proposed })).toEqual([
      "past enforce 604800: fast 2026-11-25T13:00:00Z, slow 2026-12-02T13:00:00Z",
    ]);
  });

  test("an id that comes back is that of what it named before", () => {
    expect(
      held([
        BASE,
        { at: "2026-11-10T00:00:00Z", policy: "testing 86400 mx1", id: "B" },
        { at: "2026-01-01T00:00:00Z", policy: E, id: "Z", ttl: 3600 },
      ]),
    ).toEqual(["past enforce 604800: fast never, slow 2026-12-02T13:00:00Z"]);
  });

  test("without a policy to fetch under the new id only max_age ends it", () => {
    expect(
      held(
        [
          { ...BASE, id: "Y" },
          { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 3600 },
        ],
        {
          live: { policy: "none", id: "Z" },
        },
      ),
    ).toEqual(["past enforce 604800: fast 2026-12-01T01:00:00Z, slow 2026-12-01T01:00:00Z"]);
  });

  test("a body that RFC 8461 does not take for a policy, and that some senders do", () => {
    const blank = "version: STSv1\nmode: enforce\n\nmx: mx1.example.com\nmax_age: 604800\n";
    expect(held([BASE, { at: "2026-01-01T00:00:00Z", policy: blank, id: "A", ttl: 3600 }])).toEqual([
      "past enforce 604800: fast 2026-11-24T01:00:00Z, slow 2026-12-01T01:00:00Z",
    ]);
  });

  test.each([
    [
      "it is over",
      [
        { ...BASE, at: "2026-11-01T00:00:00Z" },
        { at: "2026-01-01T00:00:00Z", policy: E, id: "A" },
      ],
    ],
    ["it was testing", [BASE, { at: "2026-01-01T00:00:00Z", policy: "testing 604800 mx1", id: "A" }]],
    ["it was no policy for anyone", [BASE, { at: "2026-01-01T00:00:00Z", policy: "mode: enforce\n", id: "A" }]],
    ["no record told of it", [BASE, { at: "2026-01-01T00:00:00Z", policy: E, id: null }]],
    ["there is no history", []],
  ])("nothing where %s", (_, history) => expect(held(history)).toEqual([]));
});

describe("the clocks of a policy of the past", () => {
  const T = "testing 86400 mx1";
  const WAS = { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 3600 };
  const { id: _, ...UNNAMED } = WAS;
  const NEW = { ...BASE, at: "2026-11-24T00:00:00Z" };
  const at20 = { at: "2026-11-20T00:00:00Z", policy: T };

  test.each<[string, NonNullable<Scene["history"]>, NonNullable<Scene["memory"]>, string, string]>([
    ["its id is not said", [BASE, UNNAMED], [{ at: "2026-11-23T01:00:00Z", id: "Z" }], "24T01", "2026-12-01T00"],
    [
      "the next id names no policy: the one after it",
      [NEW, { ...at20, policy: "nothing\n", id: "M" }, WAS],
      [],
      "25T01",
      "2026-11-28T01",
    ],
    [
      "the next id names nothing to fetch: the one after it",
      [NEW, { ...at20, policy: null, id: "M" }, WAS],
      [],
      "25T01",
      "2026-11-28T01",
    ],
    ["the record was gone for a while", [NEW, { ...at20, id: null }, WAS], [], "25T01", "2026-11-28T01"],
    ["the next state does not say its id", [at20, WAS], [], "21T01", "2026-11-28T01"],
    [
      "one of those after it does not",
      [{ at: "2026-11-22T00:00:00Z", policy: T, id: null }, at20, WAS],
      [],
      "21T01",
      "2026-11-30T01",
    ],
    [
      "no id came after it, and one before is not said: max_age",
      [{ ...at20, id: null }, WAS, { at: "2025-01-01T00:00:00Z", policy: T }],
      [],
      "28T01",
      "2026-11-28T01",
    ],
    [
      "another id was seen before the change",
      [BASE, WAS],
      [{ at: "2026-11-01T00:00:00Z", id: "Z" }],
      "24T01",
      "2026-12-01T01",
    ],
    [
      "no record was seen since: resolvers forget it, and nothing can be fetched",
      [BASE, WAS],
      [{ at: "2026-11-23T01:00:00Z", records: "none" }],
      "24T01",
      "2026-12-01T00",
    ],
    ["its id was seen since", [BASE, WAS], [{ at: "2026-11-23T02:00:00Z", id: "A" }], "24T01", "2026-12-01T01"],
    [
      "id and policy were seen in the instant of the change",
      [BASE, WAS],
      [{ at: "2026-11-23T00:00:00Z", id: "Z", policy: T }],
      "23T01",
      "2026-11-30T01",
    ],
  ])("%s", (_title, history, memory, fast, slow) => {
    expect(held(history, { memory })).toEqual([
      `past enforce 604800: fast 2026-11-${fast}:00:00Z, slow ${slow}:00:00Z`,
    ]);
  });

  test("the newest state has its id, and something else is live: max_age", () => {
    expect(held([{ ...BASE, id: "A" }, WAS])).toEqual([
      "past enforce 604800: fast 2026-12-01T01:00:00Z, slow 2026-12-01T01:00:00Z",
    ]);
  });
});

describe("until when a policy of the past was served", () => {
  const T = "testing 86400 mx1";
  const [WAS, ID] = [
    { at: "2026-01-01T00:00:00Z", policy: E, id: "A", ttl: 0 },
    { at: "2026-11-23T00:00:00Z", id: "Z" },
  ];
  const on23 = (time: string, policy: string, second?: string) => ({
    at: `2026-11-23T${time}:00Z`,
    policy,
    ...(second !== undefined && { second }),
  });

  test.each<[string, NonNullable<Scene["memory"]>, string]>([
    ["nobody looked: a deploy", [ID], "2026-12-01T00:00:00Z"],
    ["an earlier run saw another", [ID, on23("01:00", T)], "2026-11-30T01:00:00Z"],
    ["it saw it in the instant of the change", [ID, on23("00:00", T)], "2026-11-30T00:00:00Z"],
    ["it saw it once more", [ID, on23("02:00", E), on23("03:00", T)], "2026-11-30T03:00:00Z"],
    [
      "it saw it again after another",
      [ID, on23("01:00", T), on23("02:00", E), on23("03:00", T)],
      "2026-11-30T03:00:00Z",
    ],
    ["it saw both at once", [ID, on23("02:00", E, T), on23("03:00", T)], "2026-11-30T03:00:00Z"],
    ["it saw it before the change", [ID, { at: "2026-11-01T00:00:00Z", policy: E }], "2026-12-01T00:00:00Z"],
    [
      "it saw it last, and that it took longer",
      [ID, { ...on23("00:00", E), at: "2026-11-24T10:00:00Z" }],
      "2026-12-01T12:00:00Z",
    ],
  ])("%s", (_, memory, slow) => {
    const told = held([BASE, WAS], { memory });
    expect(told).toContain(`past enforce 604800: fast 2026-11-23T00:00:00Z, slow ${slow}`);
  });

  test("a state that does not say the policy ends nothing", () => {
    expect(held([BASE, { at: "2026-11-10T00:00:00Z", id: "M" }, { ...WAS, ttl: 3600 }])).toEqual([
      "past enforce 604800: fast 2026-11-11T01:00:00Z, slow 2026-12-01T00:00:00Z",
    ]);
  });
});

describe("what is in force until the change arrives", () => {
  const enforced = { policy: E, id: "A" };
  test("a policy that the change replaces together with its id", () => {
    const more = { base: enforced, proposed: { policy: "enforce 86400 mx1", id: "B" }, live: { policy: E, id: "A" } };
    expect(held([], more)).toEqual(["now enforce 604800: fast 2026-11-25T13:00:00Z, slow 2026-12-02T13:00:00Z"]);
  });

  test("a policy that it leaves alone", () => {
    expect(held([], { base: enforced, proposed: enforced, live: { policy: E, id: "A" } })).toEqual([
      "now enforce 604800: fast never, slow 2026-12-02T13:00:00Z",
    ]);
  });

  test("what base says and what is still served are two", () => {
    const live = { policy: "enforce 86400 mx2", id: "0" };
    expect(held([], { base: enforced, proposed: enforced, live })).toEqual([
      "now enforce 604800: fast never, slow 2026-12-02T13:00:00Z",
      "now enforce 86400: fast 2026-11-25T13:00:00Z, slow 2026-11-26T13:00:00Z",
    ]);
  });

  test.each([
    ["base since a while", ["2026-11-20T00:00:00Z", "2026-11-01T00:00:00Z"], "2026-11-20T00:00:00.000Z"],
    ["at least two minutes ago", ["2026-11-24T11:59:30Z"], "2026-11-24T11:58:00.000Z"],
    ["an hour ago, where that is not known", [], "2026-11-24T11:00:00.000Z"],
  ])("from when on: %s", (_, dates, from) => {
    const history = dates.map((at) => ({ at, policy: E, id: "A" }));
    const scene = { base: enforced, proposed: enforced, live: { policy: E, id: "A" }, history };
    expect(inspectionOf(scene).held.map((one) => new Date(one.from).toISOString())).toEqual([from]);
  });

  test("what base says, where its record or the live one tells of it", () => {
    const live = { policy: "testing 86400 mx1", id: "A" };
    expect(held([], { base: enforced, proposed: enforced, live: { ...live, records: "none" } })).toHaveLength(1);
    expect(held([], { base: { policy: E, records: [] }, proposed: enforced, live })).toHaveLength(1);
  });

  test("each address of the policy host counts", () => {
    const live = { policy: E, second: "enforce 86400 mx2", id: "A" };
    expect(held([], { base: enforced, proposed: enforced, live })).toHaveLength(2);
  });

  test("nothing that no record tells of", () => {
    expect(
      held([], { base: { policy: E, records: [] }, proposed: enforced, live: { records: "none", policy: E } }),
    ).toEqual([]);
  });
});
