import { describe, expect, test } from "vitest";
import { policyRemarks } from "../../../src/judge/policy-remarks.ts";
import { senders } from "../../../src/judge/senders.ts";
import { vectors } from "../../protocol/vectors.ts";
import { octetsOf, type PolicyVector, peersOf } from "../peers.ts";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "../scene.ts";

const RULE = "policy-fragile";
const NONE = "version: STSv1\nmode: none\nmax_age: 86400\n";
const wordIn = (scene: Scene): string => wordOf(outcomeOf(judgeScene(scene), RULE));
const remarksOn = (text: string) => policyRemarks(new TextEncoder().encode(text));
const codesIn = (text: string) => remarksOn(text).map(({ code, span }) => `${span.startLine} ${code}`);

const valid = vectors<PolicyVector>("policy").filter(({ expect: expected }) => expected === "valid");
const nameOf = (id: string): string => senders.find((sender) => sender.id === id)?.name ?? id;

test.each(valid.map((vector) => [vector.id, vector] as const))("%s: the senders that the vector names", (_, vector) => {
  const named = new Set(policyRemarks(octetsOf(vector)).flatMap((remark) => remark.senders));
  expect([...named].sort()).toEqual([...peersOf(vector).keys()].map(nameOf).sort());
});

describe("one finding for each cause, at its line", () => {
  const file = (...lines: string[]): string => `version: STSv1\n${lines.join("\n")}\n`;
  test.each([
    ["nothing odd", file("mode: enforce", "mx: a.example.com", "max_age: 86400"), []],
    ["none with mx", file("mode: none", "mx: a.example.com", "max_age: 86400"), []],
    ["none without mx", file("max_age: 86400", "mode: none"), ["3 none-without-mx"]],
    ["nmx", file("mode: none", "mx: a.example.com", "nmx: b.example.com", "max_age: 86400"), ["4 near-miss"]],
    ["an address", file("mode: enforce", "mx: a.example.com", "mx: 192.0.2.25", "max_age: 86400"), ["4 mx-address"]],
    ["max_age 0", file("mode: testing", "mx: a.example.com", "max_age: 0"), ["4 max-age-zero"]],
    ["3599", file("mode: testing", "mx: a.example.com", "max_age: 3599"), ["4 max-age-under-an-hour"]],
    ["3600", file("mode: testing", "mx: a.example.com", "max_age: 3600"), []],
    ["a second mode", file("mode: testing", "mode: enforce", "mx: a.example.com", "max_age: 86400"), ["3 duplicate"]],
    ["a colon", file("mode: enforce", "mx: a.example.com", "max_age: 86400", "url: https://x"), ["5 unknown-field"]],
    ["a harmless field", file("mode: enforce", "mx: a.example.com", "max_age: 86400", "note: x"), []],
    ["hyphens in the third place", file("mode: enforce", "mx: ab--cd.example.com", "max_age: 86400"), ["3 mx"]],
    ["a whole year", file("mode: enforce", "mx: a.example.com", "max_age: 31557600"), ["4 max-age"]],
    [
      "several",
      file("mode: none", "max_age: 0", "max_age: 0", "x: a:b"),
      ["2 none-without-mx", "3 max-age-zero", "4 duplicate", "5 unknown-field"],
    ],
    ["an invalid policy", file("mode: enforce", "nmx: a.example.com", "max_age: 86400"), []],
  ])("%s", (_, text, codes) => expect(codesIn(text)).toEqual(codes));

  test("a cause is told apart from another that makes the same sender drop the policy", () => {
    const [none, duplicate] = remarksOn(`${NONE}mode: none\n`);
    expect(none?.senders).toEqual(["chasquid", "Stalwart"]);
    expect(duplicate?.senders).toEqual(["KumoMTA"]);
  });

  test("a second field that a third one repairs troubles nobody who takes the last", () => {
    const [second] = remarksOn(
      "version: STSv1\nmode: testing\nmode: none\nmode: testing\nmx: a.example.com\nmax_age: 86400\n",
    );
    expect(second?.senders).toEqual(["KumoMTA"]);
  });

  test("over 10 kB: what chasquid does not read, and who reads nothing", () => {
    const long = (lines: number): string =>
      `version: STSv1\nmode: enforce\nmx: a.example.com\n${"x: y\n".repeat(lines)}`;
    expect(remarksOn(`${long(10)}max_age: 86400\n`)).toEqual([]);
    expect(remarksOn(`${long(2100)}max_age: 86400\n`)).toMatchObject([{ code: "length", senders: ["chasquid"] }]);
    const [length] = remarksOn(`${long(14_000)}max_age: 86400\n`);
    expect(length?.senders).toEqual(["chasquid", "mox", "postfix-mta-sts-resolver", "postfix-tlspol"]);
  });

  test("a file made to provoke stays a short report", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `k${index}: a:b\n`).join("");
    expect(remarksOn(`version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 86400\n${lines}`).length).toBeLessThan(
      25,
    );
  });

  test("what a sender reads is said in the words of the policy", () => {
    const text = "version: STSv1\nmode: enforce\nmx: a.example.com\nMX: b.example.com\nmode: none\nmax_age: 86400\n";
    const [mx, mode] = remarksOn(text);
    expect(mx?.message).toContain("ZoneMTA (mailauth) reads the mx b.example.com as well");
    expect(mode?.message).toContain("KumoMTA drops the policy, and chasquid, maddy, postfix-mta-sts-resolver");
    expect(mode?.message).toContain("read mode none");
  });
});

