import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("deployed-drift", [
  [
    "another policy",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "C" }, live: { policy: "testing 3600 mx1", id: "A" } },
    "failed:warning",
    1,
  ],
  [
    "another id",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "C" }, live: { policy: T, id: "B" } },
    "failed:warning",
    5,
  ],
  [
    "no record",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "C" }, live: { policy: T, records: "none" } },
    "failed:warning",
    5,
  ],
  ["other MX", { base: { mx: ["mx1", "mx2"] }, proposed: { mx: ["mx1"] }, live: { mx: ["mx1"] } }, "failed:warning"],
  [
    "nothing was seen",
    {
      base: { policy: T, id: "A", mx: ["mx1"] },
      proposed: { policy: E, id: "B", mx: ["mx1"] },
      live: { policy: "unseen", records: "unseen", mx: "unseen" },
    },
    "passed",
  ],
  [
    "all alike",
    { base: { policy: T, id: "A", mx: ["mx1"] }, proposed: { policy: E, id: "B", mx: ["mx1"] }, live: { policy: T } },
    "passed",
  ],
]);
