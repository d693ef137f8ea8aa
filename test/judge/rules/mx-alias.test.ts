import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-alias", [
  [
    "an alias",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { aliases: { mx1: "mail.example.net" } } },
    "failed:warning",
    3,
  ],
  ["a name of its own", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "on its way out",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx1"] },
      live: { mx: ["mx1", "mx2"], aliases: { mx2: "mail.example.net" } },
    },
    "passed",
  ],
]);
