import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openReporters } from "../../src/action/deliver.ts";
import { openReportFile } from "../../src/run/report-file.ts";
import { REPORTERS } from "../../src/report/reporters.ts";
import { commandsIn } from "../report/runner.ts";
import { CONTEXT, READY, runOf } from "../report/verdicts.ts";
import { temporaryFile, temporaryFolder } from "./temporary.ts";

function deliver(env: NodeJS.ProcessEnv, reportPath?: string) {
  const printed: string[] = [];
  const workspace = temporaryFolder();
  const reportFile = reportPath === undefined ? undefined : openReportFile(workspace, reportPath);
  const reports = openReporters(REPORTERS, CONTEXT, { env, print: (text) => void printed.push(text), reportFile });
  reports.add(READY);
  reports.log(runOf(READY));
  const comment = reports.comment(runOf(READY));
  reports.files(runOf(READY));
  return { printed: printed.join(""), comment, workspace };
}

describe("openReporters", () => {
  test("each text goes where its reporter says, and the summary is appended", () => {
    const GITHUB_STEP_SUMMARY = temporaryFile("before\n");
    const { printed, comment, workspace } = deliver({ GITHUB_STEP_SUMMARY }, "out/report.json");
    expect(printed).toContain("example.com: ready");
    expect(comment.split("\n")[0]).toBe("<!-- mta-sts-gate:default -->");
    expect(readFileSync(GITHUB_STEP_SUMMARY, "utf8")).toMatch(/^before\n## /);
    expect(JSON.parse(readFileSync(join(workspace, "out/report.json"), "utf8"))).toMatchObject({
      version: 1,
      verdict: "ready",
    });
  });

  test.each<[string, () => string | undefined]>([
    ["not said", () => undefined],
    ["missing", () => join(temporaryFolder(), "none")],
    ["a folder", () => temporaryFolder()],
    ["a link", () => linkTo(temporaryFile("kept"))],
    ["full", () => "/dev/full"],
  ])("a summary that is %s costs one notice, and the report is written", (name, path) => {
    const GITHUB_STEP_SUMMARY = path();
    const { printed, workspace } = deliver({ ...(GITHUB_STEP_SUMMARY && { GITHUB_STEP_SUMMARY }) }, "report.json");
    const notices = commandsIn(printed).filter(({ data }) => data.includes("job summary could not be written"));
    expect(notices.map(({ name }) => name)).toEqual(["notice"]);
    expect(readFileSync(join(workspace, "report.json"), "utf8")).toContain('"verdict":"ready"');
    if (name === "a link") expect(readFileSync(GITHUB_STEP_SUMMARY ?? "", "utf8")).toBe("kept");
  });
});

function linkTo(target: string): string {
  const path = join(temporaryFolder(), "link");
  symlinkSync(target, path);
  return path;
}
