import { describe, expect, test } from "vitest";
import type { CacheProfile } from "../../src/judge/sender-profile.ts";
import { senders } from "../../src/judge/senders.ts";
import { refusesAtLast } from "../../src/judge/simulation.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { covers } from "../../src/protocol/policy.ts";
import type { StoryEvent } from "../../src/story.ts";

const cacheOf = (id: string): CacheProfile => {
  const found = senders.find((sender) => sender.id === id);
  if (!found) throw new Error(`no sender ${id}`);
  return found.cache;
};
const name = (host: string): DomainName => `${host}.example.com` as DomainName;
/** Hour of 1 January 2026. */
const hour = (hours: number): string => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000).toISOString();
const policy = (hosts: string, mode: "enforce" | "testing" = "enforce", hours = 168) => ({
  mode,
  maxAge: hours * 3600,
  mx: hosts.split(" ").map(name),
});

const served = (at: number, until: number | null, hosts: string, id = "1", hours = 168): StoryEvent => ({
  kind: "served",
  at: hour(at),
  until: until === null ? null : hour(until),
  policy: policy(hosts, "enforce", hours),
  id,
  ttl: 3600,
});
const fetched = (at: number): StoryEvent => ({ kind: "fetch", at: hour(at) });
const merge = (at: number, what: Partial<Extract<StoryEvent, { kind: "merge" }>>): StoryEvent => ({
  kind: "merge",
  at: hour(at),
  ...what,
});
const delivery = (at: number): StoryEvent => ({ kind: "delivery", at: hour(at) });

const refuses = (sender: string, events: readonly StoryEvent[], host = "new"): boolean =>
  refusesAtLast(events, cacheOf(sender), {
    host: name(host),
    refuses: (held, mx) => !covers(held, mx),
  });

const MX_NEW = { mx: [name("new")] };

/** In hours. */
const SECOND = 1 / 3600;

/** Columns: maddy (S1), mox (S2), postfix-tlspol (S3), chasquid (S4). */
const SENDERS = ["maddy", "mox", "postfix-tlspol", "chasquid"];

