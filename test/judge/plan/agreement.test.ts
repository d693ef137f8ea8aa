// What the gate says of a step and what the plan says of the next one are two roads to the same dates.
import { expect, test } from "vitest";
import type { Intent } from "../../../src/plan.ts";
import { type DomainName, domainName } from "../../../src/protocol/domain-name.ts";
import { judgeScene } from "../scene.ts";
import { follow, type Holding, holding, planOf, sceneOf } from "./replay.ts";

const NOW = "2026-11-24T12:00:00Z";
const LONG_AGO = "2025-01-01T00:00:00Z";
const name = (text: string): DomainName => domainName(`${text}.example.com`) as DomainName;

test.each<[Intent, Holding]>([
  [{ kind: "add-mx", host: name("mx2") }, holding("enforce 604800 mx1", "A", "mx1")],
  [{ kind: "rename-mx", from: name("mx1"), to: name("mx2") }, holding("enforce 604800 mx1", "A", "mx1")],
  [{ kind: "replace-provider", hosts: [name("mx3")] }, holding("enforce 1209600 mx1 mx2", "A", "mx1", "mx2")],
  [{ kind: "remove-mx", host: name("mx2") }, holding("enforce 604800 mx1 mx2", "A", "mx1", "mx2")],
  [{ kind: "max-age", seconds: 86_400 }, holding("enforce 604800 mx1", "A", "mx1")],
  [{ kind: "retire" }, holding("enforce 2592000 mx1", "A", "mx1")],
])("%j", (intent, start) => {
  const past = [{ at: LONG_AGO, holds: start }];
  const [first, second] = planOf(past, intent, NOW).steps;
  if (!first) throw new Error("no step");
  const { nextStep } = judgeScene(sceneOf(past, follow(start, first), NOW));
  expect([nextStep?.from, nextStep?.all]).toEqual([second?.from, second?.all]);
});
