import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("rollout-removed-early", [
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
  ["nothing is removed", { base: { policy: E, id: "A" }, proposed: { policy: T, id: "B" } }, "not-applicable"],
]);
