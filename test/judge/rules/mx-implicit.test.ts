import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";

judgesAs("mx-implicit", [
  ["the last one is removed", { base: { mx: ["mx1"] }, proposed: { mx: [] }, live: { policy: T } }, "failed:error"],
  [
    "there never was one",
    { base: { policy: T, id: "A" }, proposed: { policy: "testing 86400 example.com", id: "B" }, live: { mx: "none" } },
    "failed:notice",
  ],
  ["a null MX instead", { base: { mx: ["mx1"] }, proposed: { mx: ["."] }, live: { policy: T } }, "passed"],
  [
    "whether it is the last was not seen",
    { proposed: { mx: [] }, live: { policy: T, mx: "unseen" } },
    "unknown:needed",
  ],
  ["there is one", { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: T } }, "passed"],
]);
