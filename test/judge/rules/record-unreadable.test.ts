import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";

judgesAs("record-unreadable", [
  ["the record", { base: { policy: T, id: "A" }, proposed: { policy: T, records: [null] } }, "failed:notice", 5],
  [
    "an MX host among others",
    { proposed: { mx: ["mx1"], tlsrpt: [], records: ["v=STSv1; id=A", null] } },
    "failed:notice",
    6,
  ],
  ["everything is there", { base: { policy: T, id: "A" }, proposed: { policy: T, id: "A", mx: ["mx1"] } }, "passed"],
  ["no records here", { base: { policy: T }, proposed: { policy: T } }, "not-applicable"],
]);
