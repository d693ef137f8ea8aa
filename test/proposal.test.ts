import { expect, test } from "vitest";
import { mxHostOf, type ProposedRecord } from "../src/proposal.ts";

const record = (data: string | null): ProposedRecord => ({
  owner: "example.com",
  type: "MX",
  data,
  ttl: 3600,
  location: { kind: "input", name: "records" },
});

test.each<[data: string | null, host: string | undefined]>([
  ["10 mx1.example.com", "mx1.example.com"],
  ["0 mx1.example.com", "mx1.example.com"],
  ["65535   mx1.example.com", "mx1.example.com"],
  ["10 MX1.Example.COM", "mx1.example.com"],
  ["10 xn--mnchen-3ya.example", "xn--mnchen-3ya.example"],
  ["0 .", undefined], // RFC 7505 §3: no host
  ["10 .", undefined], // beside others it is unusable
  ["10", undefined],
  ["10 ", undefined],
  ["mx1.example.com", undefined], // no preference
  ["-1 mx1.example.com", undefined],
  ["10 mx1.example.com extra", undefined],
  ["10\tmx1.example.com", undefined], // collect writes one space
  ["10 mx1..example.com", undefined], // an empty label is no name
  [`10 ${"a".repeat(64)}.example.com`, undefined], // a label has 63 octets at most
  ["", undefined],
  [null, undefined], // not determined by the file
])("the host of MX %s is %s", (data, host) => {
  expect(mxHostOf(record(data))).toBe(host);
});
