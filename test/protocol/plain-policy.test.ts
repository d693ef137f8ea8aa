import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlainPolicy } from "../../src/protocol/plain-policy.ts";
import { parsePolicy, parseWhole } from "../../src/protocol/policy.ts";
import { vectors } from "./vectors.ts";

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A name of this many octets, at most 256, none of whose labels is longer than 63. */
const nameOf = (length: number): string => "a".repeat(length).replace(/a{63}a(?=a)/g, `${"a".repeat(63)}.`);

/** Whatever the short way reads, the whole reader reads as the same. Says whether the short way was taken. */
function agrees(bytes: Uint8Array): boolean {
  const plain = readPlainPolicy(bytes);
  const [whole, parse] = [parseWhole(bytes), parsePolicy(bytes)];
  expect(parse.kind).toBe(whole.kind);
  expect(parse.fields).toEqual(whole.fields);
  if (plain === undefined) expect(parse).toEqual(whole);
  else expect({ kind: "valid", policy: plain, fields: parse.fields }).toEqual(whole);
  if (parse.kind === "valid" && whole.kind === "valid") expect(parse.policy).toEqual(whole.policy);
  return plain !== undefined;
}

const text = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const policyWith = (mx: string, maxAge = "604800"): string =>
  text("version: STSv1", "mode: enforce", `mx: ${mx}`, `max_age: ${maxAge}`);

describe("plain", () => {
  test.for<readonly [what: string, text: string]>([
    [
      "the RFC's example",
      "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n",
    ],
    ["no space, and several", text("version:STSv1", "mode:   testing", "mx:a", "max_age:  0")],
    ["another order, endings mixed", "max_age: 1\r\nmx: a\nmode: enforce\r\nmx: b\nversion: STSv1\n"],
    ["no last line end", "version: STSv1\nmode: enforce\nmax_age: 1\nmx: a"],
    ["none without mx", text("version: STSv1", "mode: none", "max_age: 86400")],
    ["none with mx", text("version: STSv1", "mode: none", "mx: a", "max_age: 86400")],
    ["a label of 63", policyWith(`${"a".repeat(63)}.example`)],
    ["a name of 253", policyWith(nameOf(253))],
    ["a wildcard with 253", policyWith(`*.${nameOf(253)}`)],
    ["ten digits", policyWith("a", "0031557600")],
    ["inner hyphens", policyWith("xn--mnchen-3ya.a--b")],
  ])("%s", ([, plain]) => expect(agrees(octets(plain))).toBe(true));
});

describe("left to the whole reader", () => {
  test.for<readonly [what: string, text: string]>([
    ["nothing", ""],
    ["no version", text("mode: enforce", "mx: a", "max_age: 1")],
    ["no mode", text("version: STSv1", "mx: a", "max_age: 1")],
    ["no max_age", text("version: STSv1", "mode: enforce", "mx: a")],
    ["no mx", text("version: STSv1", "mode: testing", "max_age: 1")],
    ["an extension", text("x: y", policyWith("a"))],
    ["a second version", policyWith("a") + text("version: STSv1")],
    ["a second mode", policyWith("a") + text("mode: none")],
    ["a second max_age", policyWith("a") + text("max_age: 2")],
    ["a blank line", `${policyWith("a")}\n`],
    ["a byte order mark", `\uFEFF${policyWith("a")}`],
    ["a byte order mark within", policyWith("a").replace("mx", "\uFEFFmx")],
    ["a CR alone", policyWith("a").replace("\n", "\r")],
    ["a CR at the very end", policyWith("a").replace(/\n$/, "\r")],
    ["a space at a line's end", policyWith("a ")],
    ["a tab after the colon", policyWith("\ta")],
    ["a no-break space", policyWith("\u00A0a")],
    ["capitals in a host", policyWith("A.example")],
    ["capitals in a name", policyWith("a").replace("mx", "Mx")],
    ["capitals in a mode", policyWith("a").replace("enforce", "Enforce")],
    ["more after a mode", policyWith("a").replace("enforce", "enforced")],
    ["more after the version", policyWith("a").replace("STSv1", "STSv10")],
    ["a label of 64", policyWith(`${"a".repeat(64)}.example`)],
    ["a last label of 64", policyWith(`example.${"a".repeat(64)}`)],
    ["a name of 254", policyWith(nameOf(254))],
    ["a dot at the end", policyWith("a.example.")],
    ["a dot at the start", policyWith(".a.example")],
    ["two dots", policyWith("a..example")],
    ["a hyphen before a dot", policyWith("a-.example")],
    ["a hyphen after a dot", policyWith("a.-example")],
    ["a hyphen at the end", policyWith("a-")],
    ["a star alone", policyWith("*")],
    ["a star without a dot", policyWith("*a.example")],
    ["nothing after the star", policyWith("*.")],
    ["no host", policyWith("")],
    ["eleven digits", policyWith("a", "00031557600")],
    ["above the longest", policyWith("a", "31557601")],
    ["no digit", policyWith("a", "")],
    ["a sign", policyWith("a", "+1")],
  ])("%s", ([, other]) => expect(agrees(octets(other))).toBe(false));
});

