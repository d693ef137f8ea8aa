import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-certificate-expiring", [
  [
    "six days left",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expiring" } } },
    "failed:warning",
    3,
  ],
  [
    "six days are enough by the config",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { hosts: { mx1: "expiring" } },
      settings: { certificateExpiryDays: 3 },
    },
    "passed",
  ],
  ["weeks left", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "expired is another rule's",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expired" } } },
    "passed",
  ],
]);
