import { expect, test } from "vitest";
import { findingsOf, judgeScene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";

judgesAs("mx-implicit", [
  ["the last one is removed", { base: { mx: ["mx1"] }, proposed: { mx: [] }, live: { policy: T } }, "failed:error"],
  [
    "there never was one",
    { base: { policy: T, id: "A" }, proposed: { policy: "testing 86400 example.com", id: "B" }, live: { mx: "none" } },
    "failed:notice",
  ],
  ["a null MX instead", { base: { mx: ["mx1"] }, proposed: { mx: ["."] }, live: { policy: T } }, "passed"],
  [
    "whether it is the last was not seen",
    { proposed: { mx: [] }, live: { policy: T, mx: "unseen" } },
    "unknown:needed",
  ],
  ["there is one", { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: T } }, "passed"],
  [
    "there is none in base either",
    {
      base: { policy: T, id: "A", mx: [] },
      proposed: { policy: "testing 86400 example.com", id: "B", mx: [] },
      live: { mx: "none" },
    },
    "failed:notice",
  ],
  [
    "no policy",
    { base: { mx: ["mx1"] }, proposed: { mx: [] }, live: { records: "none", policy: "none" } },
    "not-applicable",
  ],
  [
    "the file does not determine it",
    { base: { mx: ["mx1"] }, proposed: { mx: ["?"] }, live: { policy: T } },
    "not-applicable",
  ],
]);

test("what is said is a loss only where the change is one", () => {
  const live = { policy: T };
  const removed = judgeScene({ base: { mx: ["mx1"] }, proposed: { mx: [] }, live });
  const never = judgeScene({ base: { mx: [] }, proposed: { mx: [] }, live: { ...live, mx: "none" } });
  expect(findingsOf(removed, "mx-implicit")[0]?.message).toContain("the change removes the last one");
  expect(findingsOf(never, "mx-implicit")[0]?.message).toContain("senders use the domain's own address");
});
