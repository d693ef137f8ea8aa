import { describe, expect, test } from "vitest";
import type { PolicyFetch } from "../../src/evidence.ts";
import { announced, fetchAnswer } from "../../src/judge/fetch-fault.ts";
import { inspect } from "../../src/judge/inspection.ts";
import { caseOf, inspectionOf, response, type Scene, type SceneLive } from "./scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

test.each<[string, SceneLive, boolean]>([
  ["a record", {}, true],
  ["not seen", { records: "unseen" }, true],
  ["none", { records: "none" }, false],
  ["two", { records: ["v=STSv1; id=1", "v=STSv1; id=2"] }, false],
  ["broken", { records: ["v=STSv1; id=1-2"] }, false],
  ["something else", { records: ["v=spf1 -all"] }, false],
])("announced by %s: %s", (_, live, expected) => {
  expect(announced(inspectionOf({ live }))).toBe(expected);
});

const RULE = {
  resultType: "sts-policy-fetch-error" as const,
  fault: (fetch: PolicyFetch) =>
    fetch.kind === "response" && fetch.response.status === 418
      ? { says: "is a teapot", facts: { status: 418 } }
      : undefined,
};

const turnsOn: Scene = { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } };
const widens: Scene = { base: { policy: E, id: "A" }, proposed: { policy: "enforce 604800 mx1 mx2", id: "B" } };

/** `error 198.51.100.10`, `? stsRecord needed`. */
function words(scene: Scene, fetched?: readonly PolicyFetch[]): readonly string[] {
  const given = caseOf(scene);
  const policyFetch = fetched && ({ kind: "observed", value: fetched } as const);
  const evidence = { ...given.evidence, ...(policyFetch && { policyFetch }) };
  const { findings = [], missing = [], needed } = fetchAnswer(inspect({ ...given, evidence }), RULE);
  return [
    ...findings.map(({ level, alreadySo, facts }) => `${level}${alreadySo ? " already so" : ""} ${facts["address"]}`),
    ...missing.map(({ what }) => `? ${what}${needed ? " needed" : ""}`),
  ];
}

const teapot = response(418, "");
const blind = (because: "deadline" | "no-ipv6"): PolicyFetch => ({
  kind: "unobserved",
  address: "2001:db8::1",
  because,
});

describe("fetchAnswer", () => {
  test.each<[string, Scene, PolicyFetch[] | undefined, string[]]>([
    ["no fault", turnsOn, undefined, []],
    ["the fault, and enforce is turned on", turnsOn, [teapot], ["error 198.51.100.10"]],
    ["the fault at one of two", turnsOn, [response(200, ""), { ...teapot, address: "192.0.2.1" }], ["error 192.0.2.1"]],
    ["the fault is there already", { ...widens, live: { policy: E } }, [teapot], ["warning already so 198.51.100.10"]],
    ["an address not seen", turnsOn, [blind("deadline")], ["? policyFetch needed"]],
    ["the fault beside it", turnsOn, [blind("deadline"), teapot], ["error 198.51.100.10", "? policyFetch needed"]],
    ["no IPv6 costs nothing where IPv4 answered", turnsOn, [blind("no-ipv6"), response(200, "")], []],
    [
      "not seen, and enforce is turned on",
      { ...turnsOn, live: { policy: "unseen" } },
      undefined,
      ["? policyFetch needed"],
    ],
    ["not seen, and the change widens", { ...widens, live: { policy: "unseen" } }, undefined, ["? policyFetch needed"]],
    ["the record was not seen", { ...turnsOn, live: { records: "unseen" } }, [teapot], ["? stsRecord needed"]],
  ])("%s", (_, scene, fetched, expected) => expect(words(scene, fetched)).toEqual(expected));

  test("says what, where, and what comes of it", () => {
    const given = caseOf(turnsOn);
    const evidence = { ...given.evidence, policyFetch: { kind: "observed", value: [teapot] } } as const;
    const url = "https://mta-sts.example.com/.well-known/mta-sts.txt";
    expect(fetchAnswer(inspect({ ...given, evidence }), RULE).findings).toEqual([
      {
        level: "error",
        message: `${url} is a teapot (198.51.100.10); senders cannot get the policy.`,
        location: { kind: "policy-host", url, address: "198.51.100.10" },
        resultType: "sts-policy-fetch-error",
        facts: { status: 418, address: "198.51.100.10" },
      },
    ]);
  });

  test("a name without an address is named without one", () => {
    const nobody: PolicyFetch = { kind: "failed", address: "", reason: "no address" };
    const given = caseOf(turnsOn);
    const evidence = { ...given.evidence, policyFetch: { kind: "observed", value: [nobody] } } as const;
    const rule = { ...RULE, fault: () => ({ says: "has no address", facts: {} }) };
    const [finding] = fetchAnswer(inspect({ ...given, evidence }), rule).findings ?? [];
    expect(finding?.message).toContain("mta-sts.txt has no address; senders");
    expect(finding?.location).toEqual({
      kind: "policy-host",
      url: "https://mta-sts.example.com/.well-known/mta-sts.txt",
    });
  });
});
