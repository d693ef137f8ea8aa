import { policyText } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("rollout-enforce-untested", [
  [
    "a broken enforce policy is repaired",
    {
      base: { policy: "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: week\n", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: week\n" },
    },
    "failed:warning",
    2,
  ],
  [
    "a broken testing policy is repaired into enforce",
    {
      base: { policy: "version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: week\n", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: week\n" },
    },
    "failed:error",
    2,
  ],
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
  [
    "base enforces, and the policy host is broken: nothing is turned on by this change",
    { base: { policy: E, id: "A" }, proposed: { policy: "enforce 604800 mx1 mx2", id: "B" }, live: { policy: "none" } },
    "failed:warning",
    2,
  ],
  [
    "the same, and the change touches nothing of it",
    {
      base: { policy: E, id: "A", tlsrpt: [] },
      proposed: { policy: E, id: "A", tlsrpt: ["v=TLSRPTv1; rua=mailto:r@example.net"] },
      live: { policy: "untrusted" },
    },
    "failed:warning",
    2,
  ],
  [
    "base enforces, and the change repairs what keeps senders from the policy",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: E, id: "A" },
      live: { policy: "none" },
      touched: ["publishing"],
    },
    "failed:warning",
    2,
  ],
  [
    "base enforces, and the change repairs the record",
    {
      base: { policy: E, records: ["v=STSv1; id=A", "v=STSv1; id=B"] },
      proposed: { policy: E, records: ["v=STSv1; id=C"] },
      live: { policy: E, records: ["v=STSv1; id=A", "v=STSv1; id=B"] },
    },
    "failed:warning",
    2,
  ],
  [
    "base enforces, and no record ever announced it: this one is what turns it on",
    { base: { policy: E, records: [] }, proposed: { policy: E, id: "A" }, live: { policy: E, records: "none" } },
    "failed:error",
    2,
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
