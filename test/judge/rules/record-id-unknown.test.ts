import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("record-id-unknown", [
  ["the policy changes", { base: { policy: T }, proposed: { policy: E } }, "failed:notice", 1],
  [
    "first publication",
    { base: {}, proposed: { policy: T }, live: { records: "none", policy: "none" } },
    "failed:notice",
    1,
  ],
  [
    "a cosmetic edit",
    {
      base: { policy: T },
      proposed: { policy: "version: STSv1\r\nmode: testing\r\nmx: mx1.example.com\r\nmax_age: 604800\r\n" },
    },
    "passed",
  ],
  ["the repository says the id", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "not-applicable"],
]);
