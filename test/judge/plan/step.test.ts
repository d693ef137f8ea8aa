import { describe, expect, test } from "vitest";
import { nextStep } from "../../../src/judge/plan/step.ts";
import type { NextStep } from "../../../src/plan.ts";
import { AT, inspectionOf, judgeScene, type Scene } from "../scene.ts";

const E1 = "enforce 604800 mx1";
const E12 = "enforce 604800 mx1 mx2";
const history = (policy: string, ...mx: readonly string[]) => [
  { at: "2026-01-01T00:00:00.000Z", policy, id: "A", ttl: 3600, mx, mxTtl: 3600 },
];

/** A change of a repository that says everything, from what is live. */
function change(from: readonly [string, ...string[]], to: readonly [string | null, ...string[]], id = "B"): Scene {
  const [was, ...before] = from;
  const [is, ...after] = to;
  return {
    base: { policy: was, id: "A", mx: before },
    proposed: { policy: is, id: is === was ? "A" : id, mx: after },
    live: { policy: was, id: "A", mx: before },
    history: history(was, ...before),
  };
}

const ADDED = change([E12, "mx1"], [E12, "mx1", "mx2"]);

describe("nextStep", () => {
  test.each<[string, Scene, Partial<NextStep>, RegExp]>([
    [
      "widen",
      change([E1, "mx1"], [E12, "mx1"]),
      { step: 1, of: 3, from: "2026-11-25T13:00:00Z", all: "2026-12-02T13:00:00Z" },
      /^This is step 1 of 3 of changing MX hosts: the policy lists old and new hosts; the MX records may follow after 2026-11-25T13:00:00Z for senders that compare ids, after 2026-12-02T13:00:00Z for all\.$/,
    ],
    ["add an MX", ADDED, { step: 2, of: 2, from: null, all: null }, /mx2\.example\.com already; no step is left\.$/],
    [
      "switch MX",
      change([E12, "mx1"], [E12, "mx2"]),
      { step: 2, of: 3, from: "2026-11-25T13:00:00Z", all: "2026-11-25T13:00:00Z" },
      /may stop listing mx1\.example\.com after/,
    ],
    [
      "remove an MX",
      change([E12, "mx1", "mx2"], [E12, "mx1"]),
      { step: 1, of: 2, from: "2026-11-25T13:00:00Z" },
      /mx2\.example\.com goes; the policy may stop listing mx2/,
    ],
    ["narrow", change([E12, "mx1"], [E1, "mx1"]), { step: 3, of: 3, from: null }, /no longer lists mx2/],
    [
      "turn on enforce",
      change(["testing 604800 mx1", "mx1"], ["enforce 86400 mx1", "mx1"]),
      { step: 2, of: 3, from: "2026-12-02T12:00:00Z" },
      /max_age may be raised after/,
    ],
    [
      "begin with testing",
      change(["none 86400", "mx1"], ["testing 604800 mx1", "mx1"]),
      { step: 1, of: 3, from: "2026-12-09T12:00:00Z" },
      /enforce may follow/,
    ],
    [
      "weaken",
      change([E1, "mx1"], ["testing 604800 mx1", "mx1"]),
      { step: 1, of: 1, from: "2026-11-25T13:00:00Z", all: "2026-12-02T13:00:00Z" },
      /going back to testing/,
    ],
    [
      "mode none",
      change([E1, "mx1"], ["none 86400 mx1", "mx1"]),
      { step: 1, of: 3, from: "2026-12-02T13:00:00Z", all: "2026-12-02T13:00:00Z" },
      /the record may be removed after 2026-12-02T13:00:00Z\.$/,
    ],
    [
      "lower max_age",
      change([E1, "mx1"], ["enforce 86400 mx1", "mx1"]),
      { step: 1, of: 1, from: "2026-12-02T13:00:00Z" },
      /lowering max_age/,
    ],
    [
      "remove the record",
      {
        base: { policy: "none 86400 mx1", id: "A" },
        proposed: { policy: "none 86400 mx1", records: [] },
        live: { policy: "none 86400 mx1" },
      },
      { step: 2, of: 3, from: "2026-11-26T13:00:00Z" },
      /policy file and policy host may be removed/,
    ],
    [
      "remove the policy",
      {
        base: { policy: "none 86400 mx1", records: [] },
        proposed: { policy: null, records: [] },
        live: { policy: "none 86400 mx1", records: "none" },
      },
      { step: 3, of: 3, from: null },
      /the policy is gone; no step is left/,
    ],
    [
      "widen, and the id stays",
      change([E1, "mx1"], [E12, "mx1"], "A"),
      { step: 1, of: 3, from: null, all: null },
      /once the id has changed/,
    ],
  ])("%s", (_, scene, expected, told) => {
    const next = nextStep(inspectionOf(scene));
    expect(next).toMatchObject(expected);
    expect(next?.next).toMatch(told);
    expect(judgeScene(scene).nextStep).toEqual(next);
  });

  test.each<[string, Scene]>([
    ["policy and MX at once", change([E1, "mx1"], [E12, "mx1", "mx2"])],
    ["other patterns and another mode at once", change([E1, "mx1"], ["testing 604800 mx2", "mx1"])],
    ["hosts that come and hosts that go", change([E1, "mx1"], ["enforce 604800 mx2", "mx1"])],
    ["an MX that the policy does not list", change([E1, "mx1"], [E1, "mx1", "mx2"])],
    ["raise max_age", change([E1, "mx1"], ["enforce 1209600 mx1", "mx1"])],
    ["enforce at once", change(["none 86400", "mx1"], [E1, "mx1"])],
    [
      "remove the record under enforce",
      { base: { policy: E1, id: "A" }, proposed: { policy: E1, records: [] }, live: { policy: E1 } },
    ],
    ["remove the policy under enforce", change([E1, "mx1"], [null, "mx1"])],
    [
      "another comment, the same policy",
      change([E1, "mx1"], [`${"version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 604800\n"}x: y\n`, "mx1"]),
    ],
    ["verify", { verify: { policy: E1, id: "A" }, live: { policy: E1 } }],
    ["nothing", { base: { policy: E1 }, proposed: { policy: E1 }, live: { policy: E1 } }],
  ])("%s: no single step", (_, scene) => {
    expect(nextStep(inspectionOf(scene))).toBeUndefined();
    expect(judgeScene(scene)).not.toHaveProperty("nextStep");
  });

  test("one sentence in printable ASCII", () => {
    expect(nextStep(inspectionOf({ ...ADDED, at: AT }))?.next).toMatch(/^[A-Z][\x20-\x7e]*[^.]\.$/);
  });
});
