import { expect, test } from "vitest";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { storyLines } from "../../src/report/story-lines.ts";
import type { StoryEvent } from "../../src/story.ts";

const AT = "2026-11-23T12:00:00Z";
const host = "mx2.example.com" as DomainName;
const policy = { mode: "enforce", maxAge: 604800, mx: ["mx1.example.com"] } as const;

const told = (event: StoryEvent, until: string | null = "2026-12-04T12:00:00Z"): string =>
  storyLines({ sender: "mox", host, until, events: [event] })[0]?.told ?? "";

test.each<[StoryEvent, string]>([
  [
    { kind: "served", at: AT, until: null, policy, id: "A", ttl: 60 },
    "The policy that is served under the id A is enforce for mx1.example.com, max_age 604800.",
  ],
  [
    { kind: "served", at: AT, until: null, policy: { ...policy, mx: ["a", "b", "c", "d", "e"] }, id: null, ttl: 60 },
    "The policy that is served is enforce for a, b, c and 2 more, max_age 604800.",
  ],
  [{ kind: "fetch", at: AT }, "mox delivers a message, fetches that policy and holds it."],
  [{ kind: "mx", at: AT, hosts: [host], ttl: 60 }, "The MX records name mx2.example.com."],
  [
    { kind: "merge", at: AT, policy: null, id: null, mx: [] },
    "This change arrives: the policy is gone, the MX records name no host.",
  ],
  [
    { kind: "merge", at: AT, policy, id: "B", mx: [host] },
    "This change arrives: the policy is enforce for mx1.example.com, max_age 604800, the id is B, the MX records name mx2.example.com.",
  ],
  [{ kind: "merge", at: AT }, "This change arrives: nothing of this changes."],
  [{ kind: "later-mx", at: AT, mx: [host] }, "Some day the MX records name mx2.example.com."],
  [
    { kind: "delivery", at: AT },
    "mox has the next message, goes by the policy that it holds and refuses mx2.example.com, and so it goes on until 2026-12-04T12:00:00Z.",
  ],
])("%j", (event, words) => expect(told(event)).toBe(words));

test("without an end", () => {
  expect(told({ kind: "delivery", at: AT }, null)).toMatch(/and nothing ends that but another id[.]$/);
});

test("who has fetched before keeps what it holds", () => {
  const events = [
    { kind: "fetch", at: AT },
    { kind: "fetch", at: AT },
  ] as const;
  expect(storyLines({ sender: "mox", host, until: null, events })[1]?.told).toBe(
    "mox delivers again, sees the same id and keeps what it holds.",
  );
});