describe("what a sender holds, and does at its next delivery", () => {
  test.each<[string, readonly StoryEvent[], string]>([
    [
      "MX only: the policy does not list it",
      [served(0, null, "old"), fetched(1), merge(2, MX_NEW), delivery(3)],
      "1111",
    ],
    ["nothing was ever fetched", [merge(2, MX_NEW), delivery(3)], "0000"],
    [
      "a wider policy and another id in the same change, while the resolver remembers the old id",
      [
        served(0, null, "old"),
        fetched(1),
        merge(1.5, { ...MX_NEW, policy: policy("old new"), id: "2" }),
        delivery(1.6),
      ],
      "1110",
    ],
    [
      "the same, when the resolver has forgotten it: only those that do not compare ids",
      [
        served(0, null, "old"),
        fetched(1),
        merge(1.5, { ...MX_NEW, policy: policy("old new"), id: "2" }),
        delivery(2.6),
      ],
      "0010",
    ],
    [
      "the id was not changed",
      [served(0, null, "old"), fetched(1), merge(2, { ...MX_NEW, policy: policy("old new") }), delivery(100)],
      "1110",
    ],
    [
      "the id was not changed, and max_age is over: those that extend keep it",
      [served(0, null, "old"), fetched(1), merge(2, { ...MX_NEW, policy: policy("old new") }), delivery(170)],
      "0100",
    ],
    [
      "record and policy are gone: everyone keeps it",
      [served(0, 2, "old"), fetched(1), merge(2, { ...MX_NEW, policy: null, id: null }), delivery(168)],
      "1111",
    ],
    [
      "until its max_age is over",
      [served(0, 2, "old"), fetched(1), merge(2, { ...MX_NEW, policy: null, id: null }), delivery(169.5)],
      "0000",
    ],
    [
      "a new id, and nothing to fetch",
      [served(0, 2, "old"), fetched(1), merge(2, { ...MX_NEW, policy: null, id: "2" }), delivery(3)],
      "1111",
    ],
    [
      "what is no longer served does not come back with an id: whoever holds nothing goes without",
      [served(0, 1, "old"), merge(2, { ...MX_NEW, id: "1" }), delivery(3)],
      "0000",
    ],
    [
      "it turns to testing",
      [
        served(0, null, "old"),
        fetched(1),
        merge(1.5, { ...MX_NEW, policy: policy("old", "testing"), id: "2" }),
        delivery(3),
      ],
      "0010",
    ],
    [
      "nobody holds a policy longer than 30 days that has a cap of 30 days",
      [served(0, 2, "old", "1", 8766), fetched(1), merge(2, { ...MX_NEW, policy: null, id: null }), delivery(722)],
      "1101",
    ],
    [
      "a resolver has forgotten the old id when its TTL is over, to the second",
      [served(0, null, "old"), fetched(1), merge(1.5, { ...MX_NEW, policy: policy("old new"), id: "2" }), delivery(2)],
      "0010",
    ],
    [
      "and not a second before",
      [
        served(0, null, "old"),
        fetched(1),
        merge(1.5, { ...MX_NEW, policy: policy("old new"), id: "2" }),
        delivery(2 - SECOND),
      ],
      "1110",
    ],
    [
      "a record without a TTL is not remembered",
      [
        merge(0, { policy: policy("old"), id: "1" }),
        fetched(1),
        merge(1 + 0.2 * SECOND, { ...MX_NEW, policy: policy("old new"), id: "2" }),
        delivery(1 + 0.5 * SECOND),
      ],
      "0011",
    ],
    [
      "an id that names nothing to fetch is remembered too",
      [
        served(0, null, "old"),
        merge(1, { policy: null, id: "1" }),
        fetched(1.2),
        merge(1.5, { ...MX_NEW, policy: policy("old"), id: null }),
        delivery(1.8),
      ],
      "1111",
    ],
    [
      "max_age is over, to the second",
      [served(0, 2, "old"), fetched(1), merge(2, { ...MX_NEW, policy: null, id: null }), delivery(169)],
      "0000",
    ],
    [
      "max_age is over in a second",
      [served(0, 2, "old"), fetched(1), merge(2, { ...MX_NEW, policy: null, id: null }), delivery(169 - SECOND)],
      "1111",
    ],
    [
      "ten minutes after it was fetched, one polls again",
      [
        served(0, null, "old"),
        fetched(1),
        merge(1.1, { ...MX_NEW, policy: policy("old new") }),
        delivery(1 + 600 * SECOND),
      ],
      "1110",
    ],
    [
      "and not before",
      [
        served(0, null, "old"),
        fetched(1),
        merge(1.1, { ...MX_NEW, policy: policy("old new") }),
        delivery(1 + 599.8 * SECOND),
      ],
      "1111",
    ],
    [
      "nobody fetches unless there is mail",
      [served(0, null, "old"), merge(2, { ...MX_NEW, policy: policy("old new"), id: "2" }), delivery(3)],
      "0000",
    ],
    [
      "it is there at the instant of the merge",
      [merge(2, { ...MX_NEW, policy: policy("old"), id: "1" }), delivery(2)],
      "1111",
    ],
    [
      "it is gone at the instant in which it is no longer served",
      [merge(0, MX_NEW), served(0, 2, "old"), delivery(2)],
      "0000",
    ],
    [
      "what ends at the instant of the merge does not come back with its id",
      [served(0, 2, "old"), merge(2, { ...MX_NEW, id: "2" }), delivery(3)],
      "0000",
    ],
    [
      "what has ended is not there again with another MX set",
      [served(0, 2, "old"), merge(1.5, MX_NEW), delivery(3)],
      "0000",
    ],
    [
      "the events stand in any order",
      [delivery(3), merge(2, { ...MX_NEW, policy: policy("old new"), id: "2" }), fetched(1), served(0, null, "old")],
      "0010",
    ],
  ])("%s", (_, events, who) => {
    expect(SENDERS.map((sender) => (refuses(sender, events) ? "1" : "0")).join("")).toBe(who);
  });

  test("Stalwart drops what it cannot fetch again, and takes a day for a max_age under an hour", () => {
    const gone = [served(0, 2, "old"), fetched(1), merge(2, { ...MX_NEW, policy: null, id: "2" }), delivery(3)];
    expect(refuses("stalwart", gone)).toBe(false);
    const short = [served(0, 2, "old", "1", 0.5), fetched(1), merge(2, MX_NEW), delivery(20)];
    expect(refuses("stalwart", short)).toBe(true);
    expect(refuses("maddy", short)).toBe(false);
  });

  test.each([
    ["an hour is not too short", 1, 2.5, false],
    ["31557600 seconds are too long", 8766, 30, false],
    ["a second less is not", 8766 - SECOND, 30, true],
  ])("what Stalwart takes a day for: %s", (_, hours, at, is) => {
    const events = [served(0, 2, "old", "1", hours), fetched(1), merge(2, MX_NEW), delivery(at)];
    expect(refuses("stalwart", events)).toBe(is);
  });

  test("one that polls and says no interval looks at every delivery", () => {
    const { pollSeconds: _, ...cache } = cacheOf("chasquid");
    const events = [
      served(0, null, "old"),
      fetched(1),
      merge(1 + 0.2 * SECOND, { ...MX_NEW, policy: policy("old new") }),
      delivery(1 + 0.5 * SECOND),
    ];
    const host = {
      host: name("new"),
      refuses: (held: Parameters<typeof covers>[0], mx: DomainName) => !covers(held, mx),
    };
    expect(refusesAtLast(events, cache, host)).toBe(false);
    expect(refusesAtLast(events, cacheOf("chasquid"), host)).toBe(true);
  });

  test.each([
    ["to the second", 3 - SECOND, true],
    ["and no longer", 3, false],
  ])("resolvers remember an MX host for its TTL, %s", (_, at, is) => {
    const events: readonly StoryEvent[] = [
      { kind: "mx", at: hour(0), hosts: [name("old")], ttl: 3600 },
      merge(2, { policy: policy("new"), id: "2", mx: [name("new")] }),
      delivery(at),
    ];
    expect(refuses("maddy", events, "old")).toBe(is);
  });

  test("an MX set without a TTL is not remembered", () => {
    const events = [
      merge(1, { policy: policy("old"), id: "1", ...MX_NEW }),
      merge(2, { mx: [name("old")] }),
      delivery(2 + 0.5 * SECOND),
    ];
    expect(refuses("maddy", events)).toBe(false);
    expect(refuses("maddy", events.toSpliced(1, 1))).toBe(true);
  });

  test("resolvers remember an MX host for its TTL", () => {
    const events = (at: number): readonly StoryEvent[] => [
      { kind: "mx", at: hour(0), hosts: [name("old")], ttl: 3600 },
      merge(2, { policy: policy("new"), id: "2", mx: [name("new")] }),
      delivery(at),
    ];
    expect(refuses("maddy", events(2.9), "old")).toBe(true);
    expect(refuses("maddy", events(3.1), "old")).toBe(false);
    expect(refuses("maddy", events(2.9), "new")).toBe(false);
  });
});
