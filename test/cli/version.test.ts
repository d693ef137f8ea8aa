import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VERSION } from "../../src/cli/version.ts";

test("package.json says the same", () => {
  expect(VERSION).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});
