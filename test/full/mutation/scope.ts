import { existsSync, globSync } from "node:fs";
import { matchesGlob } from "node:path";

interface Room {
  readonly sources: readonly string[];
  /** The tests that have to notice, those that take long last. */
  readonly tests: readonly string[];
  /** Tests that take long and are about something else. */
  readonly without?: readonly string[];
}

const OF_RULES = ["test/judge/*.test.ts", "test/judge/rules/*.test.ts", "test/docs.test.ts"];
const OF_COURSES = ["test/judge/{simulation,story,rollout-orders}.test.ts"];
const OF_DIALECTS = ["test/judge/{dialect,monotone}.test.ts", "test/judge/rules/policy-fragile.test.ts"];

/** What decides a verdict. */
const SCOPE: readonly Room[] = [
  {
    sources: ["src/judge/{sender,host-change,judge,waiver}.ts", "src/judge/rules/mx-*.ts"],
    tests: OF_RULES,
    without: [...OF_COURSES, ...OF_DIALECTS],
  },
  {
    sources: [
      "src/judge/{deliveries,held,held-*,in-force,past,remembered,visible-mx}.ts",
      "src/judge/rules/{rollout,record-id}-*.ts",
    ],
    tests: [...OF_RULES, ...OF_COURSES],
    without: OF_DIALECTS,
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
  // What takes long comes last, though a wider pattern before it names it too.
  const last = (room?.tests ?? []).slice(-1);
  const tests = found.filter((path) => !fits(path, room?.without ?? []));
  const inOrder = [...tests.filter((path) => !fits(path, last)), ...tests.filter((path) => fits(path, last))];
  return [...new Set([...(existsSync(mirror) ? [mirror] : []), ...inOrder])];
}

const fits = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => matchesGlob(path, pattern));
