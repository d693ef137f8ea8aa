import { expect, test } from "vitest";
import { findingsOf, judgeScene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("fetch-redirected", [
  [
    "deployed and untouched",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "redirect" } },
    "failed:warning",
  ],
  [
    "enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { policy: "redirect" } },
    "failed:error",
  ],
  [
    "before a record was seen",
    { base: {}, proposed: { policy: T }, live: { records: "none", policy: "redirect" } },
    "not-applicable",
  ],
  ["the policy is served", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "not seen, and enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { policy: "unseen" } },
    "unknown:needed",
  ],
  [
    "not seen, and base enforces: whether that ever arrived is not known",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: "unseen" },
    },
    "unknown:needed",
  ],
]);

test("senders would report sts-policy-fetch-error", () => {
  const [finding] = findingsOf(
    judgeScene({ base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "redirect" } }),
    "fetch-redirected",
  );
  expect(finding?.resultType).toBe("sts-policy-fetch-error");
  expect(finding?.location).toMatchObject({
    kind: "policy-host",
    url: "https://mta-sts.example.com/.well-known/mta-sts.txt",
  });
});
