import { policyText } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("rollout-enforce-untested", [
  [
    "deployed with blank lines, which many senders read over",
    { base: { policy: E }, proposed: { policy: E }, live: { policy: `${policyText(E)}\n` } },
    "passed",
  ],
  [
    "nothing was deployed",
    { base: {}, proposed: { policy: E }, live: { records: "none", policy: "none" } },
    "failed:error",
    2,
  ],
  [
    "mode none was deployed",
    {
      base: { policy: "none 86400 mx1", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "none 86400 mx1" },
    },
    "failed:error",
    2,
  ],
  [
    "base says testing, and it never arrived",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { records: "none", policy: "none" } },
    "failed:error",
    2,
  ],
  [
    "four days of testing",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, baseSince: "2026-11-20T00:00:00.000Z" },
    "failed:warning",
    2,
  ],
  [
    "other patterns were tested",
    { base: { policy: T, id: "A" }, proposed: { policy: "enforce 604800 mx1 mx2", id: "B" } },
    "failed:warning",
    2,
  ],
  [
    "not seen",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { policy: "unseen" } },
    "unknown:needed",
  ],
  ["tested", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "tested with another max_age",
    {
      base: { policy: "testing 86400 mx1", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "testing 86400 mx1" },
    },
    "passed",
  ],
  [
    "enforce already",
    { base: { policy: E, id: "A" }, proposed: { policy: "enforce 86400 mx1", id: "B" }, live: { policy: E } },
    "passed",
  ],
  ["testing", { base: {}, proposed: { policy: T }, live: { records: "none", policy: "none" } }, "not-applicable"],
  [
    "the record is published, and an enforce policy is served already",
    { base: { records: [] }, proposed: { id: "A" }, live: { policy: E, records: "none" } },
    "failed:error",
  ],
  [
    "an enforce policy is served, and whether a record announces it was not seen",
    { base: { records: [] }, proposed: { id: "A" }, live: { policy: E, records: "unseen" } },
    "unknown:needed",
  ],
  [
    "the record is published, and what it announces was not seen",
    { base: { records: [] }, proposed: { id: "A" }, live: { policy: "unseen", records: "none" } },
    "unknown:needed",
  ],
  [
    "the record is in base already, and on its way",
    { base: { id: "A" }, proposed: { id: "A" }, live: { policy: E, records: "none" } },
    "not-applicable",
  ],
]);
