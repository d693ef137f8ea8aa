import { judgesAs } from "./table.ts";

const WIDE = "enforce 604800 mx1 mx2";
const NARROW = "enforce 604800 mx1";
const LATELY = "2026-11-24T06:00:00.000Z";

judgesAs("rollout-narrowed-early", [
  [
    "together with the MX record",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: NARROW, id: "B", mx: ["mx1"] },
      live: { policy: WIDE, mx: ["mx1", "mx2"] },
    },
    "failed:error",
    3,
  ],
  [
    "under testing",
    {
      base: { policy: "testing 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "testing 604800 mx1", id: "B", mx: ["mx1"] },
      live: { policy: "testing 604800 mx1 mx2", mx: ["mx1", "mx2"] },
    },
    "failed:warning",
    3,
  ],
  [
    "the MX record went this morning, and a deploy takes a day",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1"] },
      proposed: { policy: NARROW, id: "B", mx: ["mx1"] },
      live: { policy: WIDE },
      history: [
        { at: LATELY, policy: WIDE, id: "A", mx: ["mx1"], mxTtl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: WIDE, id: "A", mx: ["mx1", "mx2"], mxTtl: 3600 },
      ],
    },
    "failed:error",
    3,
  ],
  [
    "it went so long ago that no resolver knows it",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1"] },
      proposed: { policy: NARROW, id: "B", mx: ["mx1"] },
      live: { policy: WIDE },
      history: [
        { at: "2026-11-23T10:59:00.000Z", policy: WIDE, id: "A", mx: ["mx1"], mxTtl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: WIDE, id: "A", mx: ["mx1", "mx2"], mxTtl: 3600 },
      ],
    },
    "passed",
  ],
  [
    "the same, and its TTL is two days",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1"] },
      proposed: { policy: NARROW, id: "B", mx: ["mx1"] },
      live: { policy: WIDE },
      history: [
        { at: "2026-11-23T10:59:00.000Z", policy: WIDE, id: "A", mx: ["mx1"], mxTtl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: WIDE, id: "A", mx: ["mx1", "mx2"], mxTtl: 172800 },
      ],
    },
    "failed:error",
    3,
  ],
  [
    "enforcement begins, and the host that it does not list went this morning",
    {
      base: { policy: "testing 604800 mx1", id: "A", mx: ["mx1"] },
      proposed: { policy: NARROW, id: "B", mx: ["mx1"] },
      live: { policy: "testing 604800 mx1" },
      history: [
        { at: LATELY, policy: "testing 604800 mx1", id: "A", mx: ["mx1"], mxTtl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: "testing 604800 mx1", id: "A", mx: ["mx1", "mx2"], mxTtl: 3600 },
      ],
    },
    "failed:error",
    3,
  ],
  [
    "it was never listed, and enforcement is old",
    {
      base: { policy: NARROW, id: "A", mx: ["mx1"] },
      proposed: { policy: "enforce 86400 mx1", id: "B", mx: ["mx1"] },
      live: { policy: NARROW },
      history: [
        { at: LATELY, policy: NARROW, id: "A", mx: ["mx1"], mxTtl: 3600 },
        { at: "2026-01-01T00:00:00.000Z", policy: NARROW, id: "A", mx: ["mx1", "mx2"], mxTtl: 3600 },
      ],
    },
    "passed",
  ],
  [
    "it was refused anyway",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: NARROW, id: "B", mx: ["mx1"] },
      live: { policy: WIDE, mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "passed",
  ],
  [
    "a wildcard takes its place",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "enforce 604800 *.example.com", id: "B", mx: ["mx1"] },
      live: { policy: WIDE, mx: ["mx1", "mx2"] },
    },
    "passed",
  ],
  [
    "the host stays in the MX set: mx-not-covered says it",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: NARROW, id: "B", mx: ["mx1", "mx2"] },
      live: { policy: WIDE, mx: ["mx1", "mx2"] },
    },
    "passed",
  ],
  [
    "the MX records are not in the repository",
    { base: { policy: WIDE }, proposed: { policy: NARROW }, live: { policy: WIDE }, historyLacks: "it is shallow" },
    "failed:notice",
    3,
  ],
  [
    "mode none refuses nobody",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "none 86400 mx1", id: "B", mx: ["mx1"] },
      live: { policy: WIDE, mx: ["mx1", "mx2"] },
    },
    "passed",
  ],
  ["no policy is said", { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] } }, "not-applicable"],
]);
