import { describe, expect, test } from "vitest";
import type { HeldPolicy } from "../../src/judge/held-policy.ts";
import { heldStory, laterStory, mergeEvent } from "../../src/judge/held-story.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import type { StoryEvent } from "../../src/story.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const E = "enforce 604800 mx1";
const WIDE = "enforce 604800 mx1 mx2";
const MX2 = "mx2.example.com" as DomainName;
const TOGETHER: Scene = {
  base: { policy: E, id: "A", mx: ["mx1"] },
  proposed: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] },
  live: { policy: E, id: "A" },
};

/** `kind at`, one for each event, without the day before 2026-11-24T12:00:00Z, which is now. */
const timesOf = (events: readonly StoryEvent[] | undefined): readonly string[] =>
  (events ?? []).map(({ kind, at }) => `${kind} ${at.replace("2026-11-24T", "")}`);

function told(scene: Scene, more: Partial<HeldPolicy> = {}): readonly string[] {
  const inspection = inspectionOf(scene);
  const [held] = inspection.held;
  if (!held) throw new Error("nothing is held");
  return timesOf(heldStory(inspection, { held: { ...held, ...more }, host: MX2, until: null }).story?.events);
}

describe("the times of a story", () => {
  test.each<[string, number, string, string]>([
    ["a minute around now", 3_600, "11:59:00Z", "12:01:00Z"],
    ["a quarter of a TTL that is shorter than four minutes", 60, "11:59:45Z", "12:00:15Z"],
    ["at least a second", 3, "11:59:59Z", "12:00:01Z"],
  ])("%s", (_, ttl, before, after) => {
    expect(told(TOGETHER, { ttl })).toEqual([
      "served 11:00:00Z",
      `fetch ${before}`,
      "merge 12:00:00Z",
      `delivery ${after}`,
    ]);
  });
});

test("what is served before a change of the policy ends with it; where only the MX changes nothing ends", () => {
  const served = (scene: Scene): StoryEvent | undefined => {
    const inspection = inspectionOf(scene);
    const [held] = inspection.held;
    return held && heldStory(inspection, { held, host: MX2, until: null }).story?.events[0];
  };
  expect(served(TOGETHER)).toMatchObject({ kind: "served", until: "2026-11-24T12:00:00Z", id: "A" });
  const scene = { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: E, id: "A" } };
  expect(served(scene)).toMatchObject({ kind: "served", until: null, id: "A" });
});

test("an id that stays is that of the merge, whatever the change says", () => {
  const inspection = inspectionOf({
    base: { mx: ["mx1"] },
    proposed: { mx: ["mx1", "mx2"] },
    live: { policy: E, id: "A" },
  });
  const [held] = inspection.held;
  if (!held) throw new Error("nothing is held");
  const { story } = heldStory(inspection, { held, host: MX2, until: null });
  const merge = { kind: "merge", at: "2026-11-24T12:00:00Z", id: "A", mx: ["mx1.example.com", "mx2.example.com"] };
  expect(story?.events.find(({ kind }) => kind === "merge")).toEqual(merge);
});

/** `E` under `id` until `at`, and `WIDE` under B since; mx2 comes now. */
const replaced = (id: string, at: string): Scene => ({
  base: { policy: WIDE, id: "B", mx: ["mx1"] },
  proposed: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] },
  live: { policy: WIDE, id: "B" },
  history: [
    { at, policy: WIDE, id: "B", ttl: 3_600 },
    { at: "2026-01-01T00:00:00Z", policy: E, id, ttl: 3_600 },
  ],
});

function pastStory(scene: Scene, tell = heldStory) {
  const inspection = inspectionOf(scene);
  const held = inspection.held.find(({ current }) => !current);
  if (!held) throw new Error("nothing is held");
  return tell(inspection, { held, host: MX2, until: null }).story;
}

describe("the story of a policy of the past", () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      "A",
      "2026-11-20T00:00:00Z",
      "postfix-tlspol",
      ["served 2026-01-01T00:00:00Z", "fetch 2026-11-20T23:59:00Z", "merge 12:00:00Z", "delivery 12:01:00Z"],
    ],
    [
      "A",
      "2026-11-24T10:00:00Z",
      "mox",
      ["served 2026-01-01T00:00:00Z", "fetch 11:59:00Z", "merge 12:00:00Z", "delivery 12:01:00Z"],
    ],
    [
      "B",
      "2026-11-20T00:00:00Z",
      "mox",
      ["served 2026-01-01T00:00:00Z", "fetch 2026-11-20T23:59:00Z", "merge 12:00:00Z", "delivery 12:01:00Z"],
    ],
  ])("id %s, replaced at %s: %s holds it", (id, at, sender, times) => {
    const story = pastStory(replaced(id, at));
    expect([story?.sender, ...timesOf(story?.events)]).toEqual([sender, ...times]);
  });

  test("its max_age is short: one that extends it saw its id while a resolver still gave it", () => {
    const scene = replaced("A", "2026-11-23T11:30:00Z");
    const [now, was] = scene.history ?? [];
    if (!now || !was) throw new Error("the scene has a past");
    const history = [now, { ...was, policy: "enforce 600 mx1" }];
    const story = pastStory({ ...scene, base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, history });
    const told = story?.events.map((event) =>
      event.kind === "served" ? `served ${event.id} ${event.at} to ${event.until}` : `${event.kind} ${event.at}`,
    );
    expect([story?.sender, ...(told ?? [])]).toEqual([
      "mox",
      "served A 2026-01-01T00:00:00Z to 2026-11-24T11:30:00Z",
      "fetch 2026-11-24T11:29:00Z",
      "merge 2026-11-24T12:00:00Z",
      "delivery 2026-11-24T12:01:00Z",
    ]);
  });

  test.each<[string, string, string, readonly string[]]>([
    [
      "A",
      "2026-11-20T00:00:00Z",
      "2026-11-21T00:00:00Z",
      ["fetch 2026-11-20T23:59:00Z", "later-mx 2026-11-25T12:00:00Z"],
    ],
    ["A", "2026-11-24T10:00:00Z", "2026-11-24T12:00:00Z", ["fetch 11:59:00Z", "later-mx 2026-11-25T12:00:00Z"]],
  ])("an MX that comes later, id %s, replaced at %s", (id, at, until, times) => {
    const story = pastStory(replaced(id, at), laterStory);
    expect(story?.events[0]).toMatchObject({ kind: "served", id, until });
    expect(timesOf(story?.events)).toEqual(["served 2026-01-01T00:00:00Z", ...times, "delivery 2026-11-25T12:01:00Z"]);
  });
});

test.each<[string, NonNullable<Scene["proposed"]>]>([
  ["the record alone", { policy: E, records: [] }],
  ["the policy alone", { policy: null, id: "A" }],
])("what the change takes away is neither served nor named: %s", (_, proposed) => {
  const scene = { base: { policy: E, id: "A" }, proposed, live: { policy: E, id: "A" } };
  expect(mergeEvent(inspectionOf(scene))).toMatchObject({ kind: "merge", policy: null, id: null });
});

test.each<[string, Scene, Partial<Extract<StoryEvent, { kind: "merge" }>>]>([
  ["the record alone is said", { base: { id: "A" }, proposed: { id: "B" } }, { id: "B" }],
  ["the MX alone is said", { base: { mx: ["mx1"] }, proposed: { mx: ["mx2"] } }, { mx: [MX2] }],
])("what arrives with the change where %s", (_, scene, said) => {
  expect(mergeEvent(inspectionOf(scene))).toEqual({ kind: "merge", at: "2026-11-24T12:00:00Z", ...said });
});
