import { describe, expect, test } from "vitest";
import { findingsOf, judgeScene, type Scene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-not-covered", [
  [
    "narrowed under enforce",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"] },
    },
    "failed:error",
    3,
  ],
  [
    "an MX record added that the policy lacks",
    { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: E } },
    "failed:error",
    6,
  ],
  [
    "two labels under a wildcard",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: "enforce 604800 *.example.com", id: "B" },
      live: { mx: ["a.b.example.com"] },
    },
    "failed:error",
    3,
  ],
  [
    "under testing",
    { base: { policy: T, id: "A" }, proposed: { policy: "testing 604800 mx9", id: "B" } },
    "failed:warning",
    3,
  ],
  [
    "senders refuse it already",
    {
      base: { policy: "enforce 604800 mx9", id: "A" },
      proposed: { policy: "enforce 604800 mx9 mx8", id: "B" },
      live: { policy: "enforce 604800 mx9", mx: ["mx1"] },
    },
    "failed:warning",
    4,
  ],
  [
    "refused already and on its way out",
    {
      base: { policy: E, id: "A", mx: ["mx1", "mx2"] },
      proposed: { policy: E, id: "A", mx: ["mx1"] },
      live: { policy: E, mx: ["mx1", "mx2"] },
    },
    "passed",
  ],
  [
    "MX was not seen, and enforce is turned on",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { mx: "unseen" } },
    "unknown:needed",
  ],
  [
    "MX was not seen, and the change widens",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: "enforce 604800 mx1 mx2", id: "B" },
      live: { policy: E, mx: "unseen" },
    },
    "unknown",
  ],
  [
    "MX was not seen, and the change narrows",
    {
      base: { policy: "enforce 604800 mx1 mx2", id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "enforce 604800 mx1 mx2", mx: "unseen" },
    },
    "unknown:needed",
  ],
  [
    "MX was not seen, and base is narrower than what is deployed",
    {
      base: { policy: E, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { policy: "enforce 604800 mx2", mx: "unseen" },
    },
    "unknown:needed",
  ],
  ["mode none", { base: { policy: T, id: "A" }, proposed: { policy: "none 86400 mx9", id: "B" } }, "not-applicable"],
]);

describe("mx-not-covered says", () => {
  const found = (scene: Scene) => findingsOf(judgeScene(scene), "mx-not-covered");

  test("where senders see the host", () => {
    const wide = "enforce 604800 mx1 mx2 mx3";
    const findings = found({
      base: { policy: wide, id: "A", mx: ["mx1", "mx2", "mx3"] },
      proposed: { policy: E, id: "B", mx: ["mx1", "mx2", "mx4"] },
      live: { policy: wide, mx: ["mx1", "mx2", "mx3"] },
    });
    expect(findings.map(({ message }) => message.split(" matches")[0])).toEqual([
      "MX host mx2.example.com (live)",
      "MX host mx4.example.com (proposed)",
      "MX host mx3.example.com (live until its TTL has passed)",
    ]);
  });

  test("that it was so already only where senders refuse the host today", () => {
    const testing = { base: { policy: T, id: "A" }, proposed: { policy: "testing 604800 mx9", id: "B" } };
    const wrong = "enforce 604800 mx9";
    const enforced: Scene = {
      base: { policy: wrong, id: "A" },
      proposed: { policy: "enforce 604800 mx9 mx8", id: "B" },
      live: { policy: wrong },
    };
    expect([testing, enforced].flatMap(found).map(({ alreadySo }) => alreadySo)).toEqual([undefined, true]);
    expect([testing, enforced].flatMap(found).map(({ fix }) => fix?.text.trim())).toEqual(
      Array(2).fill("mx: mx1.example.com"),
    );
    expect([testing, enforced].flatMap(found).map(({ message }) => message.split("; ")[1])).toEqual([
      "senders would refuse it if the policy said enforce.",
      "senders that hold this policy will not deliver to it.",
    ]);
  });
});
