import { expect, test } from "vitest";
import { type Zone, zoneAnswer } from "../../src/demo/zone.ts";

const ZONE: Zone = {
  "example.com": { MX: [[10, "mx1.example.com"]], TXT: ["x".repeat(300)] },
  "mx1.example.com": { A: ["198.51.100.1"] },
  "a.example.com": { CNAME: "b.example.com" },
  "b.example.com": { CNAME: "MX1.example.com" },
  "lost.example.com": { CNAME: "nowhere.example.com" },
  "loop.example.com": { CNAME: "loop.example.com" },
  "deep.empty.example.com": { A: ["198.51.100.2"] },
};

test.each<[string, string, string, readonly unknown[]]>([
  ["example.com", "MX", "records", [{ preference: 10, exchange: "mx1.example.com" }]],
  ["EXAMPLE.com", "TXT", "records", [["x".repeat(255), "x".repeat(45)]]],
  ["example.com", "A", "no-data", []],
  ["none.example.com", "A", "no-such-name", []],
  ["empty.example.com", "A", "no-data", []],
  ["a.example.com", "A", "records", ["b.example.com", "MX1.example.com", "198.51.100.1"]],
  ["a.example.com", "AAAA", "no-data", ["b.example.com", "MX1.example.com"]],
  ["lost.example.com", "A", "no-such-name", ["nowhere.example.com"]],
  ["loop.example.com", "A", "no-data", Array.from({ length: 8 }, () => "loop.example.com")],
])("%s %s: %s", (name, type, kind, data) => {
  const answer = zoneAnswer(ZONE, name, type);
  expect(answer.kind).toBe(kind);
  expect(answer.records.map((record) => record.data)).toEqual(data);
});
