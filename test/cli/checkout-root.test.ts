import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../src/cli/checkout-root.ts";
import { temporaryFolder } from "../action/temporary.ts";

test.each(["folder", "file"])("where .git is a %s, from the folder itself and from below", async (kind) => {
  const root = temporaryFolder();
  mkdirSync(join(root, "a/b"), { recursive: true });
  if (kind === "folder") mkdirSync(join(root, ".git"));
  else writeFileSync(join(root, ".git"), "gitdir: elsewhere\n");
  expect([await checkoutRoot(root), await checkoutRoot(join(root, "a/b"))]).toEqual([root, root]);
});

test("undefined where there is none above", async () => {
  expect(await checkoutRoot(temporaryFolder())).toBeUndefined();
});
