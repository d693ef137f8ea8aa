import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";

judgesAs("record-multiple", [
  ["two", { base: { id: "A" }, proposed: { records: ["v=STSv1; id=A", "v=STSv1; id=B"] } }, "failed:error", 5],
  [
    "two in base as well",
    {
      base: { records: ["v=STSv1; id=A", "v=STSv1; id=B"] },
      proposed: { records: ["v=STSv1; id=A", "v=STSv1; id=C"] },
    },
    "failed:warning",
    5,
  ],
  [
    "two deployed",
    { proposed: { policy: T }, live: { records: ["v=STSv1; id=A", "v=STSv1; id=B"] } },
    "failed:warning",
  ],
  ["one among others", { base: { id: "A" }, proposed: { records: ["v=spf1 -all", "v=STSv1; id=B"] } }, "passed"],
]);
