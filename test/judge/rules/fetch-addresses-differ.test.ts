import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("fetch-addresses-differ", [
  [
    "another policy",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { second: "testing 86400 mx1" } },
    "failed:warning",
  ],
  [
    "the same",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { second: "testing 604800 mx1" } },
    "passed",
  ],
  [
    "one of them is down: another rule's",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { second: "refused" } },
    "passed",
  ],
  ["verify", { verify: { policy: T, id: "A" }, live: { second: "testing 86400 mx1" } }, "failed:error"],
]);
