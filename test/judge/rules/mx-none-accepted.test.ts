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
]);
