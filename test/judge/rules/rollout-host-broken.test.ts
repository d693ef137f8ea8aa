import { judgesAs } from "./table.ts";

const E = "enforce 604800 mx1";
const WIDE = "enforce 604800 mx1 mx2";

judgesAs("rollout-host-broken", [
  [
    "an MX is added",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: WIDE, id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "none" },
    },
    "failed:error",
    6,
  ],
  [
    "the policy is narrowed",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1"] },
      proposed: { policy: E, id: "B", mx: ["mx1"] },
      live: { policy: "untrusted" },
    },
    "failed:error",
    3,
  ],
  [
    "testing becomes enforce, and an older enforce is held",
    {
      base: { policy: "testing 86400 mx1", id: "B", mx: ["mx1"] },
      proposed: { policy: E, id: "C", mx: ["mx1"] },
      live: { policy: "redirect", id: "B" },
      history: [
        { at: "2026-11-22T00:00:00.000Z", policy: "testing 86400 mx1", id: "B" },
        { at: "2026-01-01T00:00:00.000Z", policy: E, id: "A" },
      ],
    },
    "failed:error",
    3,
  ],
  [
    "it is widened: that rejects nobody",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: WIDE, id: "B", mx: ["mx1"] },
      live: { policy: "none" },
    },
    "passed",
  ],
  [
    "an MX is brought in that every held policy lists, and it is good",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1"] },
      proposed: { policy: WIDE, id: "A", mx: ["mx2"] },
      live: { policy: "none", hosts: { mx1: "silent" } },
    },
    "passed",
  ],
  [
    "the same, and its certificate is not",
    {
      base: { policy: WIDE, id: "A", mx: ["mx1"] },
      proposed: { policy: WIDE, id: "A", mx: ["mx2"] },
      live: { policy: "none", hosts: { mx2: "expired" } },
    },
    "failed:error",
    4,
  ],
  [
    "what is served is no policy, and the change repairs it",
    {
      base: { policy: "version: STSv1\nmode: enforce\nmax_age: x\n", id: "A", mx: ["mx1"] },
      proposed: { policy: E, id: "B", mx: ["mx1"] },
      live: { policy: "version: STSv1\nmode: enforce\nmax_age: x\n", id: "A" },
      history: [
        { at: "2026-11-23T00:00:00.000Z", policy: "version: STSv1\nmode: enforce\nmax_age: x\n", id: "A" },
        { at: "2026-01-01T00:00:00.000Z", policy: WIDE, id: "A" },
      ],
    },
    "passed",
  ],
  [
    "nobody holds an enforce policy",
    {
      base: { policy: "testing 86400 mx1", id: "A", mx: ["mx1"] },
      proposed: { policy: "testing 86400 mx1 mx2", id: "B", mx: ["mx1", "mx2"] },
      live: { policy: "none" },
    },
    "not-applicable",
  ],
  [
    "it is well",
    {
      base: { policy: E, id: "A", mx: ["mx1"] },
      proposed: { policy: E, id: "A", mx: ["mx1", "mx2"] },
      live: { policy: E },
    },
    "not-applicable",
  ],
]);
