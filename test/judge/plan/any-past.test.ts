// Whatever the past was: a step is ready on its date, and where it is not the plan has said why.
import fc from "fast-check";
import { test } from "vitest";
import { NO_ROLLOUT } from "../../../src/config.ts";
import type { Intent } from "../../../src/plan.ts";
import { type DomainName, domainName } from "../../../src/protocol/domain-name.ts";
import { judgeScene, type Scene } from "../scene.ts";
import { follow, holding, planOf, sceneOf, type Told } from "./replay.ts";

const NOW = "2026-11-24T12:00:00Z";
const name = (text: string): DomainName => domainName(`${text}.example.com`) as DomainName;

const INTENTS: readonly Intent[] = [
  { kind: "testing" },
  { kind: "enforce" },
  { kind: "add-mx", host: name("mx3") },
  { kind: "remove-mx", host: name("mx2") },
  { kind: "rename-mx", from: name("mx1"), to: name("mx3") },
  { kind: "replace-provider", hosts: [name("mx3"), name("mx2")] },
  { kind: "max-age", seconds: 172_800 },
  { kind: "retire" },
  { kind: "emergency" },
];

const policy = fc
  .tuple(
    fc.constantFrom("enforce", "testing", "none"),
    fc.constantFrom(3_600, 86_400, 604_800, 2_592_000),
    fc.constantFrom("mx1", "mx1 mx2", "mx1 mx2 mx3", "mx2", "mx3"),
  )
  .map((words) => words.join(" "));
const mx = fc.constantFrom(["mx1"], ["mx1", "mx2"], ["mx2"]);
const hours = fc.constantFrom(1, 20, 30, 100, 400, 4_000);

/** Up to three states, the newest first; the oldest is years old. */
const past = fc.array(fc.tuple(policy, mx, hours), { minLength: 1, maxLength: 3 }).map((states): readonly Told[] => {
  let at = Date.parse(NOW);
  return states.map(([text, hosts, before], index) => {
    at = index === states.length - 1 ? Date.parse("2024-01-01T00:00:00Z") : at - before * 3_600_000;
    return { at: new Date(at).toISOString(), holds: holding(text, `id${states.length - index}`, ...hosts) };
  });
});

test.each(["id-checking", "all"] as const)("for %s senders", (senders) => {
  const settings: Partial<Scene> = { settings: { rollout: { ...NO_ROLLOUT, senders } } };
  fc.assert(
    fc.property(past, fc.constantFrom(...INTENTS), (before, intent) => {
      let told = before;
      for (const step of planOf(before, intent, NOW, settings).steps) {
        const at = senders === "all" ? step.all : step.from;
        if (step.state === "done") continue;
        // What is said next is not what the plan was made for.
        if (at === null || step.blockedBy.length > 0) return true;
        const to = follow((told[0] as Told).holds, step);
        const { verdict, rules } = judgeScene(sceneOf(told, to, at, settings));
        if (verdict === "blocked")
          throw new Error(`${step.title} at ${at}: ${JSON.stringify(rules.filter(({ kind }) => kind === "failed"))}`);
        told = [{ at, holds: to }, ...told];
      }
      return true;
    }),
    { numRuns: 150 },
  );
});
