import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { differences } from "../../scripts/trees.mjs";

let root = "";
let [kept, fresh] = ["", ""];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "trees-"));
  [kept, fresh] = [join(root, "kept"), join(root, "fresh")];
  for (const folder of [kept, fresh]) {
    mkdirSync(join(folder, "later"), { recursive: true });
    writeFileSync(join(folder, "index.js"), "one\n");
    writeFileSync(join(folder, "later/index.js"), "two\n");
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("equal trees do not differ", () => expect(differences(kept, fresh)).toEqual([]));

test("one octet is seen", () => {
  writeFileSync(join(kept, "later/index.js"), "two\r\n");
  expect(differences(kept, fresh)).toEqual([`changed: ${join("later", "index.js")}`]);
});

test("a file that nobody added is seen", () => {
  writeFileSync(join(fresh, "chunk.js"), "");
  expect(differences(kept, fresh)).toEqual(["missing: chunk.js"]);
});

test("a file that nobody removed is seen", () => {
  rmSync(join(fresh, "index.js"));
  expect(differences(kept, fresh)).toEqual(["left over: index.js"]);
});

test("a folder that is not there lacks everything", () => {
  expect(differences(join(root, "none"), fresh)).toHaveLength(2);
});
