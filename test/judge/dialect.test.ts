import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPolicyAs, readRecordsAs } from "../../src/judge/dialect.ts";
import { senders } from "../../src/judge/senders.ts";
import { vectors } from "../protocol/vectors.ts";
import { difference, octetsOf, type PolicyVector, peersOf, type RecordVector } from "./peers.ts";

const policies = vectors<PolicyVector>("policy");
const records = vectors<RecordVector>("record");
const texts = policies.filter(isUtf8);

describe.each(senders.map((profile) => [profile.id, profile] as const))("%s", (id, profile) => {
  test.each(texts.map((vector) => [vector.id, vector] as const))("reads %s", (_, vector) => {
    expect(difference(vector, readPolicyAs(profile, octetsOf(vector)))).toEqual(peersOf(vector).get(id));
  });

  test.each(records.map((vector) => [vector.id, vector] as const))("reads %s", (_, vector) => {
    expect(difference(vector, readRecordsAs(profile, vector.input))).toEqual(peersOf(vector).get(id));
  });
});

test("every sender that a vector names is one of these", () => {
  const named = [...policies, ...records].flatMap((vector) => [...peersOf(vector).keys()]);
  expect(new Set(named)).toEqual(new Set(senders.map(({ id }) => id)));
});

// What peers do was written down for texts only, so that a vector of octets that are none says nothing about them. From their source:
// Go and JavaScript put U+FFFD and go on, reqwest does for KumoMTA; Stalwart, postfix-tlspol and Python's decoder stop.
test("octets that are no UTF-8", () => {
  const octets = policies.filter((vector) => !isUtf8(vector));
  for (const vector of octets) expect(vector.peers_disagree).toBeUndefined();
  const start = new TextEncoder().encode("version: STSv1\nmode: testing\nmx: a.example.com\nmax_age: 86400\nnote: a");
  const broken = new Uint8Array([...start, 0xff, 0x0a]);
  const dropping = senders.filter((profile) => readPolicyAs(profile, broken).kind === "dropped");
  expect(dropping.map(({ id }) => id)).toEqual(["postfix-mta-sts-resolver", "postfix-tlspol", "stalwart"]);
});

function isUtf8(vector: PolicyVector): boolean {
  return !new TextDecoder().decode(octetsOf(vector)).includes("\ufffd");
}

describe("what no vector asks", () => {
  const named = (id: string) => senders.find((sender) => sender.id === id) ?? senders[0];
  const reading = (id: string, text: string) => {
    const profile = named(id);
    return profile && readPolicyAs(profile, new TextEncoder().encode(text));
  };
  const rest = "version: STSv1\nmode: enforce\nmx: a.example.com\n";

  test.each([
    ["mailauth", "1e3", 1000],
    ["mailauth", "0x10", 16],
    ["mailauth", "Infinity", undefined],
    ["maddy", "+5", 5],
    ["maddy", "9223372036854775808", undefined],
    ["kumomta", "+5", 5],
    ["kumomta", "-5", undefined],
    ["postfix-mta-sts-resolver", "1_000", 1000],
    ["postfix-mta-sts-resolver", "1__0", undefined],
    ["postfix-tlspol", "31557601", 31_557_600],
    ["stalwart", "soon", 86_400],
    ["mox", "2147483648", undefined],
  ])("%s: max_age %s is %s", (id, value, seconds) => {
    const read = reading(id, `${rest}max_age: ${value}\n`);
    expect(read?.kind === "policy" ? read.maxAge : undefined).toBe(seconds);
  });

  test.each([
    ["mox", "ab--cd.example.com", false],
    ["mox", "xn--mnchen-3ya.example", true],
    ["mox", "a.example.com.", false],
    ["postfix-tlspol", "a.example.com.", true],
    ["postfix-tlspol", "*.192.0.2.1", false],
    ["postfix-tlspol", `${"a".repeat(64)}.example.com`, false],
    ["stalwart", "*.", false],
  ])("%s: mx %s alone %s", (id, value, taken) => {
    const read = reading(id, `version: STSv1\nmode: enforce\nmx: ${value}\nmax_age: 86400\n`);
    expect(read?.kind === "policy").toBe(taken);
  });

  test("a policy longer than a sender reads", () => {
    const long = `${rest}${"x: y\n".repeat(2100)}max_age: 86400\n`;
    expect(reading("chasquid", long)).toEqual({ kind: "dropped" });
    expect(reading("mox", long)?.kind).toBe("policy");
    expect(reading("mox", `${rest}${"x: y\n".repeat(14_000)}max_age: 86400\n`)).toEqual({ kind: "dropped" });
  });

  test.each([
    ["mailauth", ["v=STSv1; id=a (b;c)"], "a"],
    ["mailauth", ['v=STSv1; note="a; id=b"; id=c'], "c"],
    ["stalwart", ["v=STSv1; x; id=a"], undefined],
    ["stalwart", ["v=STSv1; i d = a b"], "ab"],
    ["mox", ["v=STSv1; id=a; id=;"], "a"],
    ["chasquid", ["v=STSv1;", "v=STSv1;"], null],
  ])("%s: %j is %s", (id, given, expected) => {
    const profile = named(id);
    const read = profile && readRecordsAs(profile, given);
    expect(read?.kind === "id" ? read.id : undefined).toBe(expected);
  });
});

test("nothing throws, and what is kept is a mode, a number and patterns", () => {
  const line = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("version: STSv1", "mode: none", "mode:", "max_age: 1", "mx: a", "MX : *.b", "\ufeff", "a:b:c"),
  );
  const text = fc.array(line).map((lines) => new TextEncoder().encode(lines.join("\n")));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), text), fc.array(fc.string()), (bytes, given) => {
      for (const profile of senders) {
        const read = readPolicyAs(profile, bytes);
        if (read.kind === "policy") expect(Number.isNaN(read.maxAge)).toBe(false);
        readRecordsAs(profile, [...given, `v=STSv1;${given.join(";")}`]);
      }
    }),
  );
});
