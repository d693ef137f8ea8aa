import { expect, test } from "vitest";
import { findingsOf, judgeScene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("fetch-invalid", [
  [
    "deployed and untouched",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "version: STSv1\nmode: testing\n" } },
    "failed:warning",
  ],
  [
    "enforce is turned on",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "version: STSv1\nmode: testing\n" },
    },
    "passed",
  ],
  [
    "before a record was seen",
    { base: {}, proposed: { policy: T }, live: { records: "none", policy: "version: STSv1\nmode: testing\n" } },
    "not-applicable",
  ],
  ["the policy is served", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "the proposed file repairs it",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: "testing 86400 mx1", id: "B" },
      live: { policy: "version: STSv1\nmode: testing\n" },
    },
    "passed",
  ],
]);

test("senders would report sts-policy-invalid", () => {
  const [finding] = findingsOf(
    judgeScene({
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: { policy: "version: STSv1\nmode: testing\n" },
    }),
    "fetch-invalid",
  );
  expect(finding?.resultType).toBe("sts-policy-invalid");
  expect(finding?.location).toMatchObject({
    kind: "policy-host",
    url: "https://mta-sts.example.com/.well-known/mta-sts.txt",
  });
});