test("the vectors are read alike by both", () => {
  const read = vectors<{ id: string; topic: string; input?: string; input_base64?: string }>("policy").map(
    ({ input, input_base64 }) =>
      agrees(input === undefined ? Buffer.from(input_base64 ?? "", "base64") : octets(input)),
  );
  expect(new Set(read)).toEqual(new Set([true, false]));
});

/** Mostly one of the plain ones, now and then one of the odd ones. */
const mostly = <T>(plain: readonly T[], odd: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...plain) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const HOSTS = ["a", "mx1.example.com", "0-0.9", "1.2.3.4", "xn--mnchen-3ya.de", `${"b".repeat(63)}.c`, nameOf(253)];
const ODD_HOSTS = [
  "",
  ".",
  "a.",
  "*.a",
  "a..b",
  "-a",
  "a-",
  "a_b",
  "A.b",
  "ä",
  "a b",
  `${"b".repeat(64)}.c`,
  nameOf(254),
];
const VALUES = {
  version: mostly(["STSv1"], ["", "stsv1", "STSv2", "STSv1 x", "STSv1\0", '"STSv1"']),
  mode: mostly(["enforce", "testing", "none"], ["", "None", "enforced", "enforc", "non", "testing,", "report"]),
  max_age: mostly(
    ["0", "1", "604800", "31557600", "0031557600"],
    ["", "31557601", "9999999999", "00000000001", "1e3", "-1", "1s"],
  ),
  mx: fc
    .tuple(mostly(["", "*."], ["*", ".", "**.", "*.*."]), mostly(HOSTS, ODD_HOSTS))
    .map(([star, host]) => `${star}${host}`),
} as const;
const ENDS = mostly(["\n", "\r\n"], ["", "\r", " \n", "\t\r\n", "\r\r\n", "\n\n", "\v\n", "\u0085\n", "\u2028\n"]);

const line = (name: keyof typeof VALUES): fc.Arbitrary<string> =>
  fc
    .tuple(
      mostly([name], [name.toUpperCase(), ` ${name}`, `\uFEFF${name}`, `${name}s`, name.slice(1), `${name}\0`]),
      mostly([":"], ["", " :", "\t:", "=", "::", "："]),
      mostly(["", " ", "   "], ["\t", " \t", "\u00A0", "\u3000"]),
      VALUES[name],
      ENDS,
    )
    .map((parts) => parts.join(""));

const nearlyPlain: fc.Arbitrary<string> = fc
  .tuple(
    line("version"),
    line("mode"),
    line("max_age"),
    fc.array(line("mx"), { minLength: 1, maxLength: 3 }),
    fc.oneof(
      { weight: 9, arbitrary: fc.constant("") },
      { weight: 1, arbitrary: fc.oneof(line("version"), line("mode"), line("max_age"), fc.constant("x: y\n")) },
    ),
  )
  .chain(([version, mode, maxAge, mx, more]) =>
    fc.shuffledSubarray([version, mode, maxAge, ...mx, more], { minLength: 5 }),
  )
  .map((lines) => lines.join(""))
  .chain((whole) => mostly([whole, whole, whole.trimEnd()], [`\uFEFF${whole}`, whole.slice(0, -3), whole.slice(1)]));

/** Both kinds must have come up, or the property said nothing. */
function holdsFor(texts: fc.Arbitrary<Uint8Array>, numRuns: number): void {
  let plain = 0;
  fc.assert(
    fc.property(texts, (bytes) => {
      if (agrees(bytes)) plain += 1;
    }),
    { numRuns },
  );
  expect(plain).toBeGreaterThan(numRuns / 10);
  expect(plain).toBeLessThan((numRuns * 9) / 10);
}

test("texts that are plain, or nearly", () => holdsFor(nearlyPlain.map(octets), 3_000));

test("any octet of a policy changed", () => {
  const changed = fc.tuple(nearlyPlain, fc.nat(), fc.option(fc.nat(255), { freq: 2 })).map(([whole, at, octet]) => {
    const bytes = octets(whole);
    if (octet !== null) bytes[at % bytes.length] = octet;
    return bytes;
  });
  holdsFor(changed, 3_000);
});

test("what is compared and printed of a parse is its kind and its policy; its fields are there when asked for", () => {
  const parse = parsePolicy(octets(policyWith("a")));
  expect(Object.keys(parse)).toEqual(["kind", "policy"]);
  expect(parse.fields.map(({ name, value }) => [name, value])).toEqual([
    ["version", "STSv1"],
    ["mode", "enforce"],
    ["mx", "a"],
    ["max_age", "604800"],
  ]);
});
