import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OptionError } from "../../src/errors.ts";
import { anchorFile, openReportFiles } from "../../src/run/report-files.ts";
import { temporaryFolder } from "../action/temporary.ts";

const NONE = { reportFile: undefined, sarifFile: undefined, evidenceFile: undefined };

test("nothing is opened that nobody asked for", () => {
  const workspace = temporaryFolder();
  const files = openReportFiles(workspace, NONE);
  expect([files.of("json-v1"), files.of("sarif"), files.of("text")]).toEqual([undefined, undefined, undefined]);
  files.discard();
  expect(readdirSync(workspace)).toEqual([]);
});

test("each reporter has its file, and what is not finished leaves nothing behind", () => {
  const workspace = temporaryFolder();
  const files = openReportFiles(workspace, { ...NONE, reportFile: "r.json", sarifFile: "out/r.sarif" });
  files.of("json-v1")?.write("{}");
  files.of("sarif")?.write("[]");
  files.of("sarif")?.finish();
  files.discard();
  expect(readdirSync(workspace)).toEqual(["out"]);
  expect(readFileSync(join(workspace, "out/r.sarif"), "utf8")).toBe("[]");
});

test("where the second cannot be written, the first is gone, too", () => {
  const workspace = temporaryFolder();
  expect(() => openReportFiles(workspace, { ...NONE, reportFile: "r.json", sarifFile: "../r.sarif" })).toThrow(
    expect.objectContaining({ option: "sarif-file" }),
  );
  expect(readdirSync(workspace)).toEqual([]);
});

test.each([
  ["sarif-file", { reportFile: "r", sarifFile: "./r" }],
  ["sarif-file", { evidenceFile: "a/r", sarifFile: "a/b/../r" }],
  ["report-file", { evidenceFile: "r", reportFile: "r" }],
])("%s is no path that another has: %j", (option, asked) => {
  const workspace = temporaryFolder();
  writeFileSync(join(workspace, "r"), "kept");
  const opening = () => openReportFiles(workspace, { ...NONE, ...asked });
  expect(opening).toThrow(OptionError);
  expect(opening).toThrow(expect.objectContaining({ option }));
  expect(existsSync(join(workspace, "r"))).toBe(true);
});

test("findings that lie in no file are shown at the policy, else at the config", () => {
  expect(anchorFile({ policy: "./a/mta-sts.txt", config: "c.yml" })).toEqual({ anchorFile: "a/mta-sts.txt" });
  expect(anchorFile({ policy: undefined, config: "c.yml" })).toEqual({ anchorFile: "c.yml" });
  expect(anchorFile({ policy: undefined, config: undefined })).toEqual({});
});
