import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-tls-old", [
  [
    "when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "old-tls" } } },
    "failed:error",
    3,
  ],
  [
    "under testing",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: "testing 86400 mx1", id: "B" },
      live: { hosts: { mx1: "old-tls" } },
    },
    "failed:warning",
    3,
  ],
  [
    "already so",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 86400 mx1", id: "B" },
      live: { policy: E, hosts: { mx1: "old-tls" } },
    },
    "failed:warning",
    3,
  ],
  [
    "other refusals are mx-refused's",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expired" } } },
    "passed",
  ],
  [
    "refused before only if base is deployed, and that was not seen",
    {
      base: { policy: "enforce 604800 mx1", id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: "unseen", hosts: { mx1: "old-tls" } },
    },
    "unknown:needed",
    3,
  ],
]);
