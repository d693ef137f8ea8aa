import fc from "fast-check";
import { expect, test } from "vitest";
import { readIJson } from "../../src/protocol/i-json.ts";

test.for([
  ['{"a":1,"a":2}', "duplicate-name"],
  ['{"a":1,"\\u0061":2}', "duplicate-name"],
  ['{"a\\"":1,"a\\"":2}', "duplicate-name"],
  ['[{"x":{"a":1,"b":2,"a":3}}]', "duplicate-name"],
  ['{"a\\\\":1,"a\\"":2}', undefined],
  ['{"a":{"a":["a",{"a":1}]},"b":"a","c":":"}', undefined],
  ['{"__proto__":1,"constructor":2}', undefined],
  ["NaN", "no-json"],
  ["{'a':1}", "no-json"],
  ["", "no-json"],
])("%s: %s", ([text = "", why]) => {
  const reading = readIJson(text);
  expect(reading.kind === "invalid" ? reading.why : undefined).toBe(why);
});

test("what JSON.stringify writes has no name twice", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(readIJson(text)).toEqual({ kind: "value", value: JSON.parse(text) });
    }),
  );
});

test("finds any name that is written twice", () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), (name, a, b) => {
      const [key, first, second] = [name, a, b].map((value) => JSON.stringify(value));
      expect(readIJson(`[{${key}:${first},${key}:${second}}]`)).toEqual({ kind: "invalid", why: "duplicate-name" });
    }),
  );
});
