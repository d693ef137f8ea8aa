import { expect, test } from "vitest";
import { findingsOf, judgeScene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("fetch-untrusted", [
  [
    "deployed and untouched",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "untrusted" } },
    "failed:warning",
  ],
  [
    "enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { policy: "untrusted" } },
    "failed:error",
  ],
  [
    "before a record was seen",
    { base: {}, proposed: { policy: T }, live: { records: "none", policy: "untrusted" } },
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
  [
    "a certificate for another name",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "wrong-name" } },
    "failed:warning",
  ],
]);

test("senders would report sts-webpki-invalid", () => {
  const [finding] = findingsOf(
    judgeScene({ base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: "untrusted" } }),
    "fetch-untrusted",
  );
  expect(finding?.resultType).toBe("sts-webpki-invalid");
  expect(finding?.location).toMatchObject({
    kind: "policy-host",
    url: "https://mta-sts.example.com/.well-known/mta-sts.txt",
  });
});
