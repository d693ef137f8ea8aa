import { judgesAs } from "./table.ts";

judgesAs("mx-none-accepted", [
  [
    "the only good one goes",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "failed:error",
  ],
  [
    "a good one stays",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx1"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "passed",
  ],
  [
    "none was good before",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx1: "expired", mx2: "expired" } },
    },
    "passed",
  ],
  [
    "under testing",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx2"] },
      live: { policy: "testing 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "not-applicable",
  ],
  [
    "weakened in the same change: those that hold the old policy find none",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "testing 604800 mx1 mx2", id: "B", mx: ["mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "failed:error",
  ],
  [
    "the policy was not seen",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx2"] },
      live: { policy: "unseen", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "unknown:needed",
  ],
  [
    "the live MX was not seen, and the held policy enforces",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "testing 604800 mx1 mx2", id: "B", mx: ["mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: "unseen", hosts: { mx2: "expired" } },
    },
    "unknown:needed",
  ],
  [
    "the host that stays was not seen",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "blocked" } },
    },
    "unknown:needed",
  ],
  [
    "the host that stays was not seen, and the one that goes is refused",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx1: "expired", mx2: "blocked" } },
    },
    "passed",
  ],
  [
    "MX stays as it is, whatever is live",
    {
      base: { mx: ["mx2"], id: "A" },
      proposed: { mx: ["mx2"], id: "B" },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "not-applicable",
  ],
  [
    "one that stays is newly refused, which is a finding of its own, and the other was refused already",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2", "mx3"] },
      proposed: { policy: "enforce 604800 mx1", id: "B", mx: ["mx2", "mx3"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2", "mx3"] },
    },
    "passed",
  ],
  [
    "one of those that are left is new and bad, which is a finding of its own",
    {
      base: { policy: "enforce 604800 mx1 mx2 mx3", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "testing 604800 mx1 mx2 mx3", id: "B", mx: ["mx2", "mx3"] },
      live: {
        policy: "enforce 604800 mx1 mx2 mx3",
        mx: ["mx1", "mx2"],
        hosts: { mx2: "expired", mx3: "expired" },
      },
    },
    "passed",
  ],
  [
    "the deployed policy was not seen, and the proposed one does not enforce",
    {
      base: { policy: "testing 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "testing 604800 mx1 mx2", id: "A", mx: ["mx2"] },
      live: { policy: "unseen", mx: ["mx1", "mx2"] },
    },
    "unknown:needed",
  ],
  [
    "one goes that is live and not in base, and none that stays was seen",
    {
      base: { mx: ["mx2"] },
      proposed: { mx: ["mx2", "mx3"] },
      live: {
        policy: "enforce 604800 mx1 mx2 mx3",
        mx: ["mx1", "mx2"],
        hosts: { mx2: "blocked", mx3: "blocked" },
      },
    },
    "unknown:needed",
  ],
  [
    "none goes, and the deployed policy was not seen",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      live: { policy: "unseen" },
    },
    "passed",
  ],
  [
    "one that goes is refused, another is good, and the one that stays was not seen",
    {
      base: { mx: ["mx1", "mx2", "mx3"] },
      proposed: { mx: ["mx3"] },
      live: {
        policy: "enforce 604800 mx1 mx2 mx3",
        mx: ["mx1", "mx2", "mx3"],
        hosts: { mx1: "expired", mx3: "blocked" },
      },
    },
    "unknown:needed",
  ],
  [
    "one that stays is good, and another was not seen",
    {
      base: { mx: ["mx1", "mx2", "mx3"] },
      proposed: { mx: ["mx2", "mx3"] },
      live: { policy: "enforce 604800 mx1 mx2 mx3", mx: ["mx1", "mx2", "mx3"], hosts: { mx3: "blocked" } },
    },
    "passed",
  ],
  [
    "one goes that is in base and not live yet, and the deployed policy was not seen",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx2"] },
      live: { policy: "unseen", mx: ["mx2"] },
    },
    "unknown:needed",
  ],
]);
