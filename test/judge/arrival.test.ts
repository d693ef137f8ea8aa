import { expect, test } from "vitest";
import { hasArrived } from "../../src/judge/arrival.ts";
import { caseOf, type Scene } from "./scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const said = { policy: E, id: "B", mx: ["mx1"] };
const live = { policy: E, id: "B" };

test.each<[string, Scene, boolean]>([
  ["all of it", { verify: said, live }, true],
  ["not the id", { verify: said, live: { ...live, id: "A" } }, false],
  ["not the policy", { verify: said, live: { ...live, policy: T } }, false],
  ["not at every address", { verify: said, live: { ...live, second: T } }, false],
  ["one address serves nothing", { verify: said, live: { ...live, second: "none" } }, false],
  [
    "one address serves nothing, in testing",
    { verify: { ...said, policy: T }, live: { ...live, policy: T, second: "none" } },
    false,
  ],
  ["not the MX records", { verify: said, live: { ...live, mx: ["mx1", "mx2"] } }, false],
  [
    "not at every server of the zone",
    { verify: said, live: { ...live, serversDiffer: ["192.0.2.1: id A", "192.0.2.2: id B"] } },
    false,
  ],
  ["the record was not seen", { verify: said, live: { ...live, records: "unseen" } }, false],
  ["the policy was not seen", { verify: said, live: { ...live, policy: "unseen" } }, false],
  ["MX hosts are no part of a deploy", { verify: said, live: { ...live, hosts: { mx1: "expired" } } }, true],
  ["nor are they asked", { verify: said, live: { ...live, hosts: { mx1: "blocked" } } }, true],
  [
    "what is switched off is not waited for",
    { verify: said, live: { ...live, id: "A" }, settings: { off: ["deployed-drift"] } },
    true,
  ],
])("%s", (_, scene, arrived) => {
  expect(hasArrived(caseOf(scene))).toBe(arrived);
});
