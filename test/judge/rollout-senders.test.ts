// ROLLOUT §6 played to one sender of each class: who refuses an MX host, and when. Hours from the first step; the old max_age is 168 h and
// the TTLs are one hour.
import { describe, expect, test } from "vitest";
import type { CacheProfile } from "../../src/judge/sender-profile.ts";
import { senders } from "../../src/judge/senders.ts";
import { refusesAtLast } from "../../src/judge/simulation.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { covers } from "../../src/protocol/policy.ts";
import type { StoryEvent } from "../../src/story.ts";

const START = Date.parse("2026-11-24T00:00:00Z");
const dateAt = (hours: number): string => new Date(START + hours * 3_600_000).toISOString();

const nameOf = (host: string): DomainName => domainName(`${host}.example.com`) as DomainName;

/** One sender of each class. The S4 column of the model polls once a day; chasquid itself does every ten minutes. */
const CLASSES: readonly (readonly [name: string, cache: CacheProfile])[] = [
  "maddy",
  "mox",
  "postfix-tlspol",
  "chasquid",
].map((id) => {
  const found = senders.find((sender) => sender.id === id);
  if (!found) throw new Error(`no sender ${id}`);
  return [id, id === "chasquid" ? { ...found.cache, pollSeconds: 86_400 } : found.cache];
});

const wordsFor = (words: string, hours = 168) => {
  const [mode, ...hosts] = words.split(" ") as ["enforce" | "testing" | "none", ...string[]];
  return { mode, maxAge: hours * 3600, mx: hosts.map(nameOf) };
};

interface Merge {
  readonly policy?: string | null;
  readonly hours?: number;
  readonly id?: string | null;
  readonly mx?: readonly string[];
}

const mergedAt = (hour: number, { policy, hours, id, mx }: Merge): StoryEvent => ({
  kind: "merge",
  at: dateAt(hour),
  ...(policy !== undefined && { policy: policy === null ? null : wordsFor(policy, hours) }),
  ...(id !== undefined && { id }),
  ...(mx && { mx: mx.map(nameOf) }),
});

const BEFORE: readonly StoryEvent[] = [
  { kind: "served", at: dateAt(-400), until: null, policy: wordsFor("enforce old"), id: "1", ttl: 3600 },
  { kind: "mx", at: dateAt(-400), hosts: [nameOf("old")], ttl: 3600 },
];

/** Every half hour up to the first days, and once a day: when a sender can have had mail for the domain. */
const LOOKS = [
  ...Array.from({ length: 60 }, (_, index) => index / 2 - 1),
  ...Array.from({ length: 14 }, (_, day) => day * 24 + 30),
];

/** Whether some course of earlier deliveries ends in a refusal at that hour: one delivery alone, or one a day and every hour at first. */
function refusesAt(events: readonly StoryEvent[], cache: CacheProfile, hour: number): boolean {
  const earlier = LOOKS.filter((look) => look < hour);
  const fetched = (look: number): StoryEvent => ({ kind: "fetch", at: dateAt(look) });
  const courses = [earlier, ...earlier.map((look) => [look])];
  const hosts = ["old", "new", "backup"].map(nameOf);
  return courses.some((looks) => {
    const course = [...BEFORE, ...events, ...looks.map(fetched), { kind: "delivery", at: dateAt(hour) } as const];
    return hosts.some((host) => refusesAtLast(course, cache, { host, refuses: (held, mx) => !covers(held, mx) }));
  });
}

/** Hours at which the rows are looked at, none of them on the edge of a window. */
const HOURS = [0.4, 3.4, 20.4, 30.4, 100.4, 165.4, 170.4, 200.4, 330.4];

/** For each of {@link HOURS} whether the sender refuses a host that it sees. */
const refusing = (events: readonly StoryEvent[], cache: CacheProfile): string =>
  HOURS.map((hour) => (refusesAt(events, cache, hour) ? "x" : "-")).join("");

