import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect, isInterrupted } from "../../src/judge/inspection.ts";
import { judge } from "../../src/judge/judge.ts";
import { policyIn } from "../../src/judge/policy-view.ts";
import { validateMxHost } from "../../src/judge/sender.ts";
import type { DomainVerdict } from "../../src/verdict.ts";
import { caseOf, judgeScene, type Scene, type SceneLive, type SceneSide } from "./scene.ts";

// What holds for every change, over small random ones: SPEC §5 and §8, ROLLOUT.md propositions.

const RUNS = { numRuns: 250 };

const HOSTS = ["mx1", "mx2", "mx3"];
const SESSIONS = ["good", "good", "good", "expired", "no-starttls", "wrong-name", "old-tls", "silent", "blocked"];

interface Held {
  readonly mode: "enforce" | "testing" | "none";
  readonly maxAge: number;
  readonly mx: readonly string[];
}

const text = ({ mode, maxAge, mx }: Held): string => `${mode} ${maxAge} ${mx.join(" ")}`;

const anyPolicy: fc.Arbitrary<Held> = fc.record({
  mode: fc.constantFrom("enforce", "enforce", "testing", "none"),
  maxAge: fc.constantFrom(86_400, 604_800),
  mx: fc.subarray([...HOSTS, "*.example.com", "*.example.net"], { minLength: 1, maxLength: 3 }),
});

const anyMx = fc.oneof(
  { weight: 8, arbitrary: fc.subarray(HOSTS, { minLength: 1 }) },
  { weight: 1, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.constant(["."]) },
);

/** Often the same as before: a change touches few things. */
const mostly = <T>(value: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, { weight: 3, arbitrary: other });

const sessions = fc.record(Object.fromEntries(HOSTS.map((host) => [host, fc.constantFrom(...SESSIONS)])));
const goodSessions = fc.constant<Record<string, string>>({});

/** What the repository may speak of: each part, and nothing else. */
const speaks = fc.record({ policy: fc.boolean(), record: fc.boolean(), mx: fc.boolean() });

const liveMx = (mx: readonly string[]): NonNullable<SceneLive["mx"]> =>
  mx.length === 0 ? "none" : mx[0] === "." ? "null" : mx;

/** A world at rest in which base is deployed, or nearly, and a change to it. */
const anyScene: fc.Arbitrary<Scene> = fc
  .record({
    policy: anyPolicy,
    id: fc.constantFrom("A", "B"),
    mx: anyMx,
    said: speaks,
    hosts: fc.oneof(sessions, goodSessions),
  })
  .chain(({ policy, id, mx, said, hosts }) =>
    fc
      .record({
        after: mostly<Held | null>(
          policy,
          fc.oneof({ weight: 6, arbitrary: anyPolicy }, { weight: 1, arbitrary: fc.constant(null) }),
        ),
        newId: mostly<string | null>(id, fc.constantFrom("B", "C", "D", null)),
        newMx: mostly<readonly string[]>(mx, anyMx),
        live: mostly<Held | null>(policy, fc.oneof(anyPolicy, fc.constant(null))),
        liveId: mostly<string | null>(id, fc.constantFrom("A", "B", null)),
        liveMxSet: mostly<readonly string[]>(mx, anyMx),
        tlsrpt: fc.boolean(),
        baseSince: fc.constantFrom("2024-01-01T00:00:00.000Z", "2026-11-20T00:00:00.000Z"),
      })
      .map((chosen): Scene => {
        const records = (one: string | null): readonly string[] => (one === null ? [] : [`v=STSv1; id=${one}`]);
        const side = (held: Held | null, one: string | null, hostsOf: readonly string[]): SceneSide => ({
          ...(said.policy && { policy: held && text(held) }),
          ...(said.record && { records: records(one) }),
          ...(said.mx && { mx: hostsOf }),
        });
        return {
          base: side(policy, id, mx),
          proposed: side(chosen.after, chosen.newId, chosen.newMx),
          baseSince: chosen.baseSince,
          live: {
            policy: chosen.live ? text(chosen.live) : "none",
            records: chosen.liveId === null ? "none" : records(chosen.liveId),
            mx: liveMx(chosen.liveMxSet),
            hosts,
            tlsrpt: chosen.tlsrpt,
          },
        };
      }),
  );

const isClosed = ({ verdict }: DomainVerdict): boolean => verdict !== "ready";

function errors({ rules }: DomainVerdict, subjects: RegExp): readonly string[] {
  return rules.flatMap((outcome) =>
    outcome.kind === "failed" && subjects.test(outcome.rule)
      ? outcome.findings.filter(({ level }) => level === "error").map(({ facts }) => `${outcome.rule} ${facts["host"]}`)
      : [],
  );
}

