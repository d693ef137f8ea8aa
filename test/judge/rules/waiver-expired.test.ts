import { expect, test } from "vitest";
import { DOMAIN, findingsOf, judgeScene, outcomeOf, type Scene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("waiver-expired", [
  [
    "yesterday",
    {
      proposed: { policy: T },
      settings: {
        waivers: [
          {
            domain: DOMAIN,
            rule: "mx-refused",
            reason: "r",
            until: "2026-11-23",
            location: { kind: "input", name: "config" },
          },
        ],
      },
    },
    "failed:error",
  ],
  [
    "today counts",
    {
      proposed: { policy: T },
      settings: {
        waivers: [
          {
            domain: DOMAIN,
            rule: "mx-refused",
            reason: "r",
            until: "2026-11-24",
            location: { kind: "input", name: "config" },
          },
        ],
      },
    },
    "passed",
  ],
  [
    "of another domain",
    {
      proposed: { policy: T },
      settings: {
        waivers: [
          {
            domain: "example.net" as typeof DOMAIN,
            rule: "mx-refused",
            reason: "r",
            until: "2026-11-23",
            location: { kind: "input", name: "config" },
          },
        ],
      },
    },
    "passed",
  ],
  ["none", { proposed: { policy: T } }, "not-applicable"],
]);

test("until then it suppresses its rule, and the report still shows what that would have said", () => {
  const waiver = {
    domain: DOMAIN,
    rule: "mx-refused",
    reason: "r",
    until: "2026-11-24",
    location: { kind: "input", name: "config" },
  } as const;
  const scene: Scene = {
    base: { policy: T, id: "A" },
    proposed: { policy: E, id: "B" },
    live: { hosts: { mx1: "expired" } },
  };
  const judged = judgeScene({ ...scene, settings: { waivers: [waiver] } });
  expect(outcomeOf(judged, "mx-refused")).toMatchObject({
    kind: "waived",
    by: { kind: "waiver", until: "2026-11-24" },
  });
  expect(findingsOf(judged, "mx-refused")).toHaveLength(1);
  expect(judged.verdict).toBe("ready");
  expect(judgeScene(scene).verdict).toBe("blocked");
});
