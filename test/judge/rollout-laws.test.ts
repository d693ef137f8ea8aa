// What holds for every rollout, over small random ones: ROLLOUT §5, and SPEC §5 and §8 for history.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Case, inspect } from "../../src/judge/inspection.ts";
import { judge } from "../../src/judge/judge.ts";
import { policyIn } from "../../src/judge/policy-view.ts";
import { senders } from "../../src/judge/senders.ts";
import { refusesAtLast } from "../../src/judge/simulation.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { covers } from "../../src/protocol/policy.ts";
import type { StoryEvent } from "../../src/story.ts";
import type { DomainVerdict, Finding } from "../../src/verdict.ts";
import { AT, caseOf, judgeScene, type Scene, type ScenePast, type SceneSide, type SceneSight } from "./scene.ts";

const RUNS = { numRuns: 200 };
const HOSTS = ["mx1", "mx2", "mx3"];
const HOUR = 3_600_000; // milliseconds

type Mode = "enforce" | "testing" | "none";
type Senders = "id-checking" | "all";

/** What is deployed from some time on. */
interface State {
  readonly mode: Mode;
  readonly maxAge: number;
  readonly patterns: readonly string[];
  readonly id: string | null;
  readonly mx: readonly string[];
}

/** A domain at rest: the newest of its states is base and deployed since `hours[0]` hours ago. */
interface World {
  readonly states: readonly State[];
  readonly hours: readonly number[];
  readonly ttl: number;
  readonly lag: number;
  readonly senders: Senders;
  readonly policyFirst: boolean;
}

const text = ({ mode, maxAge, patterns }: State): string => `${mode} ${maxAge} ${patterns.join(" ")}`;
const before = (hours: number): string => new Date(Date.parse(AT) - hours * HOUR).toISOString();

const side = (state: State, ttl: number): SceneSide => ({
  policy: text(state),
  records: state.id === null ? [] : [`v=STSv1; id=${state.id}`],
  ttl,
  mx: state.mx,
});

const past = (at: string, state: State, ttl: number): ScenePast => ({
  at,
  policy: text(state),
  id: state.id,
  ttl,
  mx: state.mx,
  mxTtl: 3_600,
});

/** The change from the newest state to `after`, judged now. */
function sceneOf(world: World, after: State, more: Partial<Scene> = {}): Scene {
  const { states, hours, ttl, lag, senders: promised, policyFirst } = world;
  const [now] = states as [State];
  return {
    base: side(now, ttl),
    proposed: side(after, ttl),
    live: { policy: text(now), ...(now.id === null ? { records: "none" } : { id: now.id }), ttl, mx: now.mx },
    baseSince: before(hours[0] ?? 0),
    history: states.map((state, index) => past(before(hours[index] ?? 0), state, ttl)),
    settings: {
      rollout: {
        senders: promised,
        maxAgeCeiling: undefined,
        deploy: policyFirst ? "policy-first" : undefined,
        deployLag: lag,
      },
    },
    ...more,
  };
}

const anyState: fc.Arbitrary<State> = fc.record({
  mode: fc.constantFrom<Mode>("enforce", "enforce", "enforce", "testing", "none"),
  maxAge: fc.constantFrom(86_400, 604_800, 2_592_000),
  patterns: fc.subarray([...HOSTS, "*.example.com"], { minLength: 1 }),
  id: fc.constantFrom("A", "B", "C", "D"),
  mx: fc.subarray(HOSTS, { minLength: 1 }),
});

const anyWorld: fc.Arbitrary<World> = fc
  .record({
    states: fc.array(anyState, { minLength: 1, maxLength: 4 }),
    gaps: fc.array(fc.constantFrom(1, 3, 30, 200, 900), { minLength: 4, maxLength: 4 }),
    ttl: fc.constantFrom(300, 3_600, 86_400),
    lag: fc.constantFrom(900, 86_400),
    senders: fc.constantFrom<Senders>("id-checking", "all"),
    policyFirst: fc.boolean(),
  })
  .map(({ gaps, ...world }) => ({
    ...world,
    hours: gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0)),
  }));

const errorsOf = ({ rules }: DomainVerdict, which = /./): readonly Finding[] =>
  rules.flatMap((outcome) =>
    outcome.kind === "failed" && which.test(outcome.rule)
      ? outcome.findings.filter(({ level }) => level === "error")
      : [],
  );

const newest = ({ states }: World): State => states[0] as State;

const refusedHosts = (verdict: DomainVerdict): readonly string[] =>
  verdict.deliveries.flatMap(({ hosts }) => hosts.filter((host) => host.verdict === "refused").map(({ host }) => host));

