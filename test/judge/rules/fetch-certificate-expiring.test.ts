import { certificate } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("fetch-certificate-expiring", [
  [
    "six days left",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { fetch: { chain: [certificate(["mta-sts.example.com"], { notAfter: "2026-11-30T00:00:00.000Z" })] } },
    },
    "failed:warning",
  ],
  [
    "enough by the config",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { fetch: { chain: [certificate(["mta-sts.example.com"], { notAfter: "2026-11-30T00:00:00.000Z" })] } },
      settings: { certificateExpiryDays: 3 },
    },
    "passed",
  ],
  ["weeks left", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
]);
