// ROLLOUT §4, §6 and §7 as tables: each change step by step, and what stops it. Hours from the first step; the old max_age is 168 h, the
// TTLs are one hour, a deploy takes a quarter of an hour, and the pipeline makes a policy live before its id. The slow clock ends a TTL later
// here than in the model (169.25 and not 168.25): who extends does so while a resolver remembers the old id, and then its lookups may fail.
import { describe, expect, test } from "vitest";
import type { DomainVerdict } from "../../src/verdict.ts";
import { judgeScene, type Scene, type SceneLive, type ScenePast, type SceneSide, type SceneSight } from "./scene.ts";

interface State {
  readonly policy: string | null;
  readonly id: string | null;
  readonly mx: readonly string[];
}

/** Hour, what changes, what the step comes to under `senders: id-checking`, and under `all` where that differs. */
type Step = readonly [hour: number, change: Partial<State>, idChecking: string, all?: string | undefined, more?: More];

interface More {
  readonly live?: SceneLive;
  readonly memory?: readonly (Omit<SceneSight, "at"> & { readonly hour: number })[];
}

type Senders = "id-checking" | "all";

const START = Date.parse("2026-11-24T00:00:00Z");
const dateAt = (hours: number): string => new Date(START + hours * 3_600_000).toISOString();
const BEGINNING = "2024-01-01T00:00:00.000Z";

const OLD: State = { policy: "enforce 604800 old", id: "1", mx: ["old"] };
const BOTH = "enforce 604800 old new";
const NEW = "enforce 604800 new";
const NONE = "none 86400 old";

const sideOf = ({ policy, id, mx }: State): SceneSide => ({
  policy,
  records: id === null ? [] : [`v=STSv1; id=${id}`],
  mx,
});

const liveOf = ({ policy, id, mx }: State): SceneLive => ({
  policy: policy ?? "none",
  ...(id === null ? { records: "none" } : { id }),
  mx,
});

const pastOf = (at: string, { policy, id, mx }: State): ScenePast => ({ at, policy, id, ttl: 3600, mx, mxTtl: 3600 });

const rolloutOf = (promised: Senders) => ({
  rollout: { senders: promised, maxAgeCeiling: undefined, deploy: "policy-first" as const, deployLag: 900 },
});

/** The scene of each step: what went before is merged, deployed, and the history. */
function scenesOf(first: State, steps: readonly Step[], promised: Senders): readonly Scene[] {
  let [before, history]: [State, readonly ScenePast[]] = [first, [pastOf(BEGINNING, first)]];
  return steps.map(([hour, change, , , { live = {}, memory = [] } = {}]) => {
    const after = { ...before, ...change };
    const scene: Scene = {
      at: dateAt(hour),
      base: sideOf(before),
      proposed: sideOf(after),
      live: { ...liveOf(before), ...live },
      history,
      baseSince: history[0]?.at ?? BEGINNING,
      memory: memory.map(({ hour: seen, ...sight }) => ({ at: dateAt(seen), ...sight })),
      settings: rolloutOf(promised),
    };
    [before, history] = [after, [pastOf(dateAt(hour), after), ...history]];
    return scene;
  });
}

/** `ready`, or `blocked` and by what. */
function wordsOf({ verdict, rules }: DomainVerdict): string {
  const errors = rules.flatMap((outcome) =>
    outcome.kind === "failed" && outcome.findings.some(({ level }) => level === "error") ? [outcome.rule] : [],
  );
  return [verdict, ...errors.toSorted()].join(" ");
}

type Row = readonly [title: string, first: State, steps: readonly Step[]];

function comesTo(rows: readonly Row[]): void {
  test.each(rows)("%s", (_, first, steps) => {
    const expected = (promised: Senders): readonly string[] =>
      steps.map(([hour, , idChecking, all]) => `${hour} h: ${promised === "all" ? (all ?? idChecking) : idChecking}`);
    const judged = (promised: Senders): readonly string[] =>
      scenesOf(first, steps, promised).map((scene, index) => `${steps[index]?.[0]} h: ${wordsOf(judgeScene(scene))}`);
    expect({ "id-checking": judged("id-checking"), all: judged("all") }).toEqual({
      "id-checking": expected("id-checking"),
      all: expected("all"),
    });
  });
}

