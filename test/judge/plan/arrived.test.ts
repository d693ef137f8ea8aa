import { expect, test } from "vitest";
import { type Case, inspect } from "../../../src/judge/inspection.ts";
import { arrived } from "../../../src/judge/plan/arrived.ts";
import { idIn } from "../../../src/judge/record-view.ts";
import { caseOf } from "../scene.ts";

const CHANGE = caseOf({
  at: "2026-11-24T12:00:00Z",
  base: { policy: "enforce 604800 mx1", id: "A", mx: ["mx1"] },
  proposed: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1"] },
  live: { policy: "enforce 604800 mx1", id: "A" },
  history: [{ at: "2026-01-01T00:00:00Z", policy: "enforce 604800 mx1", id: "A", ttl: 3600, mx: ["mx1"] }],
  memory: [{ at: "2026-11-24T11:00:00Z", id: "A", policy: "enforce 604800 mx1", mx: ["mx1"] }],
});

test("a deploy later what was proposed is base, live, and remembered", () => {
  const after = arrived(CHANGE);
  expect(after.asOf).toBe("2026-11-25T12:00:00Z");
  const { policy, record, mx } = inspect(after);
  expect(policy.deployed).toMatchObject({
    kind: "valid",
    policy: { mx: [{ host: "mx1.example.com" }, { host: "mx2.example.com" }] },
  });
  expect([idIn(record.deployed), idIn(record.base)]).toEqual(["B", "B"]);
  expect(mx.deployed).toMatchObject({ kind: "hosts", hosts: ["mx1.example.com"] });
  expect(after.proposal.history.states.map(({ at, id, recordTtl }) => [at, id, recordTtl])).toEqual([
    ["2026-11-24T12:00:00Z", "B", 3600],
    ["2026-01-01T00:00:00Z", "A", 3600],
  ]);
  expect(after.proposal.baseSince).toEqual({ kind: "since", at: "2026-11-24T12:00:00Z" });
});

test("what earlier runs saw of the old policy ends then", () => {
  const after = { ...arrived(CHANGE), asOf: "2026-12-10T00:00:00Z" };
  const held = (memory: Case["memory"]) => inspect({ ...after, memory: memory ?? [] }).held.map(({ id }) => id);
  expect(held(CHANGE.memory)).toContain("A");
  expect(held(after.memory)).not.toContain("A");
});

test("nobody remembers where nobody looked", () => {
  expect(arrived({ ...CHANGE, memory: [] }).memory).toEqual([]);
});
