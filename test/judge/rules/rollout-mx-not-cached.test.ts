import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("rollout-mx-not-cached", [
  [
    "the held policy lists it, one that was replaced a week ago does not",
    {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "B" },
      history: [
        { at: "2026-11-20T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "B" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A" },
      ],
    },
    "failed:warning",
    6,
  ],
  [
    "that one is over",
    {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "B" },
      history: [
        { at: "2026-11-01T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "B" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A" },
      ],
      settings: {
        rollout: { senders: undefined, maxAgeCeiling: undefined, deployLag: undefined, deploy: "policy-first" },
      },
    },
    "passed",
  ],
  [
    "its id is still the live one",
    {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "A" },
      history: [
        { at: "2026-11-20T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "A" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A" },
      ],
    },
    "failed:error",
    6,
  ],
  [
    "base widened the policy together with its id: a sender that saw the id first holds the narrow one",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "B" },
      history: [
        { at: "2026-11-01T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "B", ttl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A", ttl: 3600 },
      ],
    },
    "failed:warning",
    6,
  ],
  [
    "the same, and the pipeline makes the policy live first",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "B" },
      history: [
        { at: "2026-11-01T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "B", ttl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A", ttl: 3600 },
      ],
      settings: {
        rollout: { senders: undefined, maxAgeCeiling: undefined, deployLag: undefined, deploy: "policy-first" },
      },
    },
    "passed",
  ],
  [
    "the same, and another id came since",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "C", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "C", mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", id: "C" },
      history: [
        { at: "2026-11-10T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "C", ttl: 3600 },
        { at: "2026-11-01T00:00:00.000Z", policy: "enforce 604800 mx1 mx2", id: "B", ttl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A", ttl: 3600 },
      ],
    },
    "passed",
  ],
  [
    "widened in the same change",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: E },
    },
    "failed:error",
    6,
  ],
  [
    "the held policy lists it",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "enforce 604800 mx1 mx2" } },
    "passed",
  ],
  [
    "the held policy is testing",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: T } },
    "passed",
  ],
  [
    "no policy is deployed",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { records: "none", policy: "none" } },
    "passed",
  ],
  [
    "the deployed policy was not seen",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "unseen" } },
    "unknown:needed",
  ],
  [
    "no MX is added",
    { base: { mx: ["mx1", "mx2"] }, proposed: { mx: ["mx1"] }, live: { policy: "unseen", mx: ["mx1", "mx2"] } },
    "passed",
  ],
  ["MX is not said", { base: { policy: E }, proposed: { policy: T }, live: { policy: E } }, "passed"],
  ["neither MX nor policy is said", { base: { id: "A" }, proposed: { id: "B" } }, "not-applicable"],
  [
    "weakened in the same change: those that hold the old policy refuse its certificate",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1"] },
      proposed: { policy: "testing 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", hosts: { mx2: "expired" } },
    },
    "failed:error",
    6,
  ],
  [
    "weakened in the same change, and the new host cannot be probed",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1"] },
      proposed: { policy: "none 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", hosts: { mx2: "blocked" } },
    },
    "unknown:needed",
  ],
  [
    "weakened in the same change, and the new host is good",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1"] },
      proposed: { policy: "none 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2" },
    },
    "passed",
  ],
  [
    "senders that fetched it before the policy host broke hold what base says",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "none" },
    },
    "failed:error",
    6,
  ],
  [
    "the same, and the change repairs the host, too",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "none" },
      touched: ["policy", "record", "mx", "publishing"],
    },
    "failed:error",
    6,
  ],
  [
    "what is added under enforce is not determined by the files",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "?"] }, live: { policy: E } },
    "unknown:needed",
  ],
  [
    "not determined, and enforce is turned on with it",
    {
      base: { policy: T, id: "A", mx: ["mx1"] },
      proposed: { policy: E, id: "B", mx: ["?"] },
      live: { policy: T },
    },
    "unknown:needed",
  ],
  [
    "not determined, and nothing enforces",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "?"] }, live: { policy: T } },
    "passed",
  ],
  [
    "not determined, before and after",
    { base: { mx: ["?"], id: "A" }, proposed: { mx: ["?"], id: "B" }, live: { policy: E } },
    "passed",
  ],
]);
