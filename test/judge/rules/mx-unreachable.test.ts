import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-unreachable", [
  [
    "no answer",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "silent" } } },
    "failed:warning",
    3,
  ],
  [
    "it breaks off in the handshake",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "stalls" } } },
    "failed:warning",
    3,
  ],
  [
    "this machine does not get out",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { "*": "blocked" } } },
    "passed",
  ],
  [
    "refused is another rule's",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expired" } } },
    "passed",
  ],
  [
    "no policy",
    {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx2"] },
      live: { records: "none", policy: "none", hosts: { mx2: "silent" } },
    },
    "not-applicable",
  ],
]);
