import { describe, expect, test } from "vitest";
import { consequenceOf } from "../../src/judge/consequence.ts";
import type { RuleOutcome } from "../../src/verdict.ts";
import { inspectionOf, judgeScene, type Scene } from "./scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const E12 = "enforce 604800 mx1 mx2";

describe("ready: what senders do", () => {
  test.each<[string, Scene, string]>([
    [
      "all hosts accepted",
      { base: { policy: E, id: "A" }, proposed: { policy: E12, id: "B" }, live: { policy: E } },
      "Senders that enforce deliver to the MX host of example.com.",
    ],
    [
      "two",
      { base: { mx: ["mx1", "mx2"] }, proposed: { mx: ["mx2", "mx1"] }, live: { policy: E12, mx: ["mx1", "mx2"] } },
      "Senders that enforce deliver to all 2 MX hosts of example.com.",
    ],
    [
      "not probed",
      {
        base: { policy: E, id: "A" },
        proposed: { policy: E12, id: "B" },
        live: { policy: E, hosts: { "*": "blocked" } },
      },
      "Nothing in this change makes senders refuse an MX host of example.com that they accept today.",
    ],
    [
      "testing",
      { base: { policy: E, id: "A" }, proposed: { policy: T, id: "B" }, live: { policy: E } },
      "Senders deliver to example.com whatever its MX hosts show, because the policy says testing.",
    ],
    [
      "no policy",
      { base: { mx: ["mx1"] }, proposed: { mx: ["mx2"] }, live: { policy: "none", records: "none" } },
      "Senders deliver to example.com without a policy.",
    ],
  ])("%s", (_, scene, expected) => {
    expect(judgeScene(scene)).toMatchObject({ verdict: "ready", consequence: expected });
  });
});

describe("blocked: the error that loses most mail", () => {
  const error = (rule: string, level: "error" | "warning" = "error"): RuleOutcome => ({
    kind: "failed",
    rule,
    findings: [{ level, message: `${rule}.`, location: { kind: "input", name: "policy" }, facts: {} }],
  });
  const said = (...outcomes: RuleOutcome[]): string => consequenceOf(inspectionOf({}), "blocked", outcomes);

  test("an MX before the order of things, that before the record, and that before the rest", () => {
    const all = [error("policy-syntax"), error("record-multiple"), error("rollout-removed-early"), error("mx-refused")];
    expect(said(...all)).toBe("mx-refused.");
    expect(said(...all.slice(0, 3))).toBe("rollout-removed-early.");
    expect(said(...all.slice(0, 2))).toBe("record-multiple.");
    expect(said(...all.slice(0, 1))).toBe("policy-syntax.");
  });

  test("a warning is no reason to be blocked", () => {
    expect(said(error("mx-refused", "warning"), error("waiver-expired"))).toBe("waiver-expired.");
  });
});

describe("unknown: the first thing that is missing", () => {
  test("and is needed", () => {
    const scene: Scene = {
      base: { policy: T, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: T, hosts: { "*": "blocked" }, tlsrpt: "unseen" },
    };
    expect(judgeScene(scene).consequence).toBe(
      "Nothing is proven wrong, but this is not known: mx1.example.com: names proven, TLS not seen; " +
        "this machine does not get out to port 25.",
    );
  });

  test("without any outcome", () => {
    expect(consequenceOf(inspectionOf({}), "unknown", [])).toBe("Nothing could be judged.");
  });
});
