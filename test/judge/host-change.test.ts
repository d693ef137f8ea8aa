import { describe, expect, test } from "vitest";
import { addedHosts, type HostChange, isNewlyRefused } from "../../src/judge/host-change.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const E = "enforce 604800 mx1";
const E12 = "enforce 604800 mx1 mx2";
const T = "testing 604800 mx1";

/** `mx1 proposed live refused(before)`: everything that is so. */
function word(change: HostChange): string {
  const { host, proposed, live, added, after, refusedBefore } = change;
  return [
    host.replace(".example.com", ""),
    proposed && "proposed",
    live && "live",
    added && "added",
    after.verdict,
    refusedBefore && "before",
    isNewlyRefused(change) && "newly",
  ]
    .filter(Boolean)
    .join(" ");
}

describe("each host before the merge and after it", () => {
  test.each<[string, Scene, readonly string[]]>([
    ["untouched and good", { base: { policy: E }, proposed: { policy: E } }, ["mx1 proposed live accepted"]],
    [
      "enforced as before, and bad as before",
      { base: { policy: E }, proposed: { policy: E12 }, live: { policy: E, hosts: { mx1: "expired" } } },
      ["mx1 proposed live refused before"],
    ],
    [
      "enforce turned on",
      { base: { policy: T }, proposed: { policy: E }, live: { policy: T, hosts: { mx1: "expired" } } },
      ["mx1 proposed live refused newly"],
    ],
    [
      "its pattern removed",
      { base: { policy: E12 }, proposed: { policy: E }, live: { policy: E12, mx: ["mx1", "mx2"] } },
      ["mx1 proposed live accepted", "mx2 proposed live refused newly"],
    ],
    [
      "added",
      { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: E } },
      ["mx1 proposed live accepted", "mx2 proposed added refused newly"],
    ],
    [
      "removed, and still live until its TTL has passed",
      { base: { mx: ["mx1", "mx2"] }, proposed: { mx: ["mx1"] }, live: { policy: E12, mx: ["mx1", "mx2"] } },
      ["mx1 proposed live accepted", "mx2 live accepted"],
    ],
    [
      "in base, on its way to be live: not added, and refused before",
      { base: { mx: ["mx1", "mx2"] }, proposed: { mx: ["mx1", "mx2"] }, live: { policy: E } },
      ["mx1 proposed live accepted", "mx2 proposed refused before"],
    ],
    [
      "the deployed policy not seen: base's stands in for it",
      {
        base: { policy: E },
        proposed: { policy: E12 },
        live: { policy: "unseen", hosts: { mx1: "expired" } },
      },
      ["mx1 proposed live refused before"],
    ],
    ["no policy proposed", { base: { policy: E }, proposed: { policy: null } }, []],
    ["no policy at all", { live: { policy: "none" } }, []],
  ])("%s", (_, scene, expected) => {
    expect(inspectionOf(scene).hosts.map(word)).toEqual(expected);
  });
});

describe("addedHosts", () => {
  test.each<[string, Scene, readonly string[]]>([
    ["MX not said", { live: { mx: ["mx1"] } }, []],
    ["neither live nor in base", { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx3"] } }, ["mx3.example.com"]],
    ["live already", { base: { mx: [] }, proposed: { mx: ["mx1"] } }, []],
    ["in base already", { base: { mx: ["mx3"] }, proposed: { mx: ["mx3"] } }, []],
    [
      "the live set not seen",
      { base: { mx: ["mx1"] }, proposed: { mx: ["mx3"] }, live: { mx: "unseen" } },
      ["mx3.example.com"],
    ],
    ["a null MX adds none", { base: { mx: ["mx1"] }, proposed: { mx: ["."] } }, []],
    ["no MX any more: the domain itself", { base: { mx: ["mx1"] }, proposed: { mx: [] } }, ["example.com"]],
  ])("%s", (_, scene, expected) => {
    expect(addedHosts(inspectionOf(scene).mx)).toEqual(expected);
  });
});
