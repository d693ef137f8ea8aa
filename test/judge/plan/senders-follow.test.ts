// The plan played to every known sender: whenever it fetched and whenever it delivers, it refuses no host that it may see.
import fc from "fast-check";
import { expect, test } from "vitest";
import { senders } from "../../../src/judge/senders.ts";
import { refusesAtLast } from "../../../src/judge/simulation.ts";
import { type Actor, ID_BLIND, ID_CHECKING, storyPolicy } from "../../../src/judge/story.ts";
import type { Intent } from "../../../src/plan.ts";
import { type DomainName, domainName } from "../../../src/protocol/domain-name.ts";
import { covers, parsePolicy } from "../../../src/protocol/policy.ts";
import type { StoryEvent } from "../../../src/story.ts";
import { follow, type Holding, holding, planOf, type Told } from "./replay.ts";

const NOW = "2026-11-24T12:00:00Z";
const LONG_AGO = "2025-01-01T00:00:00Z";
const TTL = 3600;
const HOUR = 3_600_000;
const name = (text: string): DomainName => domainName(`${text}.example.com`) as DomainName;
const iso = (at: number): string => new Date(at).toISOString();

const ROWS: readonly [Intent, Holding][] = [
  [{ kind: "add-mx", host: name("mx2") }, holding("enforce 604800 mx1", "A", "mx1")],
  [{ kind: "remove-mx", host: name("mx2") }, holding("enforce 604800 mx1 mx2", "A", "mx1", "mx2")],
  [{ kind: "rename-mx", from: name("mx1"), to: name("mx2") }, holding("enforce 604800 mx1", "A", "mx1")],
  [{ kind: "replace-provider", hosts: [name("mx3")] }, holding("enforce 172800 mx1 mx2", "A", "mx1", "mx2")],
];

function policyIn(text: string | null) {
  const parse = parsePolicy(new TextEncoder().encode(text ?? ""));
  if (parse.kind === "invalid") throw new Error("no policy");
  return storyPolicy(parse.policy);
}

/** Everything that the plan does, each deploy over at some moment of its day, the policy before the id. */
function played(states: readonly Told[], late: readonly number[]): readonly StoryEvent[] {
  const [first, ...steps] = states;
  if (!first) throw new Error("nothing is said");
  const { policy, id, mx } = first.holds;
  const hosts = mx as readonly DomainName[];
  const begun = { kind: "served", at: LONG_AGO, until: null, policy: policyIn(policy), id, ttl: TTL } as const;
  const changes = steps.flatMap(({ at, holds }, index): readonly StoryEvent[] => {
    const before = steps[index - 1]?.holds ?? first.holds;
    const done = Date.parse(at) + (late[index] ?? 0) * HOUR;
    return [
      ...(holds.policy === before.policy
        ? []
        : [{ kind: "merge", at: iso(done), policy: policyIn(holds.policy) } as const]),
      ...(holds.id === before.id ? [] : [{ kind: "merge", at: iso(done + 1), id: holds.id } as const]),
      ...(holds.mx === before.mx
        ? []
        : [{ kind: "merge", at: iso(done), mx: holds.mx as readonly DomainName[] } as const]),
    ];
  });
  return [{ kind: "mx", at: LONG_AGO, hosts, ttl: TTL }, begun, ...changes];
}

function statesOf(intent: Intent, start: Holding, audience: "from" | "all"): readonly Told[] {
  const states: Told[] = [{ at: LONG_AGO, holds: start }];
  for (const step of planOf(states, intent, NOW).steps) {
    const holds = follow((states.at(-1) as Told).holds, step);
    states.push({ at: step[audience] ?? NOW, holds });
  }
  return states;
}

const CASTS: readonly ["from" | "all", readonly Actor[]][] = [
  ["from", ID_CHECKING],
  ["all", [...senders, ...ID_BLIND]],
];

const begin = Date.parse(NOW);
const lateness = fc.array(fc.constantFrom(0, 1, 12, 24), { minLength: 4, maxLength: 4 });

function refusals(
  states: readonly Told[],
  cast: readonly Actor[],
  late: readonly number[],
  at: readonly number[],
): string[] {
  const hosts = [...new Set(states.flatMap(({ holds }) => holds.mx))] as unknown as readonly DomainName[];
  const [last = 0, ...fetches] = at.toSorted((a, b) => b - a);
  const looks = fetches.map((moment) => ({ kind: "fetch", at: iso(moment) }) as const);
  const events = [...played(states, late), ...looks, { kind: "delivery", at: iso(last) } as const];
  return cast.flatMap(({ name: sender, cache }) =>
    hosts
      .filter((host) => refusesAtLast(events, cache, { host, refuses: (policy) => !covers(policy, host) }))
      .map((host) => `${sender} refuses ${host}`),
  );
}

/** Any time around the steps, and the moments at which something turns. */
function instantsAround(states: readonly Told[]): fc.Arbitrary<readonly number[]> {
  const turns = states.slice(1).map(({ at }) => Date.parse(at));
  const close = fc
    .tuple(fc.constantFrom(...turns), fc.constantFrom(-1, 0, 0.5, 1, 23, 23.5, 24, 24.5, 25, 26))
    .map(([turn, hours]) => turn + hours * HOUR + 1);
  const anywhere = fc.integer({ min: begin - 200 * HOUR, max: begin + 1_200 * HOUR });
  return fc.array(fc.oneof(close, close, anywhere), { minLength: 1, maxLength: 5 });
}

const RUNS = CASTS.flatMap(([audience, cast]) =>
  ROWS.map(([intent, start]) => [audience, intent, cast, start] as const),
);

test.each(RUNS)("%s %j", (audience, intent, cast, start) => {
  const states = statesOf(intent, start, audience);
  const holds = fc.property(lateness, instantsAround(states), (late, at) => {
    expect(refusals(states, cast, late, at)).toEqual([]);
  });
  fc.assert(holds, { numRuns: 1_000 });
});

test.each(RUNS)("%s %j: two hours earlier somebody refuses", (audience, intent, cast, start) => {
  const dated = statesOf(intent, start, audience);
  const states = dated.map((told, index) =>
    index < 2 ? told : { ...told, at: iso(Date.parse(told.at) - (index - 1) * 2 * HOUR) },
  );
  const holds = fc.property(
    lateness,
    instantsAround(states),
    (late, at) => refusals(states, cast, late, at).length === 0,
  );
  expect(fc.check(holds, { numRuns: 20_000, seed: 1 }).failed).toBe(true);
});
