import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const change = { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } };

judgesAs("record-servers-differ", [
  ["two answers", { ...change, live: { serversDiffer: ["192.0.2.1: id A", "192.0.2.2: id B"] } }, "failed:warning"],
  ["every server was asked, and they agree", { ...change, live: { serversDiffer: [] } }, "passed"],
  ["only a resolver was asked", change, "not-applicable"],
  [
    "verify",
    { verify: { policy: T, id: "A" }, live: { serversDiffer: ["192.0.2.1: id A", "192.0.2.2: id B"] } },
    "failed:error",
  ],
]);
