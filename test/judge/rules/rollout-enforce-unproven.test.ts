import { judgesAs } from "./table.ts";

const E = "enforce 604800 mx1";
const T = "testing 604800 mx1";

judgesAs("rollout-enforce-unproven", [
  [
    "testing becomes enforce",
    { base: { policy: T }, proposed: { policy: E }, live: { policy: T } },
    "failed:warning",
    2,
  ],
  ["enforce stays", { base: { policy: E }, proposed: { policy: E }, live: { policy: E } }, "passed"],
  ["enforce is taken back", { base: { policy: E }, proposed: { policy: T }, live: { policy: E } }, "not-applicable"],
]);
