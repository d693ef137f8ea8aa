import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { matchesLock, newEnoughNode } from "../../scripts/installation.mjs";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "installation-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const yaml = { version: "2.9.1", integrity: "sha512-a" };
const lock = (packages: object): void =>
  put("package-lock.json", JSON.stringify({ packages: { "": {}, ...packages } }));
const installed = (packages: object): void => put("node_modules/.package-lock.json", JSON.stringify({ packages }));

test("nothing installed does not match", () => {
  lock({ "node_modules/yaml": yaml });
  expect(matchesLock(root)).toBe(false);
});

test("the same version with the same octets matches", () => {
  lock({ "node_modules/yaml": yaml });
  installed({ "node_modules/yaml": yaml });
  put("node_modules/yaml/package.json", "{}");
  expect(matchesLock(root)).toBe(true);
});

test.each([
  ["another version", { ...yaml, version: "2.9.0" }],
  ["other octets", { ...yaml, integrity: "sha512-b" }],
])("%s does not match", (_, found) => {
  lock({ "node_modules/yaml": yaml });
  installed({ "node_modules/yaml": found });
  put("node_modules/yaml/package.json", "{}");
  expect(matchesLock(root)).toBe(false);
});

test("a package whose folder was deleted does not match", () => {
  lock({ "node_modules/yaml": yaml });
  installed({ "node_modules/yaml": yaml });
  expect(matchesLock(root)).toBe(false);
});

test("an optional package of another platform may be missing", () => {
  lock({ "node_modules/yaml": yaml, "node_modules/node-win": { version: "1.0.0", optional: true } });
  installed({ "node_modules/yaml": yaml });
  put("node_modules/yaml/package.json", "{}");
  expect(matchesLock(root)).toBe(true);
});

test("this installation matches its own lock", () => expect(matchesLock(".")).toBe(true));

test("the Node of the tests is new enough", () => expect(newEnoughNode(root)).toBe(process.execPath));
