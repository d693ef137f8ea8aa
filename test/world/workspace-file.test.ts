import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CollectError } from "../../src/errors.ts";
import { LARGEST_WORKSPACE_FILE, workspaceFile } from "../../src/world/workspace-file.ts";

const root = mkdtempSync(join(tmpdir(), "workspace-test-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const checkout = join(root, "checkout");
mkdirSync(join(checkout, ".git"), { recursive: true });
mkdirSync(join(checkout, "out"));
writeFileSync(join(root, "secret"), "secret");
writeFileSync(join(checkout, ".git", "config"), "token");
writeFileSync(join(checkout, "out", "plan.json"), "{}");
symlinkSync(join(root, "secret"), join(checkout, "link"));
symlinkSync(join(checkout, "out"), join(checkout, "folder-link"));
symlinkSync("/proc/self", join(checkout, "proc"));
execFileSync("mkfifo", [join(checkout, "pipe")]);
writeFileSync(join(checkout, "large"), "");
truncateSync(join(checkout, "large"), LARGEST_WORKSPACE_FILE + 1);

const text = async (path: string, workspace = checkout) => {
  const octets = await workspaceFile(workspace, path);
  return octets && Buffer.from(octets).toString();
};

test("a regular file, from the checkout's root also where the workspace is a folder of it", async () => {
  expect(await text("out/plan.json")).toBe("{}");
  expect(await text("out/plan.json", join(checkout, "out"))).toBe("{}");
});

test.each(["plan.json", "no/plan.json", "out/other"])("%s is not there", async (path) => {
  expect(await workspaceFile(checkout, path)).toBeUndefined();
});

describe("refused", () => {
  test.each([
    ["a link", "link", "no regular file"],
    ["a link on the way", "folder-link/plan.json", "through a link"],
    ["a link into /proc", "proc/environ", "through a link"],
    ["a file on the way", "out/plan.json/x", "through a link"],
    ["a folder", "out", "no regular file"],
    ["a pipe", "pipe", "no regular file"],
    ["above", "../secret", "no path inside"],
    ["above, on the way", "out/../../secret", "no path inside"],
    ["absolute", "/etc/passwd", "no path inside"],
    ["a NUL", "out\0", "no path inside"],
    ["git's own folder", ".git/config", "git's own folder"],
    ["git's own folder in capitals", ".GIT/config", "git's own folder"],
    ["too large", "large", "64 MiB"],
  ])("%s", async (_, path, message) => {
    const failed = await workspaceFile(checkout, path).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CollectError);
    expect((failed as CollectError).message).toContain(message);
    expect((failed as CollectError).message).not.toContain("secret\n");
  });
});
