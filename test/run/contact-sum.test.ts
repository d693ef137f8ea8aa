import { expect, test } from "vitest";
import type { Contact } from "../../src/evidence.ts";
import { openContactSum } from "../../src/run/contact-sum.ts";

const contact = (name: string, more: Partial<Contact> = {}): Contact => ({
  purpose: "dns",
  name,
  address: "192.0.2.53",
  port: 53,
  ...more,
});

test("each once, in the order in which they were met, with the octets of all networks", () => {
  const sum = openContactSum();
  sum.add([contact("a", { bytes: 10 }), contact("b")]);
  sum.add([contact("a", { bytes: 5 }), contact("a", { purpose: "mx", port: 25 }), contact("b", { bytes: 1 })]);
  expect(sum.all()).toEqual([
    contact("a", { bytes: 15 }),
    contact("b", { bytes: 1 }),
    contact("a", { purpose: "mx", port: 25 }),
  ]);
});
