import { describe, expect, test } from "vitest";
import { OptionError } from "../../src/errors.ts";
import { systemServers } from "../../src/world/system-resolver.ts";

describe("systemServers", () => {
  test("reads every form of node:dns", () => {
    const texts = [
      "192.0.2.1",
      "192.0.2.2:5353",
      "2001:db8::1",
      "[2001:db8::2]:54",
      "fe80::1%eth0",
      "[fe80::1%eth0]:55",
    ];
    expect(systemServers(texts)).toEqual([
      { address: "192.0.2.1", port: 53 },
      { address: "192.0.2.2", port: 5353 },
      { address: "2001:db8::1", port: 53 },
      { address: "2001:db8::2", port: 54 },
      { address: "fe80::1%eth0", port: 53 },
      { address: "fe80::1%eth0", port: 55 },
    ]);
  });
  test.each([[[]], [["0.0.0.0"]], [["::"]], [["192.0.2.1:0"]]])("D30 %j: the configuration is wrong", (texts) => {
    expect(() => systemServers(texts)).toThrow(OptionError);
  });
});
