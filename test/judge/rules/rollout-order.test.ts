import { judgesAs } from "./table.ts";

const E = "enforce 604800 mx1";
const WIDE = "enforce 604800 mx1 mx2";
const ROLLOUT = { senders: undefined, maxAgeCeiling: undefined, deployLag: undefined };

judgesAs("rollout-order", [
  [
    "policy and id in one change",
    { base: { policy: E, id: "A" }, proposed: { policy: WIDE, id: "B" }, live: { policy: E } },
    "failed:warning",
    5,
  ],
  [
    "the pipeline makes the policy live first",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: WIDE, id: "B" },
      live: { policy: E },
      settings: { rollout: { ...ROLLOUT, deploy: "policy-first" } },
    },
    "passed",
  ],
  [
    "the policy is live already",
    { base: { policy: E, id: "A" }, proposed: { policy: WIDE, id: "B" }, live: { policy: WIDE } },
    "passed",
  ],
  [
    "enforce is taken back",
    { base: { policy: E, id: "A" }, proposed: { policy: "testing 604800 mx1", id: "B" }, live: { policy: E } },
    "failed:warning",
    5,
  ],
  [
    "what is held in the meantime is testing, and refuses nobody",
    {
      base: { policy: "testing 604800 mx1", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "testing 604800 mx1" },
    },
    "passed",
  ],
  ["the id alone", { base: { policy: E, id: "A" }, proposed: { policy: E, id: "B" }, live: { policy: E } }, "passed"],
  [
    "the policy alone is record-id-unchanged",
    { base: { policy: E, id: "A" }, proposed: { policy: WIDE, id: "A" }, live: { policy: E } },
    "passed",
  ],
  [
    "the record is not said",
    { base: { policy: E }, proposed: { policy: WIDE }, live: { policy: E } },
    "not-applicable",
  ],
]);
