import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("fetch-media-type", [
  [
    "HTML",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { fetch: { contentType: "text/html" } } },
    "failed:warning",
  ],
  [
    "none at all",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { fetch: { contentType: null } } },
    "failed:warning",
  ],
  [
    "a charset beside it",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { fetch: { contentType: "text/plain; charset=utf-8" } },
    },
    "passed",
  ],
  [
    "not seen",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { policy: "unseen" } },
    "passed",
  ],
  [
    "before a record was seen",
    { base: {}, proposed: { policy: T }, live: { records: "none", fetch: { contentType: "text/html" } } },
    "not-applicable",
  ],
]);
