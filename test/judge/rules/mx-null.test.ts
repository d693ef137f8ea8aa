import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";

judgesAs("mx-null", [
  [
    "live",
    { base: { policy: T, id: "A" }, proposed: { policy: "testing 86400 mx1", id: "B" }, live: { mx: "null" } },
    "failed:notice",
  ],
  ["proposed", { base: { mx: ["mx1"] }, proposed: { mx: ["."] }, live: { policy: T } }, "failed:notice"],
  ["hosts", { base: { policy: T, id: "A" }, proposed: { policy: "testing 86400 mx1", id: "B" } }, "passed"],
]);
