import { judgesAs } from "./table.ts";

const E = "enforce 604800 mx1";
const live = { policy: E };

judgesAs("record-ttl-long", [
  [
    "the files say more than an hour",
    { base: { policy: E, id: "A", ttl: 300 }, proposed: { policy: E, id: "A", ttl: 3601 }, live },
    "failed:warning",
    5,
  ],
  ["an hour", { base: { policy: E, id: "A" }, proposed: { policy: E, id: "A", ttl: 3600 }, live }, "passed"],
  [
    "the files count, not what is live",
    { base: { policy: E, id: "A" }, proposed: { policy: E, id: "A", ttl: 300 }, live: { ...live, ttl: 86400 } },
    "passed",
  ],
  [
    "a resolver keeps it for longer",
    { base: { policy: E }, proposed: { policy: E }, live: { ...live, ttl: 86400 } },
    "failed:warning",
  ],
  [
    "not seen",
    { base: { policy: E }, proposed: { policy: E }, live: { ...live, records: "unseen", ttl: 86400 } },
    "passed",
  ],
  [
    "an alias",
    { base: { policy: E }, proposed: { policy: E, alias: "_mta-sts.provider.example", ttl: 86400 }, live },
    "failed:warning",
    5,
  ],
  [
    "testing",
    { base: { policy: E }, proposed: { policy: "testing 604800 mx1", id: "B", ttl: 86400 } },
    "not-applicable",
  ],
]);
