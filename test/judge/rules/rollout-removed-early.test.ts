import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("rollout-removed-early", [
  [
    "mode none for a week, and enforce before it for longer than its max_age ago",
    {
      base: { policy: "none 86400 mx1", id: "B" },
      proposed: { policy: null, records: [] },
      live: { policy: "none 86400 mx1", id: "B" },
      baseSince: "2026-11-10T00:00:00.000Z",
      history: [
        { at: "2026-11-10T00:00:00.000Z", policy: "none 86400 mx1", id: "B" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A" },
      ],
    },
    "passed",
  ],
  [
    "mode none for a week, and enforce with a long max_age before it",
    {
      base: { policy: "none 86400 mx1", id: "B" },
      proposed: { policy: null, records: [] },
      live: { policy: "none 86400 mx1", id: "B" },
      baseSince: "2026-11-10T00:00:00.000Z",
      history: [
        { at: "2026-11-10T00:00:00.000Z", policy: "none 86400 mx1", id: "B" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 31557600 mx1", id: "A" },
      ],
    },
    "failed:error",
    1,
  ],
  [
    "a shallow clone does not show what was before",
    {
      base: { policy: "none 86400 mx1", id: "B" },
      proposed: { policy: null, records: [] },
      live: { policy: "none 86400 mx1", id: "B" },
      baseSince: "2026-11-10T00:00:00.000Z",
      history: [{ at: "2026-11-10T00:00:00.000Z", policy: "none 86400 mx1", id: "B" }],
      historyLacks: "the clone is shallow",
    },
    "unknown:needed",
  ],
  [
    "under enforce",
    { base: { policy: E, id: "A" }, proposed: { policy: null, records: [] }, live: { policy: E } },
    "failed:error",
    1,
  ],
  [
    "only the record",
    { base: { policy: E, id: "A" }, proposed: { policy: E, records: [] }, live: { policy: E } },
    "failed:error",
    1,
  ],
  [
    "none in base, enforce still deployed",
    { base: { policy: "none 86400 mx1", id: "A" }, proposed: { policy: null, records: [] }, live: { policy: E } },
    "failed:error",
    1,
  ],
  [
    "none for longer than any max_age",
    {
      base: { policy: "none 86400 mx1", id: "A" },
      proposed: { policy: null, records: [] },
      live: { policy: "none 86400 mx1" },
    },
    "passed",
  ],
  [
    "none for a month: what was before may be held",
    {
      base: { policy: "none 86400 mx1", id: "A" },
      proposed: { policy: null, records: [] },
      live: { policy: "none 86400 mx1" },
      baseSince: "2026-10-24T00:00:00.000Z",
    },
    "unknown:needed",
  ],
  [
    "the history is not known",
    {
      base: { policy: "none 86400 mx1", id: "A" },
      proposed: { policy: null, records: [] },
      live: { policy: "none 86400 mx1" },
      baseSince: "the clone is shallow",
    },
    "unknown:needed",
  ],
  [
    "none in base, and what is deployed was not seen",
    {
      base: { policy: "none 86400 mx1", id: "A" },
      proposed: { policy: null, records: [] },
      live: { policy: "unseen" },
    },
    "unknown:needed",
  ],
  [
    "none in base, enforce is served, and whether a record announces it was not seen",
    {
      base: { policy: "none 86400 mx1", id: "A" },
      proposed: { policy: null, records: [] },
      live: { policy: E, records: "unseen" },
    },
    "unknown:needed",
  ],
  [
    "under enforce, and no mail comes: null MX",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: null, records: [] },
      live: { policy: E, mx: "null" },
    },
    "failed:warning",
    1,
  ],
  [
    "under enforce, no MX record, and the domain itself takes the mail",
    { base: { policy: E, id: "A" }, proposed: { policy: null, records: [] }, live: { policy: E, mx: "none" } },
    "failed:error",
    1,
  ],
  [
    "under enforce, no MX record, and the domain has no address to send to",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: null, records: [] },
      live: { policy: E, mx: "none", hosts: { "example.com": "no-address" } },
    },
    "failed:warning",
    1,
  ],
  [
    "under enforce, the null MX is only proposed: senders see the old MX until its TTL has passed",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: null, records: [], mx: ["."] },
      live: { policy: E },
    },
    "failed:error",
    1,
  ],
  [
    "under enforce, an MX comes back with the removal",
    {
      base: { policy: E, id: "A", mx: ["."] },
      proposed: { policy: null, records: [], mx: ["mx1"] },
      live: { policy: E, mx: "null" },
    },
    "failed:error",
    1,
  ],
  [
    "under enforce, MX not seen",
    { base: { policy: E, id: "A" }, proposed: { policy: null, records: [] }, live: { policy: E, mx: "unseen" } },
    "failed:error",
    1,
  ],
  [
    "the domain takes no mail",
    { base: { policy: E, id: "A" }, proposed: { policy: null, records: [] }, live: { policy: E, mx: "null" } },
    "failed:warning",
    1,
  ],
  [
    "the domain is to take no mail, and does now",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: null, records: [], mx: ["."] },
      live: { policy: E },
    },
    "failed:error",
    1,
  ],
  ["nothing is removed", { base: { policy: E, id: "A" }, proposed: { policy: T, id: "B" } }, "not-applicable"],
]);