describe("the rule", () => {
  test("points at the line and names the senders", () => {
    const [finding, ...more] = findingsOf(
      judgeScene({ base: { policy: "enforce 86400 mx1" }, proposed: { policy: NONE } }),
      RULE,
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      level: "warning",
      location: { kind: "file", span: { startLine: 2 } },
      facts: { code: "none-without-mx", senders: "chasquid, Stalwart" },
    });
    expect(finding).not.toHaveProperty("alreadySo");
  });

  test("what base said as well is already so, what is new beside it is not", () => {
    const scene = { base: { policy: NONE }, proposed: { policy: `${NONE}mode: none\n` } };
    const marks = findingsOf(judgeScene(scene), RULE).map(({ facts, alreadySo }) => [
      facts["code"],
      alreadySo ?? false,
    ]);
    expect(marks).toEqual([
      ["none-without-mx", true],
      ["duplicate", false],
    ]);
  });

  test("a long file that grows was long before", () => {
    const long = (lines: number): string => `${NONE}mx: mx1.example.com\n${"x: y\n".repeat(lines)}`;
    const [finding] = findingsOf(judgeScene({ base: { policy: long(2100) }, proposed: { policy: long(2101) } }), RULE);
    expect(finding).toMatchObject({ facts: { code: "length" }, alreadySo: true });
  });

  test("a deployed policy that the change does not speak of is already so", () => {
    const [finding] = findingsOf(judgeScene({ proposed: { id: "B" }, live: { policy: NONE } }), RULE);
    expect(finding).toMatchObject({ level: "warning", alreadySo: true, location: { kind: "policy-host" } });
  });

  test.each<[string, Scene, string]>([
    ["a policy that all read alike", { proposed: { policy: "enforce 86400 mx1" } }, "passed"],
    ["no policy", { base: { policy: NONE }, proposed: { policy: null } }, "not-applicable"],
    ["an invalid one", { proposed: { policy: "version: STSv1\n" } }, "not-applicable"],
    ["none seen", { proposed: { id: "B" }, live: { policy: "unseen" } }, "not-applicable"],
  ])("%s", (_, scene, word) => expect(wordIn(scene)).toBe(word));

  test("text that is not ASCII needs a charset, which only the policy host can declare", () => {
    const policy = "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 86400\nnote: é\n";
    // The scene's host says text/plain and no charset.
    const [finding] = findingsOf(judgeScene({ proposed: { policy } }), RULE);
    expect(finding).toMatchObject({ facts: { code: "undeclared-charset", senders: "postfix-mta-sts-resolver" } });
    expect(wordIn({ proposed: { policy }, live: { policy: "unseen" } })).toBe("passed");
  });
});
