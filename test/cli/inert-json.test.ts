import fc from "fast-check";
import { expect, test } from "vitest";
import { inertJson } from "../../src/cli/inert-json.ts";
import { HOSTILE, hostileText } from "../report/hostile.ts";
import { commandsIn } from "../report/runner.ts";

test.each(HOSTILE)("no command, and the same value: %j", (text) => {
  const json = inertJson(`${JSON.stringify({ text })}\n`);
  expect(json).toMatch(/^[\x20-\x7e]+\n$/);
  expect(commandsIn(json)).toEqual([]);
  expect(JSON.parse(json)).toEqual({ text });
});

test("whatever stands in a string", () => {
  const sameValue = (text: string): boolean => {
    const json = inertJson(JSON.stringify([text]));
    return !json.includes("##[") && JSON.stringify(JSON.parse(json)) === JSON.stringify([text]);
  };
  fc.assert(fc.property(hostileText, sameValue));
});