const NOT_CACHED = "blocked rollout-mx-not-cached";
const UNCOVERED = "blocked mx-not-covered rollout-mx-not-cached";
/** Nothing to fetch any more. */
const NOT_CACHED_NOR_FETCHED = "blocked rollout-host-broken rollout-mx-not-cached";
const SAME_ID = "blocked record-id-unchanged";
const REMOVED = "blocked rollout-removed-early";
const GONE: Partial<State> = { policy: null, id: null };
const BACKUP = "enforce 604800 old backup";
const WITH_BACKUP = ["old", "backup"];

describe("ROLLOUT §6 (SPEC wins: policy and id may come in one pull request, and no policy edit without its id is let through)", () => {
  comesTo([
    [
      "add a backup MX two hours after policy and id",
      OLD,
      [
        [0, { policy: BACKUP, id: "2" }, "ready"],
        [2, { mx: WITH_BACKUP }, "ready", NOT_CACHED],
      ],
    ],
    [
      "add a backup MX before the TTL of the old id is over",
      OLD,
      [
        [0, { policy: BACKUP, id: "2" }, "ready"],
        [1.2, { mx: WITH_BACKUP }, NOT_CACHED],
      ],
    ],
    [
      "add a backup MX at 170",
      OLD,
      [
        [0, { policy: BACKUP, id: "2" }, "ready"],
        [170, { mx: WITH_BACKUP }, "ready"],
      ],
    ],
    [
      "add a backup MX at 169, and the id was never changed",
      OLD,
      [
        [0, { policy: BACKUP }, SAME_ID],
        [169, { mx: WITH_BACKUP }, NOT_CACHED],
      ],
    ],
    ["replace the provider: MX only", OLD, [[0, { mx: ["new"] }, UNCOVERED]]],
    [
      "replace the provider: everything together",
      OLD,
      [
        [
          0,
          { policy: NEW, id: "2", mx: ["new"] },
          "blocked mx-not-covered rollout-mx-not-cached rollout-narrowed-early",
        ],
      ],
    ],
    [
      "replace the provider: the new policy and id, MX after the TTL",
      OLD,
      [
        [0, { policy: NEW, id: "2" }, "blocked mx-not-covered"],
        [2, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
    [
      "replace the provider: both, MX after the TTL",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [2, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
    [
      "replace the provider: both, MX after 48 h",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [48, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
    [
      "replace the provider: both, MX after max_age, the new one alone after the MX TTL",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [170, { mx: ["new"] }, "ready"],
        [172, { policy: NEW, id: "3" }, "ready"],
      ],
    ],
    [
      "replace the provider: both and no id, MX after max_age",
      OLD,
      [
        [0, { policy: BOTH }, SAME_ID],
        [169, { mx: ["new"] }, NOT_CACHED],
      ],
    ],
    [
      "the id an hour before the policy, MX at 169 (SPEC: the policy that follows keeps base's id, and that is where it is stopped)",
      OLD,
      [
        [0, { id: "2" }, "ready"],
        [1, { policy: BOTH }, SAME_ID],
        [169, { mx: ["new"] }, NOT_CACHED],
      ],
    ],
    [
      "delete record and policy, MX two hours later",
      OLD,
      [
        [0, GONE, REMOVED],
        [2, { mx: ["new"] }, NOT_CACHED_NOR_FETCHED],
        [170, { mx: ["elsewhere"] }, "ready"],
      ],
    ],
    [
      "none and id, delete three hours later, MX at 4",
      OLD,
      [
        [0, { policy: NONE, id: "2" }, "ready"],
        [3, GONE, REMOVED],
        [4, { mx: ["new"] }, NOT_CACHED_NOR_FETCHED],
      ],
    ],
    [
      "none and id, wait for max_age, MX, delete",
      OLD,
      [
        [0, { policy: NONE, id: "2" }, "ready"],
        [170, { mx: ["new"] }, "ready"],
        [171, GONE, "ready"],
      ],
    ],
    [
      "none and no id, wait for max_age, delete, MX: senders that extend hold it until a max_age after the delete",
      OLD,
      [
        [0, { policy: NONE }, SAME_ID],
        [169, GONE, REMOVED],
        [170, { mx: ["new"] }, NOT_CACHED_NOR_FETCHED],
        [338.3, { mx: ["elsewhere"] }, "ready"],
      ],
    ],
    [
      "turned off in 24 hours, MX at 26",
      OLD,
      [
        [0, { policy: NONE, id: "2" }, "ready"],
        [26, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
    [
      "the policy host is dead, id changed, MX at 2 (SPEC: an id alone is not blocked, whoever cannot fetch keeps what it holds)",
      OLD,
      [
        [0, { id: "2" }, "ready", undefined, { live: { policy: "none" } }],
        [
          2,
          { mx: ["new"] },
          "blocked mx-not-covered rollout-host-broken rollout-mx-not-cached",
          undefined,
          { live: { policy: "none" } },
        ],
      ],
    ],
    [
      "the policy host is dead, and the same file comes again, so that it is deployed again",
      OLD,
      [
        [
          0,
          { policy: "version: STSv1\r\nmode: enforce\r\nmx: old.example.com\r\nmax_age: 604800\r\n" },
          "ready",
          undefined,
          { live: { policy: "none" } },
        ],
      ],
    ],
    [
      "the id is rolled back by a DNS sync, MX at 200",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [100, { id: "1" }, "blocked record-id-reused"],
        [200, { mx: ["new"] }, NOT_CACHED],
      ],
    ],
    [
      "an id comes back: who looked while a resolver remembered it holds the policy of that hour under it",
      { ...OLD, policy: "testing 604800 old" },
      [
        [0, { policy: OLD.policy, id: "2" }, "ready"],
        [10, { policy: BOTH, id: "1" }, "blocked record-id-reused"],
        [400, { mx: ["new"] }, NOT_CACHED],
      ],
    ],
    [
      "the policy host serves an older body for ten hours, under the same id",
      { ...OLD, policy: BOTH, id: "2" },
      [
        [
          200,
          { mx: ["new"] },
          NOT_CACHED,
          undefined,
          {
            memory: [
              { hour: 10, id: "2", policy: "enforce 604800 old" },
              { hour: 20, id: "2", policy: BOTH },
            ],
          },
        ],
      ],
    ],
    [
      "emergency: testing and id",
      OLD,
      [[0, { policy: "testing 86400 old", id: "2" }, "ready", undefined, { live: { hosts: { old: "expired" } } }]],
    ],
    [
      "rename an MX host: both, id, MX at 2",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [2, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
  ]);
});

const TESTING = "testing 604800 old";
const EMPTY: State = { policy: null, id: null, mx: ["old"] };

describe("ROLLOUT §7", () => {
  comesTo([
    ["first publication, testing", EMPTY, [[0, { policy: TESTING, id: "1" }, "ready"]]],
    ["first publication, enforce", EMPTY, [[0, { policy: OLD.policy, id: "1" }, "blocked rollout-enforce-untested"]]],
    [
      "from testing to enforce",
      { ...OLD, policy: TESTING },
      [
        [0, { policy: "enforce 86400 old", id: "2" }, "ready"],
        [168, { policy: "enforce 604800 old", id: "3" }, "ready"],
      ],
    ],
    [
      "from testing to enforce with an MX that is not good",
      { ...OLD, policy: TESTING },
      [
        [
          0,
          { policy: "enforce 86400 old", id: "2" },
          "blocked mx-refused",
          undefined,
          { live: { hosts: { old: "expired" } } },
        ],
      ],
    ],
    [
      "add an MX that is not good",
      { ...OLD, policy: BACKUP },
      [[0, { mx: WITH_BACKUP }, "blocked mx-refused", undefined, { live: { hosts: { backup: "expired" } } }]],
    ],
    [
      "remove an MX: its record, the TTL, its pattern",
      { policy: BACKUP, id: "1", mx: WITH_BACKUP },
      [
        [0, { mx: ["old"] }, "ready"],
        [1.5, { policy: OLD.policy, id: "2" }, "ready"],
      ],
    ],
    [
      "remove an MX: its pattern before the TTL is over",
      { policy: BACKUP, id: "1", mx: WITH_BACKUP },
      [
        [0, { mx: ["old"] }, "ready"],
        [1, { policy: OLD.policy, id: "2" }, "blocked rollout-narrowed-early"],
      ],
    ],
    [
      "remove an MX: the reverse",
      { policy: BACKUP, id: "1", mx: WITH_BACKUP },
      [[0, { policy: OLD.policy, id: "2" }, "blocked mx-not-covered"]],
    ],
    [
      "replace a provider, and narrow before the TTL of the MX is over",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [170, { mx: ["new"] }, "ready"],
        [170.5, { policy: NEW, id: "3" }, "blocked rollout-narrowed-early"],
      ],
    ],
    [
      "replace a provider in a hurry: a short max_age first",
      OLD,
      [
        [0, { policy: "enforce 86400 old", id: "2" }, "ready"],
        [170, { policy: "enforce 86400 old new", id: "3" }, "ready"],
        [196, { mx: ["new"] }, "ready"],
        [198, { policy: "enforce 86400 new", id: "4" }, "ready"],
      ],
    ],
    [
      "lower max_age, and count on it when the old one has not run out",
      OLD,
      [
        [0, { policy: "enforce 86400 old new", id: "2" }, "ready"],
        [30, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
    [
      "lower max_age, and change MX when the short one has not run out",
      OLD,
      [
        [0, { policy: "enforce 86400 old", id: "2" }, "ready"],
        [169, { policy: "enforce 86400 old new", id: "3" }, "ready"],
        [171, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
    ["raise max_age, no change planned", OLD, [[0, { policy: "enforce 2592000 old", id: "2" }, "ready"]]],
    [
      "from enforce to testing, MX after the TTL",
      OLD,
      [
        [0, { policy: TESTING, id: "2" }, "ready"],
        [1.2, { mx: ["new"] }, NOT_CACHED],
      ],
    ],
    [
      "from enforce to testing, MX after the fast clock, and after the slow one",
      OLD,
      [
        [0, { policy: TESTING, id: "2" }, "ready"],
        [2, { mx: ["new"] }, "ready", NOT_CACHED],
      ],
    ],
    [
      "from enforce to testing, MX after the slow clock",
      OLD,
      [
        [0, { policy: TESTING, id: "2" }, "ready"],
        [170, { mx: ["new"] }, "ready"],
      ],
    ],
    [
      "retire: none with its mx lines, wait, the record, the policy",
      OLD,
      [
        [0, { policy: NONE, id: "2" }, "ready"],
        [170, { id: null }, "ready"],
        [195, { policy: null }, "ready"],
      ],
    ],
    [
      "retire: an older policy with a longer max_age counts",
      { ...OLD, policy: "enforce 2592000 old" },
      [
        [0, { policy: OLD.policy, id: "2" }, "ready"],
        [24, { policy: NONE, id: "3" }, "ready"],
        [200, { id: null }, REMOVED],
      ],
    ],
    [
      "retire: after the new small max_age only",
      OLD,
      [
        [0, { policy: NONE, id: "2" }, "ready"],
        [25, GONE, REMOVED],
      ],
    ],
    ["move DNS hosting without the record", OLD, [[0, { id: null }, "blocked record-missing rollout-removed-early"]]],
    [
      "revert: policy and id as a pair",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [1, { policy: OLD.policy, id: "1" }, "ready"],
      ],
    ],
    [
      "revert: the policy alone",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [1, { policy: OLD.policy }, SAME_ID],
      ],
    ],
    [
      "revert: the id alone",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [1, { id: "1" }, "blocked record-id-reused"],
      ],
    ],
    [
      "revert: the policy, with a fresh id",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [1, { policy: OLD.policy, id: "3" }, "ready"],
      ],
    ],
    [
      "sell a domain: record and policy go with it, and whoever adds an MX then loses its mail until max_age is over",
      OLD,
      [
        [0, GONE, REMOVED],
        [167, { mx: ["new"] }, NOT_CACHED_NOR_FETCHED],
      ],
    ],
    [
      "emergency: a good MX that every held policy lists comes in, with the policy host broken",
      { ...OLD, policy: BOTH },
      [[0, { mx: ["new"] }, "ready", undefined, { live: { policy: "none" } }]],
    ],
    [
      "emergency: the same, and the host that goes is the one that senders refuse",
      { ...OLD, policy: BOTH },
      [[0, { mx: ["new"] }, "ready", undefined, { live: { policy: "none", hosts: { old: "expired" } } }]],
    ],
    [
      "emergency: never delete the record",
      OLD,
      [
        [
          0,
          { id: null },
          "blocked record-missing rollout-removed-early",
          undefined,
          { live: { hosts: { old: "expired" } } },
        ],
      ],
    ],
    [
      "a spare name in the policy makes an emergency one step",
      { ...OLD, policy: "enforce 604800 old spare" },
      [[0, { mx: ["spare"] }, "ready", undefined, { live: { hosts: { old: "expired" } } }]],
    ],
    ["refuted: MX, policy and id at the same time", OLD, [[0, { policy: BOTH, id: "2", mx: ["new"] }, NOT_CACHED]]],
    [
      "refuted: turned off in 24 hours, and then deleted",
      OLD,
      [
        [0, { policy: NONE, id: "2" }, "ready"],
        [24.5, GONE, REMOVED],
        [26, { mx: ["new"] }, NOT_CACHED_NOR_FETCHED],
      ],
    ],
  ]);

  test("a move of the policy host leaves policy and id alone, and is ready", () => {
    const side = { ...sideOf(OLD), policyHostAlias: "old.example.net" };
    const proposed = { ...side, policyHostAlias: "new.example.net" };
    const live = { ...liveOf(OLD), policyHostCnames: ["old.example.net"] };
    const history = [pastOf(BEGINNING, OLD)];
    expect(wordsOf(judgeScene({ base: side, proposed, live, history, settings: rolloutOf("all") }))).toBe("ready");
  });

  test("a delegated policy moves between providers: the policy host first, and then the record", () => {
    const [one, other] = ["sts.one.example.net", "sts.other.example.org"];
    const mx = OLD.mx;
    const live = { policy: BOTH, id: "1", mx, recordCnames: [one] };
    const side = { alias: one, policyHostAlias: one, mx };
    const moved = { ...side, policyHostAlias: other };
    const history = [{ at: BEGINNING, mx, mxTtl: 3600 }];
    const first = { base: side, proposed: moved, live: { ...live, policyHostCnames: [one] } };
    const second = {
      base: moved,
      proposed: { ...moved, alias: other },
      live: { ...live, policyHostCnames: [other] },
      at: dateAt(26),
    };
    for (const step of [first, second])
      expect(wordsOf(judgeScene({ ...step, history, settings: rolloutOf("id-checking") }))).toBe("ready");
  });
});

describe("ROLLOUT §4, right after the merge", () => {
  comesTo([
    ["none held: any change", EMPTY, [[0, { mx: ["new"] }, "ready"]]],
    [
      "testing: testing or none, any MX",
      { ...OLD, policy: TESTING },
      [[0, { policy: NONE, id: "2", mx: ["new"] }, "ready"]],
    ],
    [
      "testing: enforce without the MX",
      { ...OLD, policy: TESTING },
      [[0, { policy: NEW, id: "2" }, "blocked mx-not-covered"]],
    ],
    ["enforce with all MX: the same", OLD, [[0, { policy: OLD.policy, id: "2" }, "ready"]]],
    [
      "one host bad (SPEC: a deployed fault that the change leaves alone is a warning)",
      { ...OLD, policy: BACKUP, mx: WITH_BACKUP },
      [[0, { id: "2" }, "ready", undefined, { live: { hosts: { backup: "expired" } } }]],
    ],
    [
      "enforce without the new MX: the same id",
      OLD,
      [[0, { policy: BOTH, mx: ["new"] }, "blocked record-id-unchanged rollout-mx-not-cached"]],
    ],
    ["enforce without the new MX: another id", OLD, [[0, { policy: BOTH, id: "2", mx: ["new"] }, NOT_CACHED]]],
    [
      "enforce without the new MX: another id, the old host is still remembered",
      OLD,
      [
        [
          0,
          { policy: NEW, id: "2", mx: ["new"] },
          "blocked mx-not-covered rollout-mx-not-cached rollout-narrowed-early",
        ],
      ],
    ],
    ["enforce without the new MX: the id before the policy", OLD, [[0, { id: "2", mx: ["new"] }, UNCOVERED]]],
    [
      "enforce without the new MX: the policy host is down",
      OLD,
      [
        [
          0,
          { policy: BOTH, id: "2", mx: ["new"] },
          "blocked rollout-host-broken rollout-mx-not-cached",
          undefined,
          { live: { policy: "none" } },
        ],
      ],
    ],
    [
      "enforce without the new MX: removed",
      OLD,
      [[0, { ...GONE, mx: ["new"] }, "blocked rollout-mx-not-cached rollout-removed-early"]],
    ],
    ["enforce without the new MX: testing", OLD, [[0, { policy: TESTING, id: "2", mx: ["new"] }, NOT_CACHED]]],
    ["enforce with old and new: from old to new", { ...OLD, policy: BOTH }, [[0, { mx: ["new"] }, "ready"]]],
    [
      "enforce with old and new: the new one alone, the old MX forgotten",
      { ...OLD, policy: BOTH },
      [
        [0, { mx: ["new"] }, "ready"],
        [1.3, { policy: NEW, id: "2" }, "ready"],
      ],
    ],
    ["a policy that some senders drop: they keep the old one", OLD, [[0, { policy: "none 86400", id: "2" }, "ready"]]],
    [
      "back to an old id, another policy",
      OLD,
      [
        [0, { policy: BOTH, id: "2" }, "ready"],
        [400, { policy: "enforce 604800 old new more", id: "1" }, "blocked record-id-reused"],
      ],
    ],
  ]);
});
