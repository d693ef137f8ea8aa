import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { domainName, hostName, resemblesAddress } from "../../src/protocol/domain-name.ts";

const label63 = "a".repeat(63);
const name253 = `${label63}.${label63}.${label63}.${"a".repeat(61)}`;

describe("RFC 5321 §4.1.2, names in ASCII", () => {
  test.for([
    ["example.com", "example.com"],
    ["MX1.Example.COM.", "mx1.example.com"],
    ["localhost", "localhost"],
    ["1st.example", "1st.example"],
    ["xn--mnchen-3ya.example", "xn--mnchen-3ya.example"],
    [name253, name253],
    [`${name253}.`, name253],
  ])("%s", ([text = "", name]) => expect(domainName(text)).toBe(name));

  test.for([
    "",
    ".",
    "..",
    "example.com..",
    ".example.com",
    "a..b",
    "-a.example",
    "a-.example",
    "a_b.example",
    "a b.example",
    "example.com\n",
    "example.com:25",
    "[192.0.2.1]",
    "\u212aelvin.example", // the Kelvin sign, whose lower case is an ASCII k
    "ſ.example", // long s, whose upper case is an ASCII S
    `${label63}a.example`,
    `a${name253}`,
    `${name253}..`,
  ])("no name: %j", (text) => expect(domainName(text)).toBeUndefined());
});

describe("RFC 9525 §6.3, U-labels of hosts", () => {
  test.for([
    ["münchen.example", "xn--mnchen-3ya.example"],
    ["MÜNCHEN.example.", "xn--mnchen-3ya.example"],
    ["straße.example", "xn--strae-oqa.example"],
    ["mx.郵便.example", "mx.xn--wtqs30n.example"],
    ["Mx1.example", "mx1.example"],
  ])("%s", ([text = "", name]) => expect(hostName(text)).toBe(name));

  test.for([
    "ｅｘａｍｐｌｅ.com", // full-width letters
    "１９２.０.２.１", // full-width digits
    "192.0.２.1",
    "例。com", // ideographic full stop
    "exam\u00adple.com", // soft hyphen
    "münchen.example:25",
    "user@münchen.example",
    "münchen.example/path",
    "mün chen.example",
    "m%C3%BCnchen.example",
    "\u0301.example", // begins with a combining mark
    "a\ud800.example", // half of a surrogate pair
    "ü".repeat(300),
  ])("no host: %j", (text) => expect(hostName(text)).toBeUndefined());
});

test("never throws, and gives names that are names", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.domain(), fc.string({ unit: "grapheme" })), (text) => {
      const name = hostName(text);
      if (name !== undefined) expect(domainName(name)).toBe(name);
    }),
  );
});

test("names that only look like addresses", () => {
  const resembling = ["192.0.2.25", "host.1", "25", "a.example", "1.example"].filter((text) => {
    const name = domainName(text);
    return name !== undefined && resemblesAddress(name);
  });
  expect(resembling).toEqual(["192.0.2.25", "host.1", "25"]);
});
