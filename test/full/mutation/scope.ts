import { existsSync, globSync } from "node:fs";
import { matchesGlob } from "node:path";

interface Room {
  readonly sources: readonly string[];
  /** The tests that have to notice, in order. */
  readonly tests: readonly string[];
  /** Those of them that take long: they come last, though a wider pattern names them too. */
  readonly last?: readonly string[];
  /** Tests that take long and are about something else. */
  readonly without?: readonly string[];
}

const OF_RULES = ["test/judge/*.test.ts", "test/judge/rules/*.test.ts", "test/docs.test.ts"];
const OF_HELD = [
  "test/judge/{held*,in-force,remembered,sightings,expired-since}.test.ts",
  "test/judge/rules/rollout-*.test.ts",
];
const OF_COURSES = ["story", "simulation", "rollout-orders"].map((name) => `test/judge/${name}.test.ts`);
/** They need ten seconds and more: what only they would notice, a row of a mirror has to. */
const OF_LAWS = ["test/judge/rollout-{laws,senders}.test.ts"];
const OF_DIALECTS = ["test/judge/{dialect,monotone}.test.ts", "test/judge/rules/policy-fragile.test.ts"];

/** What decides a verdict. */
const SCOPE: readonly Room[] = [
  {
    sources: ["src/judge/{sender,host-change,judge,waiver}.ts", "src/judge/rules/mx-*.ts"],
    tests: OF_RULES,
    without: [...OF_COURSES, ...OF_LAWS, ...OF_DIALECTS],
  },
  {
    sources: [
      "src/judge/{deliveries,held,held-*,in-force,past,remembered,visible-mx}.ts",
      "src/judge/{simulation,story,stranger,sightings,enforce-readings,without-merge,expired-since}.ts",
      "src/judge/{wrong-pairs,wrong-order,time-to-live}.ts",
      "src/judge/rules/{rollout,record-id}-*.ts",
    ],
    tests: [...OF_HELD, ...OF_RULES],
    last: OF_COURSES,
    without: [...OF_LAWS, ...OF_DIALECTS],
  },
  {
    sources: ["src/protocol/{dns-id,mx-pattern,policy*}.ts"],
    tests: ["test/protocol/{dns-id,mx-pattern,policy*,plain-policy}.test.ts"],
  },
  { sources: ["src/world/address*.ts"], tests: ["test/world/address*.test.ts"] },
  {
    sources: ["src/report/inert.ts"],
    tests: ["test/report/inert.test.ts", "test/report/{text,comment,summary}.test.ts"],
  },
];

/** The mutated sources whose path contains one of the parts, `a,b`, in order. */
export function sourcesWith(parts: string): readonly string[] {
  const all = SCOPE.flatMap(({ sources }) => globSync([...sources])).sort();
  return all.filter((path) => parts.split(",").some((part) => path.includes(part)));
}

/** The tests of a source, in the order they are run: its mirror first. */
export function testsOf(source: string): readonly string[] {
  const room = SCOPE.find(({ sources }) => fits(source, sources));
  const mirror = source.replace(/^src(.*)\.ts$/, "test$1.test.ts");
  const found = (room?.tests ?? []).flatMap((pattern) => globSync(pattern).sort());
  const tests = found.filter((path) => !fits(path, [...(room?.without ?? []), ...(room?.last ?? [])]));
  return [...new Set([...(existsSync(mirror) ? [mirror] : []), ...tests, ...(room?.last ?? [])])];
}

const fits = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => matchesGlob(path, pattern));
