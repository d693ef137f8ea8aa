import { describe, expect, test } from "vitest";
import { findingsOf, judgeScene, outcomeOf, type Scene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-refused", [
  [
    "expired when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expired" } } },
    "failed:error",
    3,
  ],
  [
    "self-signed when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "self-signed" } } },
    "failed:error",
    3,
  ],
  [
    "wrong-name when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "wrong-name" } } },
    "failed:error",
    3,
  ],
  [
    "no-starttls when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "no-starttls" } } },
    "failed:error",
    3,
  ],
  [
    "starttls-454 when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "starttls-454" } } },
    "failed:error",
    3,
  ],
  [
    "injected when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "injected" } } },
    "failed:error",
    3,
  ],
  [
    "alert when enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "alert" } } },
    "failed:error",
    3,
  ],
  [
    "under testing",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: "testing 86400 mx1", id: "B" },
      live: { hosts: { mx1: "expired" } },
    },
    "failed:warning",
    3,
  ],
  [
    "refused already",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 86400 mx1", id: "B" },
      live: { policy: E, hosts: { mx1: "expired" } },
    },
    "failed:warning",
    3,
  ],
  [
    "an MX record added",
    {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", hosts: { mx2: "expired" } },
    },
    "failed:error",
    6,
  ],
  [
    "on its way out",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx1"] },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "expired" } },
    },
    "passed",
  ],
  [
    "not seen, and enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { "*": "blocked" } } },
    "unknown:needed",
  ],
  [
    "turned away, and enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "greets-554" } } },
    "unknown:needed",
  ],
  [
    "not seen, and the MX record is added under enforce",
    {
      base: { mx: ["mx1"] },
      proposed: { mx: ["mx1", "mx2"] },
      live: { policy: "enforce 604800 mx1 mx2", hosts: { mx2: "silent" } },
    },
    "unknown:needed",
  ],
  [
    "not seen, and the change only widens",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: E, hosts: { "*": "blocked" } },
    },
    "unknown",
  ],
  ["good", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "mode none",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: "none 86400 mx1", id: "B" },
      live: { hosts: { mx1: "expired" } },
    },
    "not-applicable",
  ],
  [
    "refused before only if base is deployed, and that was not seen",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: "unseen", hosts: { mx1: "expired" } },
    },
    "unknown:needed",
    3,
  ],
  [
    "refused before only if a record announces what is served",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: E, records: "unseen", hosts: { mx1: "expired" } },
    },
    "unknown:needed",
    3,
  ],
  [
    "the record is published, and an enforce policy is served already",
    { base: { records: [] }, proposed: { id: "A" }, live: { policy: E, records: "none", hosts: { mx1: "expired" } } },
    "failed:error",
  ],
  [
    "base enforces, the change narrows, and nothing was seen",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "unseen", hosts: { "*": "blocked" } },
    },
    "unknown:needed",
  ],
  [
    "base is testing, something else that enforces is deployed, and it was not probed",
    {
      base: { policy: "testing 604800 mx1", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "enforce 604800 mx9", hosts: { mx1: "blocked" } },
    },
    "unknown:needed",
  ],
  [
    "base enforces, and the policy host is broken: senders refuse it once they can fetch the policy",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: "none", hosts: { mx1: "expired" } },
    },
    "failed:error",
    3,
  ],
  [
    "the same, and it was not probed",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: "none", hosts: { mx1: "blocked" } },
    },
    "unknown:needed",
  ],
  [
    "the repair of the policy host is what makes senders enforce again",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: E, id: "A" },
      live: { policy: "none", hosts: { mx1: "expired" } },
      touched: ["publishing"],
    },
    "failed:error",
    3,
  ],
  [
    "the same, and it was not probed",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: E, id: "A" },
      live: { policy: "none", hosts: { mx1: "blocked" } },
      touched: ["publishing"],
    },
    "unknown:needed",
  ],
  [
    "the repair, and whether the policy is broken was not seen, nor the host",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: E, id: "A" },
      live: { policy: "unseen", hosts: { mx1: "blocked" } },
      touched: ["publishing"],
    },
    "unknown:needed",
  ],
  [
    "old TLS is another rule's",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "old-tls" } } },
    "passed",
  ],
  [
    "a host that no pattern covers is another rule's",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { mx: ["mx1", "mx2"] } },
    "passed",
  ],
]);

const TYPES = {
  expired: "certificate-expired",
  "self-signed": "certificate-not-trusted",
  "wrong-name": "certificate-host-mismatch",
  "no-starttls": "starttls-not-supported",
  "starttls-454": "starttls-not-supported",
  injected: "validation-failure",
  alert: "validation-failure",
} as const;
test.each(Object.entries(TYPES))("%s is reported as %s", (host, resultType) => {
  const scene: Scene = {
    base: { policy: T, id: "A" },
    proposed: { policy: E, id: "B" },
    live: { hosts: { mx1: host } },
  };
  expect(findingsOf(judgeScene(scene), "mx-refused")[0]?.resultType).toBe(resultType);
});

describe("what is proven is said where TLS was not seen", () => {
  const [testing, enforce] = ["testing 604800 mx1 mx2", "enforce 604800 mx1 mx2"];
  const turnedOn = { base: { policy: testing, id: "A" }, proposed: { policy: enforce, id: "B" } };
  const added = { base: { mx: ["mx2"] }, proposed: { mx: ["mx2", "mx1"] } };

  test.each<[string, Scene, string]>([
    ["every name is covered", { ...turnedOn, live: { mx: ["mx1", "mx2"] } }, "names proven, TLS not seen;"],
    [
      "another host is refused already, for its certificate",
      { ...added, live: { policy: enforce, mx: ["mx2"], hosts: { mx2: "expired" } } },
      "names proven, TLS not seen;",
    ],
    [
      "no pattern covers another host",
      { ...turnedOn, live: { mx: ["mx1", "mx2", "mx3"] } },
      "mx1.example.com: TLS not seen;",
    ],
  ])("%s", (_, scene, said) => {
    const hosts = { mx1: "blocked", ...scene.live?.hosts };
    const outcome = outcomeOf(judgeScene({ ...scene, live: { ...scene.live, hosts } }), "mx-refused");
    expect(outcome.kind === "unknown" && outcome.missing.map(({ message }) => message).join("\n")).toContain(said);
  });
});

test("what is proven is said where TLS was not seen", () => {
  const scene: Scene = {
    base: { policy: T, id: "A" },
    proposed: { policy: E, id: "B" },
    live: { hosts: { "*": "blocked" } },
  };
  const outcome = outcomeOf(judgeScene(scene), "mx-refused");
  expect(outcome.kind === "unknown" && outcome.missing[0]?.message).toContain("names proven, TLS not seen");
});
