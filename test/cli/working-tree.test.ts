import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFixes } from "../../src/cli/working-tree.ts";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { OptionError } from "../../src/errors.ts";
import type { Fix } from "../../src/verdict.ts";

const A = "a.txt";
const B = "sub/b.txt";
const fix = (path: string, text = "X", column = 1): Fix => ({
  path,
  span: { startLine: 1, startColumn: column, endLine: 1, endColumn: column + 1 },
  text,
});

let repository: DemoRepository;
beforeEach(async () => {
  repository = await createRepository({ base: { [A]: "one\r\n", [B]: "two\n" }, head: { "latin.txt": "x" } });
});
afterEach(() => repository.close());

const at = (path: string): string => join(repository.folder, path);
const read = (path: string): string => readFileSync(at(path), "latin1");
const write = (fixes: readonly Fix[], folder = repository.folder) => writeFixes(folder, repository.merge, fixes);

async function refused(path: string): Promise<void> {
  const error: unknown = await write([fix(B), fix(path)]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OptionError);
  expect((error as Error).message).toContain(path);
  expect(read(B), "nothing was written").toBe("two\n");
}

test("several fixes of several files", async () => {
  expect(await write([fix(A), fix(B), fix(A, "Z", 3)])).toBe("fixed a.txt (2)\nfixed sub/b.txt (1)\n");
  expect([read(A), read(B)]).toEqual(["XnZ\r\n", "Xwo\n"]);
});

test("from a folder below the root", async () => {
  await write([fix(B)], at("sub"));
  expect(read(B)).toBe("Xwo\n");
});

test("no fixes", async () => expect(await write([])).toBe("no finding has a fix that can be written\n"));

test("a file that was edited since", async () => {
  writeFileSync(at(A), "mine\n");
  await refused(A);
  expect(read(A)).toBe("mine\n");
});

test("a file that is gone", async () => {
  rmSync(at(A));
  await refused(A);
});

test("a file that git does not have", async () => {
  writeFileSync(at("new.txt"), "one\n");
  await refused("new.txt");
});

test("a link in the place of the file", async () => {
  writeFileSync(at("elsewhere.txt"), "one\r\n");
  rmSync(at(A));
  symlinkSync(at("elsewhere.txt"), at(A));
  await refused(A);
  expect(read("elsewhere.txt")).toBe("one\r\n");
});

test("a link on the way", async () => {
  await mkdir(at("other"));
  writeFileSync(at("other/b.txt"), "two\n");
  rmSync(at("sub"), { recursive: true });
  symlinkSync(at("other"), at("sub"));
  await expect(write([fix(B)])).rejects.toThrow("sub/b.txt");
  expect(read("other/b.txt")).toBe("two\n");
});
