// "Could not look" is never ready (SPEC §8): whatever is taken away from the evidence, a change that is not ready does not become so.
// The worlds are the examples of docs/rules: each is a way to be ready, blocked or unknown.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { judgedBy, linesOfScene } from "./evidence-lines.ts";
import type { Scene } from "./scene.ts";

const pages = readdirSync("docs/rules").filter((name) => name.endsWith(".md") && name !== "README.md");
const examples = pages.flatMap((name) => {
  const page = readFileSync(join("docs/rules", name), "utf8");
  return [...page.matchAll(/^## (Fails|Passes)[^]*?```yaml\n([^]*?)\n```/gm)].map(
    ([, heading = "", text = ""]) => [`${name}, ${heading}`, parse(text) as Scene] as const,
  );
});
/** Turning on enforce where nobody could look at port 25. */
const UNSEEN: Scene = {
  base: { policy: "testing 604800 mx1", id: "A" },
  proposed: { policy: "enforce 604800 mx1", id: "B" },
  live: { hosts: { mx1: "blocked" } },
};
const worlds = [...examples, ["port 25 unseen", UNSEEN] as const];
const whole = await Promise.all(
  worlds.map(async ([title, scene]) => {
    const lines = linesOfScene(scene);
    return { title, scene, lines, verdict: (await judgedBy(lines, scene)).verdict };
  }),
);
const notReady = whole.filter(({ verdict }) => verdict !== "ready");

test("there are worlds of every verdict", () => {
  expect(new Set(whole.map(({ verdict }) => verdict))).toEqual(new Set(["ready", "blocked", "unknown"]));
});

describe.each(notReady)("$title ($verdict)", ({ scene, lines }) => {
  test.each(lines.map((line, at) => [`${line.kind} ${at}`, at] as const))("without %s", async (_, at) => {
    expect((await judgedBy(lines.toSpliced(at, 1), scene)).verdict).not.toBe("ready");
  });
});

test("without any of them", async () => {
  const some = fc
    .constantFrom(...notReady)
    .chain((world) => fc.tuple(fc.constant(world), fc.subarray([...world.lines])));
  await fc.assert(
    fc.asyncProperty(some, async ([{ scene }, lines]) => {
      expect((await judgedBy(lines, scene)).verdict).not.toBe("ready");
    }),
    { numRuns: 300 },
  );
});