/** Each observation taken away, alone. */
function blinded(scene: Scene): readonly (readonly [what: string, scene: Scene])[] {
  const without = (live: SceneLive): Scene => ({ ...scene, live: { ...scene.live, ...live } });
  const { hosts = {} } = scene.live ?? {};
  return [
    ["record", without({ records: "unseen" })],
    ["policy", without({ policy: "unseen" })],
    ["MX", without({ mx: "unseen" })],
    ["TLS-RPT", without({ tlsrpt: "unseen" })],
    ["history", { ...scene, baseSince: "the clone is shallow", historyLacks: "the clone is shallow" }],
    ...HOSTS.map((host) => [`probes of ${host}`, without({ hosts: { ...hosts, [host]: "blocked" } })] as const),
  ];
}

describe("no missing observation produces ready", () => {
  test("whatever one takes away", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const seen = judgeScene(scene);
        fc.pre(isClosed(seen));
        for (const [what, less] of blinded(scene)) {
          expect(isClosed(judgeScene(less)), `${what}: ${seen.consequence}`).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

/** A host that is listed now and shows another fault is no rejection that was not there: all about one host counts as one. */
const oneOfMx = (error: string): string => error.replace(/^(rollout-)?mx-\S+/, "mx");

describe("widening and weakening", () => {
  const change = fc.record({
    policy: anyPolicy,
    more: fc.subarray([...HOSTS, "*.example.com"]),
    instead: fc.boolean(),
    weaker: fc.boolean(),
    // What else the change does, whichever it is compared with.
    mx: fc.option(fc.tuple(anyMx, anyMx), { nil: undefined }),
    live: fc.record({ held: fc.option(anyPolicy, { nil: undefined }), mx: anyMx, hosts: sessions }),
  });
  const WEAKER = { enforce: "testing", testing: "none", none: "none" } as const;

  test("with a new id never add an error about MX hosts or the order of a rollout", () => {
    fc.assert(
      fc.property(change, ({ policy, more, instead, weaker, mx, live }) => {
        const widest = [...policy.mx.filter((each) => !HOSTS.includes(each)), "*.example.com"];
        const wider = {
          ...policy,
          mode: weaker ? WEAKER[policy.mode] : policy.mode,
          // A wildcard may take the place of the names that it covers.
          mx: more.includes("*.example.com") && instead ? widest : [...new Set([...policy.mx, ...more])],
        };
        const scene = (after: Held, id: string): Scene => ({
          base: { policy: text(policy), id: "A", ...(mx && { mx: mx[0] }) },
          proposed: { policy: text(after), id, ...(mx && { mx: mx[1] }) },
          live: { policy: text(live.held ?? policy), id: "A", mx: liveMx(live.mx), hosts: live.hosts },
        });
        const refused = (after: Held, id: string): readonly string[] =>
          errors(judgeScene(scene(after, id)), /^(mx|rollout)-/).map(oneOfMx);
        const left = refused(policy, "A");
        const added = refused(wider, "B").filter((one) => !left.includes(one));
        expect(added).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("ready", () => {
  test("leaves no host refused that senders deliver to today", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const given = caseOf(scene);
        fc.pre(judge(given).verdict === "ready");
        const inspection = inspect(given);
        const { policy, mx } = inspection;
        // While a fault keeps senders from the policy, base's is what they hold.
        const [after, now] = [policy.proposed, isInterrupted(inspection) ? policy.base : policy.deployed].map(policyIn);
        if (after?.mode !== "enforce" || mx.deployed.kind !== "hosts" || mx.proposed.kind !== "hosts") return;
        const proposed = mx.proposed.hosts;
        for (const host of mx.deployed.hosts.filter((each) => proposed.includes(each))) {
          const refusedNow = now?.mode === "enforce" && validateMxHost(now, host, given.evidence).verdict === "refused";
          const { verdict } = validateMxHost(after, host, given.evidence);
          expect(verdict === "refused" && !refusedNow, `${host} is newly refused`).toBe(false);
        }
      }),
      RUNS,
    );
  });

  test("lets no policy that senders hold meet an MX set of which nothing is left, if something is today", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const judged = judgeScene(scene);
        fc.pre(judged.verdict === "ready");
        // What differs from base before the change is drift, and not its doing; so is a fault of the policy host.
        fc.pre(!isInterrupted(inspect(caseOf(scene))));
        const { mx } = scene.base ?? {};
        fc.pre(mx === undefined || JSON.stringify(liveMx(mx)) === JSON.stringify(scene.live?.mx));
        const outcomes = judged.deliveries.map(({ policy, mx, outcome }) => [`${policy} × ${mx}`, outcome] as const);
        const today = outcomes.find(([name]) => name === "deployed × deployed")?.[1] ?? "delivers";
        if (today === "rejects" || today === "unknown") return;
        expect(outcomes.filter(([, outcome]) => outcome === "rejects")).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("a verdict", () => {
  test("is the same again, and from what was saved as JSON", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const given = caseOf(scene);
        const saved: typeof given = JSON.parse(JSON.stringify(given));
        const judged = judge(given);
        expect(judge(given)).toEqual(judged);
        expect(judge(saved)).toEqual(judged);
        expect(JSON.parse(JSON.stringify(judged))).toEqual(judged);
      }),
      RUNS,
    );
  });
});
