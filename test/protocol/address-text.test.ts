import fc from "fast-check";
import { expect, test } from "vitest";
import { addressForm } from "../../src/protocol/address-text.ts";

test.for([
  ["192.0.2.1", "canonical"],
  ["255.255.255.255", "canonical"],
  ["0.0.0.0", "canonical"],
  ["192.0.2.01", "none"],
  ["192.0.2.256", "none"],
  ["192.0.2", "none"],
  ["192.0.2.1.", "none"],
  ["0x7f.1", "none"],
  ["2001:db8::1", "canonical"],
  ["::", "canonical"],
  ["::ffff:192.0.2.1", "canonical"],
  ["2001:DB8::1", "not-canonical"],
  ["2001:db8:0:0:0:0:0:1", "not-canonical"],
  ["2001:db8:abcd:0012::1", "not-canonical"],
  ["[2001:db8::1]", "none"],
  ["fe80::1%eth0", "none"],
  ["2001:db8::1::2", "none"],
  [":", "none"],
  ["", "none"],
  ["mx.example", "none"],
] as const)("%j: %s", ([text, form]) => expect(addressForm(text)).toBe(form));

test("never throws; every address is one", () => {
  fc.assert(fc.property(fc.string(), (text) => void addressForm(text)));
  fc.assert(
    fc.property(fc.ipV4(), (text) => {
      expect(addressForm(text)).toBe("canonical");
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      expect(addressForm(text)).not.toBe("none");
    }),
  );
});
