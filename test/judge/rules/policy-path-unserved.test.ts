import type { PublishingFault } from "../../../src/proposal.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const span = { startLine: 9, startColumn: 1, endLine: 9, endColumn: 2 };
const fault = (code: PublishingFault["code"], path = "x"): PublishingFault => ({
  code,
  message: "X leaves it out: say Y",
  location: { kind: "file", path, span },
});
const drops = [fault("artifact-drops")];

judgesAs("policy-path-unserved", [
  [
    "this change causes it under enforce",
    { base: { policy: E }, proposed: { policy: E }, publishing: { proposed: drops }, live: { policy: E } },
    "failed:error",
    9,
  ],
  [
    "while senders enforce what is deployed",
    {
      base: { policy: E },
      proposed: { policy: null },
      publishing: { proposed: [fault("dot-missing")] },
      live: { policy: E },
    },
    "failed:error",
    9,
  ],
  [
    "this change causes it under testing",
    { base: { policy: T }, proposed: { policy: T }, publishing: { proposed: drops } },
    "failed:warning",
    9,
  ],
  [
    "it was so before, on another line",
    {
      base: { policy: E },
      proposed: { policy: E },
      publishing: { proposed: drops, base: [fault("artifact-drops", "y")] },
      live: { policy: E },
    },
    "failed:warning",
    9,
  ],
  [
    "another fault in the place of one",
    {
      base: { policy: E },
      proposed: { policy: E },
      publishing: { proposed: drops, base: [fault("root")] },
      live: { policy: E },
    },
    "failed:error",
    9,
  ],
  [
    "repaired",
    { base: { policy: E }, proposed: { policy: E }, publishing: { base: drops }, live: { policy: E } },
    "passed",
  ],
  ["a repository that hosts no policy", { base: { id: "A" }, proposed: { id: "A" } }, "not-applicable"],
]);
