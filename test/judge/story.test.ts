import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { refusesBy } from "../../src/judge/held-story.ts";
import { refusesAtLast } from "../../src/judge/simulation.ts";
import { EXTENDING, ID_BLIND, ID_CHECKING, shortestStory } from "../../src/judge/story.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import type { Story, StoryEvent } from "../../src/story.ts";
import { inspectionOf, judgeScene, type Scene, type ScenePast } from "./scene.ts";

/** Rules whose findings are about evidence or dates that nobody has yet, so that no course of events follows from them. */
const WITHOUT = ["rollout-enforce-untested", "rollout-enforce-unproven"];

interface Told {
  readonly rule: string;
  readonly level: string;
  readonly story: Story | undefined;
}

const toldBy = (scene: Scene): readonly Told[] =>
  judgeScene(scene).rules.flatMap((outcome) =>
    outcome.kind === "failed" && outcome.rule.startsWith("rollout-")
      ? outcome.findings.map(({ level, story }) => ({ rule: outcome.rule, level, story }))
      : [],
  );

function replays(scene: Scene, { sender, host }: Story, events: readonly StoryEvent[]): boolean {
  const actor = [...ID_CHECKING, ...ID_BLIND].find(({ name }) => name === sender);
  if (!actor) throw new Error(`no sender ${sender}`);
  return refusesAtLast(events, actor.cache, { host, refuses: refusesBy(inspectionOf(scene)) });
}

function expectMinimal(scene: Scene, story: Story): void {
  expect(replays(scene, story, story.events)).toBe(true);
  for (const [index] of story.events.entries()) {
    const without = story.events.toSpliced(index, 1);
    expect(replays(scene, story, without), `without event ${index} of ${JSON.stringify(story)}`).toBe(false);
  }
}

describe("the failing examples of the pages", () => {
  const pages = readdirSync("docs/rules").filter((name) => name.startsWith("rollout-"));
  test.each(pages)("%s", (page) => {
    const text = readFileSync(`docs/rules/${page}`, "utf8").split("## Fails")[1]?.split("```")[1] ?? "";
    const { expect: _, ...scene } = parse(text.replace(/^yaml/, "")) as Scene & { readonly expect: unknown };
    const rule = page.replace(/\.md$/, "");
    const told = toldBy(scene).filter((one) => one.rule === rule);
    expect(told.length).toBeGreaterThan(0);
    for (const { story } of told)
      if (WITHOUT.includes(rule)) expect(story).toBeUndefined();
      else expectMinimal(scene, story as Story);
  });
});

const policy = fc.constantFrom(
  ...["enforce", "testing"].flatMap((mode) =>
    ["mx1", "mx2", "mx1 mx2", "*.example.com"].map((mx) => `${mode} 604800 ${mx}`),
  ),
  "none 86400 mx1",
  "enforce 31557600 mx1",
);
const id = fc.constantFrom("A", "B", "C");
const mx = fc.constantFrom(["mx1"], ["mx2"], ["mx1", "mx2"]);
const side = fc.record({ policy, id, mx });
const HOURS = [0.5, 3, 12, 26, 100, 400, 9000];
const history = fc
  .array(fc.record({ hours: fc.constantFrom(...HOURS), policy, id, mx }), { maxLength: 3 })
  .map((states) =>
    states
      .toSorted((a, b) => a.hours - b.hours)
      .map(({ hours, ...state }): ScenePast => {
        const at = new Date(Date.parse("2026-11-24T12:00:00Z") - hours * 3_600_000).toISOString();
        return { ...state, at, ttl: 3600, mxTtl: 3600 };
      }),
  );
const scenes = fc
  .record({ base: side, proposed: side, live: fc.record({ policy, id, mx }), history })
  // The newest state of the history is what base says.
  .map((scene) => ({
    ...scene,
    history: scene.history.map((state, index) => (index === 0 ? { ...state, ...scene.base } : state)),
  }));

describe("the story of a rollout finding", () => {
  test("ends in a refusal, and every event of it is needed", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        for (const { story } of toldBy(scene)) if (story) expectMinimal(scene, story);
      }),
      { numRuns: 400 },
    );
  });

  test("is there for every error of a clock, and is at most six events long", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        for (const { rule, level, story } of toldBy(scene)) {
          if (level !== "error" || WITHOUT.includes(rule)) continue;
          expect(story, rule).toBeDefined();
          expect(story?.events.length).toBeLessThanOrEqual(6);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("who may stand in a story", () => {
  const names = (cast: typeof ID_BLIND): readonly string[] => cast.map(({ name }) => name);

  test("each class by its own", () => {
    expect(names(EXTENDING)).toEqual(["mox", "postfix-mta-sts-resolver", "ZoneMTA (mailauth)"]);
    expect(names(ID_CHECKING)).toEqual([...names(EXTENDING), "KumoMTA", "maddy", "Stalwart"]);
    expect(names(ID_BLIND)).toEqual(["postfix-tlspol", "a sender whose DNS lookups fail"]);
  });

  test("one whose lookups fail goes by max_age alone", () => {
    expect(ID_BLIND.at(-1)?.cache).toMatchObject({
      class: "S1",
      checksId: "existence",
      extendsOnSameId: false,
      capSeconds: null,
    });
    expect(ID_BLIND.at(-1)?.cache.replaces).toBeUndefined();
  });
});

describe("the shortest story", () => {
  const at = (hours: number): string => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000).toISOString();
  const host = "new.example.com" as DomainName;
  const old = { mode: "enforce", maxAge: 604_800, mx: ["old.example.com"] } as const;
  const MX: StoryEvent = { kind: "merge", at: at(1), mx: [host] };
  const EARLY: StoryEvent = { kind: "delivery", at: at(2) };
  const ALL: StoryEvent = { kind: "merge", at: at(3), policy: old, id: "1", mx: [host] };
  const LATE: StoryEvent = { kind: "delivery", at: at(4) };
  const SERVED: StoryEvent = { kind: "served", at: at(0), until: null, policy: old, id: "1", ttl: 3600 };
  const told = (...events: StoryEvent[]): readonly StoryEvent[] | undefined =>
    shortestStory({ events, host, refuses: () => true, until: null, cast: ID_BLIND }).story?.events;

  test("is the one of fewest events, though another is over before it", () => {
    expect(told(SERVED, MX, EARLY, ALL, LATE)).toEqual([ALL, LATE]);
    expect(told(SERVED, MX, EARLY)).toEqual([SERVED, MX, EARLY]);
  });

  test("is told in the order of time", () => expect(told(EARLY, MX, SERVED)).toEqual([SERVED, MX, EARLY]));

  test("is none where nobody refuses", () => expect(told(SERVED, MX)).toBeUndefined());
});
