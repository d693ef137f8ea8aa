import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("fetch-slow", [
  [
    "over four seconds",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { fetch: { elapsed: 4001 } } },
    "failed:warning",
  ],
  [
    "four seconds",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { fetch: { elapsed: 4000 } } },
    "passed",
  ],
  [
    "before a record was seen",
    { base: {}, proposed: { policy: T }, live: { records: "none", fetch: { elapsed: 9000 } } },
    "not-applicable",
  ],
]);
