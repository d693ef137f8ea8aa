import { describe, expect, test } from "vitest";
import { judge } from "../../../src/judge/judge.ts";
import { caseOf, findingsOf, judgeScene } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-alias", [
  [
    "an alias",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { aliases: { mx1: "mail.example.net" } } },
    "failed:warning",
    3,
  ],
  ["a name of its own", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "on its way out",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx1"] },
      live: { mx: ["mx1", "mx2"], aliases: { mx2: "mail.example.net" } },
    },
    "passed",
  ],
]);

describe("mx-alias says", () => {
  const live = { policy: "testing 604800 mx1 mx2", aliases: { mx1: "mail.example.net", mx2: "mail.example.org" } };
  const added = { base: { mx: ["mx1"] }, proposed: { mx: ["mx1", "mx2"] }, live };

  test("of each host whether the change brings it in", () => {
    const findings = findingsOf(judgeScene(added), "mx-alias");
    expect(findings.map(({ facts, alreadySo }) => [facts["host"], alreadySo])).toEqual([
      ["mx1.example.com", true],
      ["mx2.example.com", undefined],
    ]);
  });

  test("the name at the end of a chain, since that is the host", () => {
    const given = caseOf({ ...added, base: { mx: [] }, proposed: { mx: ["mx1"] } });
    const mxHosts = given.evidence.mxHosts.map((host) => ({ ...host, cnames: ["a.example.net", "b.example.net"] }));
    const verdict = judge({ ...given, evidence: { ...given.evidence, mxHosts } });
    expect(findingsOf(verdict, "mx-alias").map(({ facts }) => facts["target"])).toEqual(["b.example.net"]);
  });
});
