import { describe, expect, test } from "vitest";
import { fieldPlace, hostPlace, mxLine, recordPlace } from "../../src/judge/locate.ts";
import type { PolicyView } from "../../src/judge/policy-view.ts";
import type { Location } from "../../src/location.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const POLICY =
  "version: STSv1\nmode: enforce\nmx: *.example.com\nmx: mx1.example.com\nmx: mx2.example.net\nmax_age: 86400\n";
const name = (text: string): DomainName => domainName(text) as DomainName;

/** `policy:4`, `zone:6`, `TXT _mta-sts.example.com`. */
function word(place: Location | undefined): string {
  switch (place?.kind) {
    case "file":
      return `${place.path.endsWith(".zone") ? "zone" : "policy"}:${place.span.startLine}`;
    case "dns":
      return `${place.type} ${place.owner}`;
    case "input":
      return `input ${place.name}`;
    default:
      return String(place?.kind);
  }
}

const proposed = (policy: string): PolicyView => inspectionOf({ proposed: { policy } }).policy.proposed;

describe("fieldPlace", () => {
  test.each([
    ["mode", POLICY, "policy:2"],
    ["mx", POLICY, "policy:5"],
    ["max_age", POLICY, "policy:6"],
    ["comment", POLICY, "policy:1"],
    ["mode", "version: STSv1\nmode: testing\nmode: enforce\nmx: mx1.example.com\nmax_age: 1\n", "policy:2"],
    ["mode", "version: STSv1\n\nmode: enforce\n", "policy:3"],
  ])("%s", (field, policy, expected) => {
    expect(word(fieldPlace(proposed(policy), field))).toBe(expected);
  });

  test("what is deployed has no lines to change", () => {
    const { policy } = inspectionOf({ live: { policy: POLICY } });
    expect(word(fieldPlace(policy.deployed, "mode"))).toBe("policy-host");
    expect(word(fieldPlace({ kind: "absent" }, "mode"))).toBe("input policy");
    expect(word(fieldPlace({ kind: "unknown", because: "timed-out" }, "mode"))).toBe("input policy");
  });
});

test.each([
  ["mx1.example.com", "policy:4"],
  ["mx7.example.com", "policy:3"],
  ["mx2.example.net", "policy:5"],
  ["mx1.example.net", "undefined"],
  ["a.b.example.com", "undefined"],
])("mxLine: the line that covers %s, by name before by wildcard: %s", (host, expected) => {
  expect(word(mxLine(proposed(POLICY), name(host)))).toBe(expected);
});

describe("hostPlace", () => {
  const zone = { mx: ["mx1", "mx9.example.org"] };
  test.each<[string, Scene, string, boolean, string]>([
    [
      "added by this change: its MX record",
      { proposed: { policy: POLICY, ...zone } },
      "mx9.example.org",
      true,
      "zone:6",
    ],
    [
      "not added: the line that covers it",
      { proposed: { policy: POLICY, ...zone } },
      "mx1.example.com",
      false,
      "policy:4",
    ],
    [
      "not covered: where the line goes",
      { proposed: { policy: POLICY, ...zone } },
      "mx9.example.org",
      false,
      "policy:5",
    ],
    [
      "the policy is not in the repository",
      { proposed: zone, live: { policy: POLICY } },
      "mx9.example.org",
      false,
      "zone:6",
    ],
    ["nothing is in the repository", { live: { policy: POLICY } }, "mx1.example.com", false, "MX example.com"],
  ])("%s", (_, scene, host, added, expected) => {
    expect(word(hostPlace(inspectionOf(scene), name(host), added))).toBe(expected);
  });
});

test.each<[string, Scene, string]>([
  ["one", { proposed: { records: ["spf", "v=STSv1; id=A"] } }, "zone:6"],
  ["the first of two", { proposed: { records: ["v=STSv1; id=A", "v=STSv1; id=B"] } }, "zone:5"],
  ["not determined", { proposed: { records: [null] } }, "zone:5"],
  ["to be made", { proposed: { records: [] } }, "TXT _mta-sts.example.com"],
  ["elsewhere", {}, "TXT _mta-sts.example.com"],
])("recordPlace: %s", (_, scene, expected) => {
  expect(word(recordPlace(inspectionOf(scene)))).toBe(expected);
});
