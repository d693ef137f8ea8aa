import { judgesAs } from "./table.ts";

const SHORT = "enforce 604800 mx1 mx2";
const LONG = "enforce 2592000 mx1 mx2";

judgesAs("rollout-max-age-raised", [
  [
    "with an MX host more",
    {
      base: { policy: SHORT, id: "A", mx: ["mx1"] },
      proposed: { policy: LONG, id: "B", mx: ["mx1", "mx2"] },
      live: { policy: SHORT },
    },
    "failed:warning",
    5,
  ],
  [
    "with another policy host",
    {
      base: { policy: SHORT, id: "A", policyHostAlias: "old.example.net" },
      proposed: { policy: LONG, id: "B", policyHostAlias: "new.example.net" },
      live: { policy: SHORT },
    },
    "failed:warning",
    5,
  ],
  [
    "alone",
    {
      base: { policy: SHORT, id: "A", mx: ["mx1"] },
      proposed: { policy: LONG, id: "B", mx: ["mx1"] },
      live: { policy: SHORT },
    },
    "passed",
  ],
  [
    "lowered",
    {
      base: { policy: LONG, id: "A", mx: ["mx1"] },
      proposed: { policy: SHORT, id: "B", mx: ["mx1", "mx2"] },
      live: { policy: LONG },
    },
    "passed",
  ],
  [
    "under testing",
    {
      base: { policy: "testing 86400 mx1", id: "A", mx: ["mx1"] },
      proposed: { policy: "testing 604800 mx1", id: "B", mx: ["mx1", "mx2"] },
    },
    "not-applicable",
  ],
]);
