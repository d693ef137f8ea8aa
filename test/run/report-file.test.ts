import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openReportFile } from "../../src/run/report-file.ts";
import { OptionError } from "../../src/errors.ts";
import { temporaryFolder } from "../action/temporary.ts";

describe("openReportFile", () => {
  test("the parent is made, and the file appears whole", () => {
    const workspace = temporaryFolder();
    const file = openReportFile(workspace, "out/deep/report.json");
    file.write("a");
    file.write("x".repeat(70_000));
    expect(existsSync(join(workspace, "out/deep/report.json"))).toBe(false);
    file.finish();
    file.discard();
    expect(readFileSync(join(workspace, "out/deep/report.json"), "utf8")).toBe(`a${"x".repeat(70_000)}`);
    expect(readdirSync(join(workspace, "out/deep"))).toEqual(["report.json"]);
  });

  test("an absolute path outside the workspace is the operator's own", () => {
    const path = join(temporaryFolder(), "new", "report.json");
    const file = openReportFile(temporaryFolder(), path);
    file.write("{}");
    file.finish();
    expect(readFileSync(path, "utf8")).toBe("{}");
  });

  test("an old report never stands for a run that did not finish", () => {
    const workspace = temporaryFolder();
    writeFileSync(join(workspace, "report.json"), "old");
    openReportFile(workspace, "report.json").discard();
    expect(readdirSync(workspace)).toEqual([]);
  });

  test.each([
    ["leaves the workspace", "../report.json"],
    ["leaves it behind a folder", "a/../../report.json"],
    ["is a link", "link.json"],
    ["leads through a link", "linked/report.json"],
    ["leads through a link, said absolutely", "<workspace>/linked/report.json"],
    ["leads through a file", "file/report.json"],
    ["is a folder", "folder"],
  ])("a path that %s is refused", (_, path) => {
    const [workspace, outside] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(outside, "secret"), "kept");
    symlinkSync(join(outside, "secret"), join(workspace, "link.json"));
    symlinkSync(outside, join(workspace, "linked"));
    writeFileSync(join(workspace, "file"), "");
    mkdirSync(join(workspace, "folder"));
    expect(() => openReportFile(workspace, path.replace("<workspace>", workspace))).toThrow(OptionError);
    expect(readdirSync(outside)).toEqual(["secret"]);
    expect(readFileSync(join(outside, "secret"), "utf8")).toBe("kept");
  });
});