describe("who refuses when (hours 0.4, 3.4, 20.4, 30.4, 100.4, 165.4, 170.4, 200.4 and 330.4)", () => {
  const never = "---------";
  test.each<[string, readonly StoryEvent[], readonly [maddy: string, mox: string, tlspol: string, chasquid: string]]>([
    [
      "add a backup MX at 2",
      [mergedAt(0, { policy: "enforce old backup", id: "2" }), mergedAt(2, { mx: ["old", "backup"] })],
      [never, never, "-xxxxx---", "-xx------"],
    ],
    [
      "add a backup MX at 169",
      [mergedAt(0, { policy: "enforce old backup", id: "2" }), mergedAt(169, { mx: ["old", "backup"] })],
      [never, never, never, never],
    ],
    [
      "add a backup MX at 169, and the id was never changed",
      [mergedAt(0, { policy: "enforce old backup" }), mergedAt(169, { mx: ["old", "backup"] })],
      [never, "------xxx", never, never],
    ],
    [
      "replace the provider: MX only",
      [mergedAt(0, { mx: ["new"] })],
      ["xxxxxxxxx", "xxxxxxxxx", "xxxxxxxxx", "xxxxxxxxx"],
    ],
    [
      "everything together, and the policy goes live after its id",
      [mergedAt(0, { id: "2", mx: ["new"] }), mergedAt(0.25, { policy: "enforce new" })],
      ["xxxxxx---", "xxxxxxxxx", "xxxxxx---", "xxx------"],
    ],
    [
      "the new policy and id, MX at 2",
      [mergedAt(0, { policy: "enforce new", id: "2" }), mergedAt(2, { mx: ["new"] })],
      ["x--------", "x--------", "xxxxxx---", "xxx------"],
    ],
    [
      "both, MX at 2",
      [mergedAt(0, { policy: "enforce old new", id: "2" }), mergedAt(2, { mx: ["new"] })],
      [never, never, "-xxxxx---", "-xx------"],
    ],
    [
      "both, MX at 48",
      [mergedAt(0, { policy: "enforce old new", id: "2" }), mergedAt(48, { mx: ["new"] })],
      [never, never, "----xx---", never],
    ],
    [
      "both, MX at 169, the new one alone at 171",
      [
        mergedAt(0, { policy: "enforce old new", id: "2" }),
        mergedAt(169, { mx: ["new"] }),
        mergedAt(171, { policy: "enforce new", id: "3" }),
      ],
      [never, never, never, never],
    ],
    [
      "both and no id, MX at 169",
      [mergedAt(0, { policy: "enforce old new" }), mergedAt(169, { mx: ["new"] })],
      [never, "------xxx", never, never],
    ],
    [
      "the id two hours before the policy, MX at 169.5: who looked then holds the old policy until 170, who extends for ever",
      [mergedAt(0, { id: "2" }), mergedAt(3, { policy: "enforce old new" }), mergedAt(169.5, { mx: ["new"] })],
      ["------x--", "------xxx", "------x--", never],
    ],
    [
      "delete record and policy, MX at 2",
      [mergedAt(0, { policy: null, id: null }), mergedAt(2, { mx: ["new"] })],
      ["-xxxxx---", "-xxxxx---", "-xxxxx---", "-xxxxx---"],
    ],
    [
      "none and id, delete at 3, MX at 3.2",
      [
        mergedAt(0, { policy: "none old", id: "2" }),
        mergedAt(3, { policy: null, id: null }),
        mergedAt(3.2, { mx: ["new"] }),
      ],
      ["-xxxxx---", "-xxxxx---", "-xxxxx---", "-xxxxx---"],
    ],
    [
      "none and id, MX at 169, delete at 170",
      [
        mergedAt(0, { policy: "none old", id: "2" }),
        mergedAt(169, { mx: ["new"] }),
        mergedAt(170, { policy: null, id: null }),
      ],
      [never, never, never, never],
    ],
    [
      "none and no id, delete at 169, MX at 170: who extends holds it for another max_age",
      [mergedAt(0, { policy: "none old" }), mergedAt(169, { policy: null, id: null }), mergedAt(170, { mx: ["new"] })],
      [never, "------xx-", never, never],
    ],
    [
      "turned off in 24 hours, MX at 26",
      [mergedAt(0, { policy: "none old", id: "2", hours: 24 }), mergedAt(26, { mx: ["new"] })],
      [never, never, "---xxx---", never],
    ],
    [
      "the policy host is dead, another id, MX at 2",
      [mergedAt(0, { policy: null, id: "2" }), mergedAt(2, { mx: ["new"] })],
      ["-xxxxx---", "-xxxxx---", "-xxxxx---", "-xxxxx---"],
    ],
    [
      "the id is rolled back at 20, MX at 199: who held the old policy under it, and extends, finds its id again",
      [mergedAt(0, { policy: "enforce old new", id: "2" }), mergedAt(20, { id: "1" }), mergedAt(199, { mx: ["new"] })],
      [never, "-------xx", never, never],
    ],
    [
      "an older policy from 10 to 20, under the same id",
      [
        mergedAt(-200, { policy: "enforce old new", id: "2", mx: ["new"] }),
        mergedAt(10, { policy: "enforce old" }),
        mergedAt(20, { policy: "enforce old new" }),
      ],
      ["--xxxxx--", "--xxxxxxx", "--xxxxx--", "--xx-----"],
    ],
    [
      "emergency: testing and id, MX broken at once",
      [mergedAt(0, { policy: "testing old", id: "2", mx: ["new"] })],
      ["x--------", "x--------", "xxxxxx---", "xxx------"],
    ],
  ])("%s", (_, events, [maddy, mox, tlspol, chasquid]) => {
    const seen = Object.fromEntries(CLASSES.map(([name, cache]) => [name, refusing(events, cache)]));
    expect(seen).toEqual({ maddy, mox, "postfix-tlspol": tlspol, chasquid });
  });
});
