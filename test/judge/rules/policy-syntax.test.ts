import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("policy-syntax", [
  [
    "a mode that is none",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: "version: STSv1\nmode: enforced\nmx: mx1.example.com\nmax_age: 604800\n", id: "B" },
    },
    "failed:error",
    2,
  ],
  [
    "the same octets in base",
    { base: { policy: "version: STSv1\n" }, proposed: { policy: "version: STSv1\n", mx: ["mx1"] }, touched: ["mx"] },
    "failed:warning",
    1,
  ],
  [
    "blank lines alone, and they are live",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: `version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 86400\n\n`, id: "B" },
      live: { policy: `version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 604800\n\n` },
    },
    "failed:warning",
    5,
  ],
  [
    "blank lines alone, and not live",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: `version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 86400\n\n`, id: "B" },
    },
    "failed:error",
    5,
  ],
  [
    "blank lines and something else, live alike",
    {
      base: { policy: T },
      proposed: { policy: `version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: x\n\n` },
      live: { policy: `version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 604800\n\n` },
    },
    "failed:error",
    4,
  ],
  ["a policy", { base: { policy: T }, proposed: { policy: E } }, "passed"],
  ["no policy said", { proposed: { id: "B" } }, "not-applicable"],
  ["a policy removed", { base: { policy: T }, proposed: { policy: null } }, "not-applicable"],
]);
