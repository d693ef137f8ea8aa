// Outages that were written about, each as the pull request that led to it: what is said, and what it would have cost.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findingsOf, judgeScene, type Scene } from "./scene.ts";

interface Expected {
  readonly verdict: string;
  /** The rule whose finding tells, event by event, who loses mail. */
  readonly story?: string;
  readonly safeAfter?: string;
  /** Rule → what a finding of it says. */
  readonly [rule: string]: string | undefined;
}

const FOLDER = "test/judge/incidents";
const OWN = ["verdict", "story", "safeAfter"];

describe("incidents", () => {
  test.each(readdirSync(FOLDER))("%s", (name) => {
    const text = readFileSync(`${FOLDER}/${name}`, "utf8");
    const { expect: expected, ...scene } = parse(text) as Scene & { readonly expect: Expected };
    const judged = judgeScene(scene);
    expect(judged.verdict).toBe(expected.verdict);
    const rules = Object.entries(expected).filter(([rule]) => !OWN.includes(rule));
    expect(rules.length).toBeGreaterThan(0);
    for (const [rule, says] of rules) {
      const errors = findingsOf(judged, rule).filter(({ level }) => level === "error");
      expect(errors.map(({ message }) => message).join("\n"), rule).toContain(says);
    }
    if (expected.safeAfter) expect(judged.safeAfter).toBe(expected.safeAfter);
    if (!expected.story) return;
    const story = findingsOf(judged, expected.story)[0]?.story;
    expect(story?.events.at(-1)?.kind).toBe("delivery");
    expect(story?.events.length).toBeLessThanOrEqual(6);
  });
});
