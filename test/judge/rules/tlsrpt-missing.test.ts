import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("tlsrpt-missing", [
  [
    "none",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { tlsrpt: false } },
    "failed:warning",
  ],
  [
    "removed by the change",
    {
      base: { policy: T, id: "A", tlsrpt: ["v=TLSRPTv1; rua=mailto:a@example.net"] },
      proposed: { policy: E, id: "B", tlsrpt: [] },
    },
    "failed:warning",
  ],
  [
    "added by the change",
    {
      base: { policy: T, tlsrpt: [] },
      proposed: { policy: T, tlsrpt: ["v=TLSRPTv1; rua=mailto:a@example.net"] },
      live: { tlsrpt: false },
    },
    "passed",
  ],
  [
    "not seen",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { tlsrpt: "unseen" } },
    "unknown",
  ],
  ["live", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "mode none",
    { base: { policy: T, id: "A" }, proposed: { policy: "none 86400 mx1", id: "B" }, live: { tlsrpt: false } },
    "not-applicable",
  ],
]);
