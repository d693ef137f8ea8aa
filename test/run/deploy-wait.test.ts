import { describe, expect, test } from "vitest";
import type { ObservationLine } from "../../src/evidence-line.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { type DeployWait, type Look, type Pace, waitForDeploy } from "../../src/run/deploy-wait.ts";
import { waitedNote, waitingLine } from "../../src/run/wait-words.ts";
import { proposalOf } from "../judge/scene.ts";

const proposals = ["a.example", "b.example"].map((name) => ({ ...proposalOf({}), policyDomain: name as DomainName }));
const line = (minute: number): ObservationLine => ({ at: `2026-11-24T12:0${minute}:00Z` }) as ObservationLine;

/** A clock that only sleeping, and looking, moves. */
function clock(): Pace & { readonly slept: number[]; readonly pass: (ms: number) => void } {
  const slept: number[] = [];
  let time = 1_000;
  return {
    slept,
    now: () => time,
    pass: (ms) => void (time += ms),
    sleep: async (ms) => {
      slept.push(ms);
      time += ms;
    },
  };
}

/** What each look in turn sees of each domain that it is asked for; the last one counts for every later look. */
function waiting(longest: number, story: readonly (readonly Partial<Look>[])[], takes = 0) {
  const pace = clock();
  const asked: (readonly [names: readonly string[], time: number])[] = [];
  const look: DeployWait["look"] = async function* (pending, time) {
    const seen = story[Math.min(asked.length, story.length - 1)] ?? [];
    asked.push([pending.map(({ policyDomain }) => policyDomain), time]);
    pace.pass(takes);
    for (const { policyDomain } of pending) {
      const told = seen[policyDomain === "a.example" ? 0 : 1];
      if (told) yield { policyDomain, arrived: false, wrong: [], ...told };
    }
  };
  return { asked, pace, done: waitForDeploy({ proposals, longest, pace, look }) };
}

const yes = { arrived: true };
const no = { arrived: false };

describe("looks until everything has arrived", () => {
  test("at once: nobody waits", async () => {
    const { asked, pace, done } = waiting(900_000, [[yes, yes]]);
    expect(await done).toMatchObject({ looks: 1, pending: [], took: 0 });
    expect([pace.slept, asked]).toEqual([[], [[["a.example", "b.example"], 60_000]]]);
  });

  test("what has arrived is left alone; the pauses grow to half a minute", async () => {
    const { asked, pace, done } = waiting(900_000, [
      [yes, no],
      ...Array.from({ length: 7 }, () => [no, no]),
      [no, yes],
    ]);
    expect(await done).toMatchObject({ looks: 9, pending: [] });
    expect(asked.slice(1).map(([names]) => names)).toEqual(Array.from({ length: 8 }, () => ["b.example"]));
    expect(pace.slept.slice(0, 3)).toEqual([5_000, 7_500, 11_250]);
    expect(Math.max(...pace.slept)).toBe(30_000);
  });
});

describe("and never longer than it may", () => {
  test("15 minutes are some thirty looks, the last pause is what is left", async () => {
    const { pace, done } = waiting(900_000, [[no, no]]);
    const { took, looks, pending } = await done;
    expect([took, pending]).toEqual([900_000, ["a.example", "b.example"]]);
    expect(looks).toBeLessThan(36);
    expect(pace.slept.reduce((sum, each) => sum + each)).toBe(900_000);
  });

  test("looks that take their time count, and no look gets more than is left", async () => {
    const { asked, pace, done } = waiting(100_000, [[no, no]], 40_000);
    expect((await done).took).toBeLessThan(140_001);
    expect(asked.map(([, time]) => time)).toEqual([60_000, 55_000, 7_500]);
    expect(pace.slept).toEqual([5_000, 7_500]);
  });

  test("a domain that a look says nothing of has not arrived", async () => {
    const { done } = waiting(10_000, [[yes]]);
    expect((await done).pending).toEqual(["b.example"]);
  });

  test("no time at all", async () => {
    const { asked, done } = waiting(0, [[no, no]]);
    expect([(await done).looks, asked]).toEqual([0, []]);
  });
});

test("a wrong order is kept by its first and its last sighting, though all arrives later", async () => {
  const wrong = (minute: number) => ({ ...no, wrong: [line(minute)] });
  const { done } = waiting(900_000, [[wrong(1), yes], [wrong(2)], [wrong(3)], [yes]]);
  const { memory, pending } = await done;
  expect(pending).toEqual([]);
  expect(memory("a.example" as DomainName)).toEqual([line(1), line(3)]);
  expect(memory("b.example" as DomainName)).toEqual([]);
});

test("what the log and the report say of it", async () => {
  expect(waitingLine(900_000, proposals)).toBe(
    "Waiting up to 15 minutes until what is deployed is what the repository says: a.example, b.example.",
  );
  expect(waitedNote(await waiting(900_000, [[yes, yes]]).done, 2)).toBe(
    "After 1 second of waiting for the deploy, with 1 look at 2 domains, everything had arrived.",
  );
  const names = Array.from({ length: 7 }, (_, index) => `d${index}.example` as DomainName);
  expect(waitedNote({ took: 61_000, looks: 3, pending: names, memory: () => [] }, 7)).toMatch(
    /this had not arrived: d0\.example, .* and 2 more\.$/,
  );
});
