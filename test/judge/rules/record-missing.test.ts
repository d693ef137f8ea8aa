import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("record-missing", [
  [
    "removed under enforce",
    { base: { policy: E, id: "A" }, proposed: { policy: E, records: [] }, live: { policy: E, id: "A" } },
    "failed:error",
  ],
  [
    "removed under testing",
    { base: { policy: T, id: "A" }, proposed: { policy: T, records: [] }, live: { policy: T, id: "A" } },
    "failed:warning",
  ],
  [
    "first publication beside DNS as code",
    { base: { records: [] }, proposed: { policy: T, records: [] }, live: { records: "none", policy: "none" } },
    "failed:notice",
  ],
  [
    "first publication, DNS elsewhere",
    { base: {}, proposed: { policy: T }, live: { records: "none", policy: "none" } },
    "passed",
  ],
  [
    "said for the first time, and DNS did not answer",
    { proposed: { policy: T, records: [] }, live: { records: "unseen" } },
    "unknown:needed",
  ],
  [
    "published, and nobody announces it",
    { base: { policy: E }, proposed: { policy: "enforce 604800 mx1 mx2" }, live: { records: "none", policy: E } },
    "failed:warning",
  ],
  [
    "published beside DNS as code, which lacked the record before",
    {
      base: { policy: E, records: [] },
      proposed: { policy: "enforce 604800 mx1 mx2", records: [] },
      live: { records: "none", policy: E },
    },
    "failed:warning",
  ],
  ["there is one", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "no policy",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx2"] }, live: { records: "none", policy: "none" } },
    "not-applicable",
  ],
  [
    "verify: the files say that there is none, and the policy is served",
    { verify: { policy: "enforce 604800 mx1", records: [] }, live: { policy: "enforce 604800 mx1", records: "none" } },
    "failed:error",
  ],
]);