const WEAKER = { enforce: "testing", testing: "none", none: "none" } as const;

describe("monotonicity (ROLLOUT §5, 1)", () => {
  test("a wider or a weaker policy with a fresh id is let through, and no delivery of it is refused that was not", () => {
    const edits = fc.record({ more: fc.subarray([...HOSTS, "*.example.com"]), weaker: fc.boolean() });
    fc.assert(
      fc.property(anyWorld, edits, (world, { more, weaker }) => {
        const now = newest(world);
        const patterns = [...new Set([...now.patterns, ...more])];
        const wider = { ...now, mode: weaker ? WEAKER[now.mode] : now.mode, patterns, id: "fresh" };
        const judged = judgeScene(sceneOf(world, wider));
        expect(errorsOf(judged, /^(mx|rollout)-/).map(({ message }) => message)).toEqual([]);
        const left = refusedHosts(judgeScene(sceneOf(world, now)));
        expect(refusedHosts(judged).filter((host) => !left.includes(host))).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("commutation (ROLLOUT §5, 2)", () => {
  test("what is ready before the policy was widened is ready after it", () => {
    const edits = fc.record({
      more: fc.subarray([...HOSTS, "*.example.com"]),
      mx: fc.option(fc.subarray(HOSTS, { minLength: 1 }), { nil: undefined }),
      weaker: fc.boolean(),
    });
    fc.assert(
      fc.property(anyWorld, edits, (world, { more, mx, weaker }) => {
        const edit = (state: State): State => ({
          ...state,
          mode: weaker ? WEAKER[state.mode] : state.mode,
          mx: mx ?? state.mx,
          ...(weaker && { id: "edited" }),
        });
        const now = newest(world);
        fc.pre(judgeScene(sceneOf(world, edit(now))).verdict === "ready");
        // A host that is accepted only since then is more to lose than it was.
        const lists = (host: string): boolean => now.patterns.some((one) => one === host || one === "*.example.com");
        fc.pre(now.mx.every((host) => lists(host) || mx === undefined || mx.includes(host)));
        const wide = { ...now, patterns: [...new Set([...now.patterns, ...more])], id: "widened" };
        const widened = { ...world, states: [wide, ...world.states], hours: [0.5, ...world.hours] };
        expect(errorsOf(judgeScene(sceneOf(widened, edit(wide)))).map(({ message }) => message)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("an MX host may go while one stays that every policy covers", () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...HOSTS), (world, stays) => {
        const states = world.states.map((state) => ({
          ...state,
          patterns: [...new Set([...state.patterns, stays])],
          mx: [...new Set([...state.mx, stays])],
        }));
        const now = states[0] as State;
        const judged = judgeScene(sceneOf({ ...world, states }, { ...now, mx: [stays] }));
        expect(errorsOf(judged).map(({ message }) => message)).toEqual([]);
      }),
      RUNS,
    );
  });
});

/** The change that the laws of evidence are tried with: any, removals among them. */
const anyChange = fc.oneof(
  { weight: 3, arbitrary: anyState },
  { weight: 1, arbitrary: anyState.map((state) => ({ ...state, id: null })) },
);

/** Earlier runs, each of which saw what the history says of its time. */
function memoryOf({ states, hours, lag }: World): readonly SceneSight[] {
  return states.flatMap((state, index): readonly SceneSight[] => {
    const at = (hours[index] ?? 0) - lag / 3_600 - 0.01;
    return at > (hours[index - 1] ?? 0)
      ? [
          {
            at: before(at),
            policy: text(state),
            ...(state.id === null ? { records: "none" } : { id: state.id }),
            mx: state.mx,
          },
        ]
      : [];
  });
}

describe("evidence that is not there (SPEC §5, §8)", () => {
  const LACKS = "the clone is shallow";

  test("a removal that is not ready with the whole history is not ready with less of it", () => {
    fc.assert(
      fc.property(anyWorld, fc.nat({ max: 3 }), (world, kept) => {
        const gone: State = { ...newest(world), id: null };
        const whole = sceneOf(world, gone);
        fc.pre(judgeScene(whole).verdict !== "ready");
        const less = { ...whole, history: (whole.history ?? []).slice(0, kept), historyLacks: LACKS };
        expect(judgeScene(less).verdict).not.toBe("ready");
      }),
      RUNS,
    );
  });

  test("an MX host that comes in, and that the whole history stops, is not let through without a word by less of it", () => {
    fc.assert(
      fc.property(anyWorld, fc.subarray(HOSTS, { minLength: 1 }), fc.nat({ max: 3 }), (world, mx, kept) => {
        const whole = sceneOf(world, { ...newest(world), mx });
        const judged = judgeScene(whole);
        const added = mx.filter((host) => !newest(world).mx.includes(host)).map((host) => `${host}.example.com`);
        fc.pre(errorsOf(judged, /^rollout-mx-not-cached$/).some(({ facts }) => added.includes(String(facts["host"]))));
        const less = judgeScene({ ...whole, history: (whole.history ?? []).slice(0, kept), historyLacks: LACKS });
        const said = less.rules.find(({ rule }) => rule === "rollout-mx-not-cached");
        expect(["failed", "unknown"]).toContain(said?.kind);
      }),
      RUNS,
    );
  });

  test("what earlier runs saw of the same past only shortens a wait: without it nothing becomes ready", () => {
    fc.assert(
      fc.property(anyWorld, anyChange, (world, change) => {
        const scene = sceneOf(world, change);
        fc.pre(judgeScene({ ...scene, memory: memoryOf(world) }).verdict !== "ready");
        expect(judgeScene(scene).verdict).not.toBe("ready");
      }),
      RUNS,
    );
  });
});

const DATE = /[0-9]{8}T[0-9]{6}Z|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?Z)?/g;

const COMPACT = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$/;

/** The same with every date in it so many days later. */
function later<T>(value: T, days: number): T {
  const moved = (date: string): string => {
    // An id that is a date.
    if (COMPACT.test(date)) return moved(date.replace(COMPACT, "$1-$2-$3T$4:$5:$6Z")).replaceAll(/[-:]/g, "");
    const iso = new Date(Date.parse(date) + days * 24 * HOUR).toISOString();
    return date.includes(".") ? iso : date.includes("T") ? iso.replace(/[.][0-9]+Z$/, "Z") : iso.slice(0, 10);
  };
  return JSON.parse(JSON.stringify(value).replaceAll(DATE, moved));
}

describe("time", () => {
  test("does not matter: everything so many days later has the same verdict, so many days later", () => {
    fc.assert(
      fc.property(anyWorld, anyChange, fc.integer({ min: -400, max: 4_000 }), (world, change, days) => {
        const given: Case = caseOf({ ...sceneOf(world, change), memory: memoryOf(world) });
        expect(judge(later(given, days))).toEqual(later(judge(given), days));
      }),
      RUNS,
    );
  });

  test("is what a clock waits for: the policy widened now, and the MX host a second after the date that was told", () => {
    fc.assert(
      fc.property(anyWorld, fc.subarray(HOSTS, { minLength: 1 }), (world, more) => {
        const now = newest(world);
        const wide = { ...now, patterns: [...new Set([...now.patterns, ...more])], id: "fresh" };
        const mx = [...new Set([...now.mx, ...more])];
        const told = judgeScene(sceneOf(world, { ...wide, mx }));
        const errors = errorsOf(told);
        fc.pre(errors.length > 0 && errors.every(({ facts }) => typeof facts["until"] === "string"));
        const ends = errors.map(({ facts }) => Date.parse(String(facts["until"])));
        expect(Math.max(...ends)).toBe(Date.parse(told.safeAfter ?? ""));
        const at = new Date(Math.max(...ends) + 1_000).toISOString();
        const history = [
          past(AT, wide, world.ttl),
          ...world.states.map((state, index) => past(before(world.hours[index] ?? 0), state, world.ttl)),
        ];
        const waited = sceneOf(
          { ...world, states: [wide, ...world.states] },
          { ...wide, mx },
          { at, history, baseSince: AT },
        );
        expect(errorsOf(judgeScene(waited)).map(({ message }) => message)).toEqual([]);
      }),
      RUNS,
    );
  });
});

interface Course {
  /** Each deploy takes as long as one may, rather than no time. */
  readonly late: boolean;
  /** When the sender had mail for the domain: hours after a state came. */
  readonly looks: readonly { readonly state: number; readonly after: number }[];
  /** And once a day. */
  readonly daily: boolean;
  /** Hours after the merge. */
  readonly delivery: number;
}

/** What happened, oldest first, as the history tells; what is told as one state was deployed at once. */
function eventsOf(
  { states, hours, ttl, lag }: World,
  after: State,
  { late, looks, daily, delivery }: Course,
): readonly StoryEvent[] {
  const begun = hours[states.length - 1] ?? 0;
  const single = looks.map((look) => Math.max(0.01, (hours[look.state] ?? 0) - look.after));
  const each = daily ? Array.from({ length: Math.floor(begun / 24) }, (_, day) => day * 24 + 0.5) : [];
  const wait = late ? lag / 3_600 : 0;
  const merges = states.map((state, index): StoryEvent => {
    const at = before(Math.max(0, (hours[index] ?? 0) - wait));
    const { mode, maxAge, patterns } = state;
    const policy = { mode, maxAge, mx: patterns.map((one) => (one.includes(".") ? one : `${one}.example.com`)) };
    const { id } = state;
    return index === states.length - 1
      ? { kind: "served", at, until: null, policy, id, ttl }
      : { kind: "merge", at, policy, id };
  });
  return [
    ...merges.toReversed(),
    ...[...single, ...each].map((hour): StoryEvent => ({ kind: "fetch", at: before(hour) })),
    { kind: "merge", at: AT, mx: after.mx.map((host) => `${host}.example.com` as DomainName) },
    { kind: "delivery", at: before(-delivery) },
  ];
}

describe("the senders that are promised", () => {
  test("ready for all of them is ready for those that compare ids", () => {
    fc.assert(
      fc.property(anyWorld, anyChange, (world, change) => {
        fc.pre(judgeScene(sceneOf({ ...world, senders: "all" }, change)).verdict === "ready");
        expect(judgeScene(sceneOf({ ...world, senders: "id-checking" }, change)).verdict).toBe("ready");
      }),
      RUNS,
    );
  });

  const courses = fc.record({
    late: fc.boolean(),
    looks: fc.array(
      fc.record({ state: fc.nat({ max: 3 }), after: fc.constantFrom(-0.2, 0.1, 0.4, 2, 23, 26, 150, 199, 500) }),
      { minLength: 1, maxLength: 5 },
    ),
    daily: fc.boolean(),
    // Hours after the merge.
    delivery: fc.constantFrom(0.1, 5, 60, 190),
  });

  test.each<[Senders, readonly string[]]>([
    ["id-checking", ["maddy", "mox", "kumomta", "postfix-mta-sts-resolver"]],
    ["all", ["maddy", "mox", "postfix-tlspol", "chasquid"]],
  ])("%s: whenever one of them looked, it does not refuse an MX host that a ready change adds", (promised, ids) => {
    const caches = senders.filter(({ id }) => ids.includes(id)).map(({ cache }) => cache);
    expect(caches).toHaveLength(ids.length);
    fc.assert(
      fc.property(anyWorld, fc.subarray(HOSTS, { minLength: 1 }), courses, (given, mx, course) => {
        const world = { ...given, senders: promised };
        const change = { ...newest(world), mx };
        const added = mx
          .filter((host) => !newest(world).mx.includes(host))
          .map((host) => `${host}.example.com` as DomainName);
        fc.pre(added.length > 0 && judgeScene(sceneOf(world, change)).verdict === "ready");
        for (const cache of caches)
          for (const host of added)
            expect(
              refusesAtLast(eventsOf(world, change, course), cache, {
                host,
                refuses: (held, one) => !covers(held, one),
              }),
            ).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("a ready narrowing leaves out no MX host that a resolver may still name, unless it was left out before", () => {
    fc.assert(
      fc.property(anyWorld, anyState, (world, { patterns, ...change }) => {
        const now = newest(world);
        const after: State = { ...now, mode: "enforce", patterns, id: change.id };
        fc.pre(judgeScene(sceneOf(world, after)).verdict === "ready");
        const lists = (state: State, host: string): boolean =>
          state.patterns.some((one) => one === host || one === "*.example.com");
        const keep = world.lag / 3_600 + 1;
        const seen = world.states.flatMap(({ mx }, index) => (keep > (world.hours[index - 1] ?? 0) ? mx : []));
        for (const host of seen) if (lists(now, host)) expect(lists(after, host), host).toBe(true);
      }),
      RUNS,
    );
  });

  test("no policy that such a sender may hold refuses an MX host that a ready change adds", () => {
    fc.assert(
      fc.property(anyWorld, anyState, (world, change) => {
        const given = caseOf(sceneOf({ ...world, senders: "all" }, change));
        fc.pre(judge(given).verdict === "ready");
        const inspection = inspect(given);
        const added = change.mx.filter((host) => !newest(world).mx.includes(host));
        for (const { policy } of inspection.held)
          for (const host of inspection.mx.proposed.kind === "hosts" ? inspection.mx.proposed.hosts : [])
            if (added.some((one) => host.startsWith(`${one}.`))) expect(covers(policy, host)).toBe(true);
        const after = policyIn(inspection.policy.proposed);
        expect(after).toBeDefined();
      }),
      RUNS,
    );
  });
});
