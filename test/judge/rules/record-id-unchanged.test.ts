import { createHash } from "node:crypto";
import { policyText } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const SAME = { policy: T, id: "A" };
const JUNE = "2026-06-01T00:00:00Z";

const hash = (policy: string): string => createHash("sha256").update(policyText(policy)).digest("hex").slice(0, 32);
const external = {
  base: { policy: E },
  proposed: { policy: "enforce 86400 mx1" },
  external: true,
  history: [
    { at: "2026-11-01T00:00:00.000Z", policy: E },
    { at: "2026-01-01T00:00:00.000Z", policy: T },
  ],
} as const;

judgesAs("record-id-unchanged", [
  [
    "published elsewhere, and the live id hashes an older body",
    { ...external, live: { policy: E, id: hash(T) } },
    "failed:warning",
  ],
  ["published elsewhere, and it hashes what is served", { ...external, live: { policy: E, id: hash(E) } }, "passed"],
  ["published elsewhere, by date", { ...external, live: { policy: E, id: "20261101" } }, "passed"],
  [
    "the policy changes and the id is base's",
    { base: { policy: T, id: "A" }, proposed: { policy: "testing 86400 mx1", id: "A" } },
    "failed:error",
    5,
  ],
  [
    "the id is live and names another policy",
    { base: { policy: T, id: "0" }, proposed: { policy: "testing 86400 mx1", id: "A" }, live: { policy: T, id: "A" } },
    "failed:error",
    5,
  ],
  [
    "said by input, and live",
    { base: { policy: T }, proposed: { policy: "testing 86400 mx1", id: "A" }, live: { policy: T, id: "A" } },
    "failed:error",
    5,
  ],
  [
    "already so and untouched",
    { base: { policy: E, id: "A" }, proposed: { policy: E, id: "A" }, touched: ["mx"], live: { policy: T, id: "A" } },
    "failed:warning",
    5,
  ],
  [
    "a cosmetic edit",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: "version: STSv1\r\nmode: testing\r\nmx: MX1.example.com\r\nmax_age: 604800\r\n", id: "A" },
    },
    "passed",
  ],
  [
    "an earlier change left the id as it was",
    {
      base: { policy: T, id: "A", mx: ["mx1"] },
      proposed: { policy: T, id: "A", mx: ["mx1", "mx2"] },
      history: [
        { at: "2026-06-01T00:00:00.000Z", policy: T, id: "A" },
        { at: "2026-05-01T00:00:00.000Z", policy: E, id: "A" },
      ],
    },
    "failed:warning",
    5,
  ],
  [
    "an earlier change left it, and this one gives a new one",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: T, id: "B" },
      history: [
        { at: "2026-06-01T00:00:00.000Z", policy: T, id: "A" },
        { at: "2026-05-01T00:00:00.000Z", policy: E, id: "A" },
      ],
    },
    "passed",
  ],
  [
    "another id stood in between: another rule",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: T, id: "A", mx: ["mx1"] },
      history: [
        { at: "2026-06-01T00:00:00.000Z", policy: T, id: "A" },
        { at: "2026-05-01T00:00:00.000Z", policy: T, id: "B" },
        { at: "2026-04-01T00:00:00.000Z", policy: E, id: "A" },
      ],
    },
    "passed",
  ],
  ["a new id", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "an earlier run saw the id with another policy, and the change edits the record",
    { base: SAME, proposed: { ...SAME, ttl: 60 }, live: SAME, memory: [{ at: JUNE, policy: E, id: "A" }] },
    "failed:error",
    5,
  ],
  [
    "seen with another policy, and what is live now was not",
    {
      base: SAME,
      proposed: { ...SAME, ttl: 60 },
      live: { records: "unseen" },
      memory: [{ at: JUNE, policy: E, id: "A" }],
    },
    "failed:error",
    5,
  ],
  [
    "seen with another policy, and the change is elsewhere",
    {
      base: { ...SAME, mx: ["mx1"] },
      proposed: { ...SAME, mx: ["mx1", "mx2"] },
      live: SAME,
      memory: [{ at: JUNE, policy: E, id: "A" }],
    },
    "failed:warning",
    5,
  ],
  [
    "seen with another policy, and this change gives a new id",
    { base: SAME, proposed: { policy: T, id: "B" }, live: SAME, memory: [{ at: JUNE, policy: E, id: "A" }] },
    "passed",
  ],
  [
    "seen with this policy",
    { base: SAME, proposed: { ...SAME, ttl: 60 }, live: SAME, memory: [{ at: JUNE, policy: T, id: "A" }] },
    "passed",
  ],
  [
    "seen with another policy before the base branch had another id: another rule",
    {
      base: SAME,
      proposed: { ...SAME, ttl: 60 },
      live: SAME,
      history: [
        { at: "2026-08-01T00:00:00Z", policy: T, id: "A" },
        { at: "2026-07-01T00:00:00Z", policy: T, id: "B" },
      ],
      memory: [{ at: JUNE, policy: E, id: "A" }],
    },
    "passed",
  ],
  [
    "an id that is live until the deploy is over takes nothing from what the base branch said",
    {
      base: SAME,
      proposed: { ...SAME, mx: ["mx1"] },
      touched: ["mx"],
      live: SAME,
      history: [
        { at: "2026-08-01T00:00:00Z", policy: T, id: "A" },
        { at: "2026-07-01T00:00:00Z", policy: E, id: "A" },
        { at: "2026-05-01T00:00:00Z", policy: E, id: "0" },
      ],
      memory: [{ at: "2026-07-01T06:00:00Z", policy: E, id: "0" }],
    },
    "failed:warning",
    5,
  ],
  [
    "the live id was not seen",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { records: "unseen" } },
    "unknown:needed",
  ],
  [
    "the id is live and its policy was not seen",
    { base: { policy: T, id: "0" }, proposed: { policy: E, id: "A" }, live: { policy: "unseen" } },
    "unknown:needed",
  ],
  [
    "the live id was not seen, and the change is elsewhere",
    {
      base: { policy: T, id: "A", mx: ["mx1"] },
      proposed: { policy: T, id: "A", mx: ["mx1", "mx2"] },
      live: { records: "unseen" },
    },
    "unknown",
  ],
  ["the record is kept elsewhere", { base: { policy: T }, proposed: { policy: E } }, "not-applicable"],
]);
