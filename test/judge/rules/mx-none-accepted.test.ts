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
]);
