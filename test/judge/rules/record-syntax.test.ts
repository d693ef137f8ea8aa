import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";

judgesAs("record-syntax", [
  ["an id with hyphens", { base: { id: "A" }, proposed: { records: ["v=STSv1; id=2026-11-24"] } }, "failed:error", 5],
  ["an unquoted record that lost its id", { base: { id: "A" }, proposed: { records: ["v=STSv1"] } }, "failed:error", 5],
  [
    "the same text in base",
    { base: { records: ["v=STSv1; id="] }, proposed: { records: ["v=STSv1; id="] }, touched: ["policy"] },
    "failed:warning",
    5,
  ],
  ["only deployed", { proposed: { policy: T }, live: { records: ["v=STSv1; id="] } }, "failed:warning"],
  ["a record", { base: { id: "A" }, proposed: { id: "B" } }, "passed"],
  [
    "other TXT records beside it",
    { base: { id: "A" }, proposed: { records: ["v=spf1 -all", "v=STSv1; id=B"] } },
    "passed",
  ],
]);
