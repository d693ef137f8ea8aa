import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("record-id-unneeded", [
  [
    "the policy is the same, and live",
    { base: { policy: T, id: "A" }, proposed: { policy: T, id: "B" } },
    "failed:notice",
    5,
  ],
  [
    "a second bump heals: another body is live",
    { base: { policy: T, id: "A" }, proposed: { policy: T, id: "B" }, live: { policy: E, id: "A" } },
    "passed",
  ],
  [
    "the live body was not seen",
    { base: { policy: T, id: "A" }, proposed: { policy: T, id: "B" }, live: { policy: "unseen" } },
    "passed",
  ],
  ["both change", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  ["the policy lives elsewhere", { base: { id: "A" }, proposed: { id: "B" } }, "not-applicable"],
]);
