import { describe, expect, test } from "vitest";
import { inspectionOf, type Scene } from "./scene.ts";

const E = "enforce 604800 mx1";
const E12 = "enforce 604800 mx1 mx2";
const T = "testing 604800 mx1";

/** `proposed × deployed: partial (mx1 accepted, mx2 refused)`, one a line. */
function table(scene: Scene): readonly string[] {
  return inspectionOf(scene).deliveries.map(({ policy, mx, outcome, hosts }) => {
    const each = hosts.map(({ host, verdict }) => `${host.replace(".example.com", "")} ${verdict}`);
    return `${policy} × ${mx}: ${outcome}${each.length > 0 ? ` (${each.join(", ")})` : ""}`;
  });
}

describe("what senders do with the policies they may hold, on the MX sets they may see", () => {
  test.each<[string, Scene, readonly string[]]>([
    [
      "policy alone",
      { base: { policy: T }, proposed: { policy: E }, live: { policy: T } },
      [
        "proposed × proposed: delivers (mx1 accepted)",
        "proposed × deployed: delivers (mx1 accepted)",
        "deployed × proposed: delivers (mx1 accepted)",
        "deployed × deployed: delivers (mx1 accepted)",
      ],
    ],
    [
      "a host and its pattern added together",
      {
        base: { policy: E, mx: ["mx1"] },
        proposed: { policy: E12, mx: ["mx1", "mx2"] },
        live: { policy: E, hosts: { mx1: "expired" } },
      },
      [
        "proposed × proposed: partial (mx1 refused, mx2 accepted)",
        "proposed × deployed: rejects (mx1 refused)",
        "deployed × proposed: rejects (mx1 refused, mx2 refused)",
        "deployed × deployed: rejects (mx1 refused)",
      ],
    ],
    [
      "testing delivers to what it would refuse",
      { base: { policy: T }, proposed: { policy: T }, live: { policy: T, hosts: { mx1: "expired" } } },
      [
        "proposed × proposed: delivers (mx1 refused)",
        "proposed × deployed: delivers (mx1 refused)",
        "deployed × proposed: delivers (mx1 refused)",
        "deployed × deployed: delivers (mx1 refused)",
      ],
    ],
    [
      "not probed",
      { base: { policy: E }, proposed: { policy: E12 }, live: { policy: E, hosts: { "*": "blocked" } } },
      [
        "proposed × proposed: unknown (mx1 unknown)",
        "proposed × deployed: unknown (mx1 unknown)",
        "deployed × proposed: unknown (mx1 unknown)",
        "deployed × deployed: unknown (mx1 unknown)",
      ],
    ],
    [
      "no policy any more: as without MTA-STS, and those who hold one go by it",
      { base: { policy: E }, proposed: { policy: null }, live: { policy: E } },
      [
        "proposed × proposed: delivers",
        "proposed × deployed: delivers",
        "deployed × proposed: delivers (mx1 accepted)",
        "deployed × deployed: delivers (mx1 accepted)",
      ],
    ],
    [
      "none deployed: nobody holds one",
      { base: {}, proposed: { policy: T }, live: { policy: "none", records: "none" } },
      ["proposed × proposed: delivers (mx1 accepted)", "proposed × deployed: delivers (mx1 accepted)"],
    ],
    [
      "deployed policy not seen",
      { base: { policy: E }, proposed: { policy: E }, live: { policy: "unseen" } },
      [
        "proposed × proposed: delivers (mx1 accepted)",
        "proposed × deployed: delivers (mx1 accepted)",
        "deployed × proposed: unknown",
        "deployed × deployed: unknown",
      ],
    ],
    [
      "a null MX takes no mail, so there is nothing to deliver",
      { base: { policy: E, mx: ["mx1"] }, proposed: { policy: E, mx: ["."] }, live: { policy: E } },
      ["proposed × deployed: delivers (mx1 accepted)", "deployed × deployed: delivers (mx1 accepted)"],
    ],
    [
      "MX not seen: no host to judge by",
      { base: { policy: E }, proposed: { policy: E }, live: { policy: E, mx: "unseen" } },
      [
        "proposed × proposed: unknown",
        "proposed × deployed: unknown",
        "deployed × proposed: unknown",
        "deployed × deployed: unknown",
      ],
    ],
  ])("%s", (_, scene, expected) => {
    expect(table(scene)).toEqual(expected);
  });
});
