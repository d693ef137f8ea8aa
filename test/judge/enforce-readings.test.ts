import { describe, expect, test } from "vitest";
import { enforceReadings, sameBody } from "../../src/judge/enforce-readings.ts";
import { printMxPattern } from "../../src/protocol/mx-pattern.ts";
import { octetsFrom } from "../../src/protocol/octets.ts";

const octets = (text: string) => octetsFrom(new TextEncoder().encode(text));
const readings = (text: string): readonly string[] =>
  enforceReadings(octets(text)).map(({ mode, maxAge, mx }) => [mode, maxAge, ...mx.map(printMxPattern)].join(" "));

const body = (...lines: string[]): string => lines.map((line) => `${line}\n`).join("");
const POLICY = ["version: STSv1", "mode: enforce", "mx: mx1.example.com", "max_age: 86400"];

describe("the enforce policies that senders take from a body", () => {
  test.each<[string, string, readonly string[]]>([
    ["a policy has one reading", body(...POLICY), ["enforce 86400 mx1.example.com"]],
    ["testing has none", body("version: STSv1", "mode: testing", "mx: mx1.example.com", "max_age: 86400"), []],
    ["mode none has none", body("version: STSv1", "mode: none", "max_age: 86400"), []],
    [
      "a blank line, which some senders read over: one, whoever they are",
      body("version: STSv1", "mode: enforce", "", "mx: mx1.example.com", "max_age: 86400"),
      ["enforce 86400 mx1.example.com"],
    ],
    ["the same of testing", body("version: STSv1", "mode: testing", "", "mx: mx1.example.com", "max_age: 86400"), []],
    ["a page of the web", "<!doctype html>\n<title>Not found</title>\n", []],
    ["nothing", "", []],
  ])("%s", (_, text, expected) => expect(readings(text)).toEqual(expected));

  test("a policy by RFC 8461 is read as that, whatever named senders make of its duplicates", () => {
    const twice = body("version: STSv1", "mode: testing", "mode: enforce", "mx: mx1.example.com", "max_age: 86400");
    expect(readings(twice)).toEqual([]);
  });

  test("of a body that is none, each reading once: some take MX for mx", () => {
    const both = body(...POLICY.slice(0, 3), "", "MX: mx2.example.com", "max_age: 86400");
    expect(readings(both).toSorted()).toEqual([
      "enforce 86400 mx1.example.com",
      "enforce 86400 mx1.example.com mx2.example.com",
    ]);
  });
});

describe("two bodies mean the same", () => {
  const policy = octets(body(...POLICY));
  test("in another order, and with other line ends", () => {
    const [version, mode, mx, maxAge] = POLICY;
    expect(sameBody(policy, octets([version, maxAge, mx, mode, ""].join("\r\n")))).toBe(true);
  });
  test("not with another max_age, mode or pattern", () => {
    for (const [from, to] of [
      ["86400", "86401"],
      ["enforce", "testing"],
      ["mx1", "mx2"],
    ] as const)
      expect(sameBody(policy, octets(body(...POLICY).replace(from, to)))).toBe(false);
  });
  test("what is no policy, octet for octet", () => {
    expect(sameBody(octets("nothing\n"), octets("nothing\n"))).toBe(true);
    expect(sameBody(octets("nothing\n"), octets("nothing \n"))).toBe(false);
    expect(sameBody(policy, octets("nothing\n"))).toBe(false);
  });
});
