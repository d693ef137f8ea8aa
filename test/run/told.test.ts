import { expect, test } from "vitest";
import { told } from "../../src/run/told.ts";
import { HOSTILE } from "../report/hostile.ts";
import { commandsIn } from "../report/runner.ts";

test.each(HOSTILE)("one command, whatever it says: %j", (text) => {
  const line = told("notice", text);
  expect(commandsIn(line).map(({ name }) => name)).toEqual(["notice"]);
  expect(line).toMatch(/^[\x20-\x7e]+\n$/);
});
