import { describe, expect, test } from "vitest";
import { timeToLiveLeft } from "../../../../src/collect/formats/zonefile/own-origin.ts";

describe("a zone file that says its own origin", () => {
  test.each([
    ["$ORIGIN d7.example.\n$TTL 300\n@ SOA a b 1 2 3 4 5\n MX 10 mx\n", "300"],
    ["; zone\n$TTL 1h\n$ORIGIN d7.example.\n@ MX 10 mx\n$ORIGIN sub\nwww A 192.0.2.1\n", "1h"],
    ["$ORIGIN d7.example.\n$TTL 300\n@ MX 10 mx\n$TTL 60\n", "60"],
  ])("leaves its last time to live: %j", (text, left) => {
    expect(timeToLiveLeft(text)).toBe(left);
  });

  test.each([
    ["no origin", "$TTL 300\n@ SOA a b 1 2 3 4 5\n"],
    ["an origin after the first record", "$TTL 300\n@ MX 10 mx\n$ORIGIN d7.example.\n"],
    ["a relative origin", "$TTL 300\n$ORIGIN d7\n@ MX 10 mx\n"],
    ["an origin that a tool fills in", "$TTL 300\n$ORIGIN {{zone}}.\n@ MX 10 mx\n"],
    ["a first record with the owner of whoever includes it", "$ORIGIN d7.example.\n$TTL 300\n MX 10 mx\n@ MX 10 b\n"],
    ["a generated first record", "$ORIGIN d7.example.\n$TTL 300\n$GENERATE 1-2 a$ A 192.0.2.$\n@ MX 10 b\n"],
    ["no time to live of its own", "$ORIGIN d7.example.\n@ 60 MX 10 mx\n"],
    ["a time to live that is none", "$ORIGIN d7.example.\n@ MX 10 mx\n$TTL {{ttl}}\n"],
    ["another file", "$ORIGIN d7.example.\n$TTL 300\n@ MX 10 mx\n$INCLUDE more\n"],
    ["a broken first line", '$ORIGIN d7.example.\n$TTL 300\n"@ MX 10 mx\n'],
    ["no record", "$ORIGIN d7.example.\n$TTL 300\n"],
    ["a directive in quotes", '"$ORIGIN" d7.example.\n$TTL 300\n@ MX 10 mx\n'],
  ])("may depend on who includes it: %s", (_, text) => {
    expect(timeToLiveLeft(text)).toBeUndefined();
  });
});
