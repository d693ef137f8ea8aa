import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openReporters } from "../../src/action/deliver.ts";
import { REPORTERS } from "../../src/report/reporters.ts";
import { openReportFiles } from "../../src/run/report-files.ts";
import { commandsIn } from "../report/runner.ts";
import { BLOCKED, CONTEXT, manyDomains, READY, runOf } from "../report/verdicts.ts";
import { temporaryFile, temporaryFolder } from "./temporary.ts";

function deliver(env: NodeJS.ProcessEnv, reportPath?: string) {
  const printed: string[] = [];
  const workspace = temporaryFolder();
  const asked = { reportFile: reportPath, sarifFile: reportPath && `${reportPath}.sarif`, evidenceFile: undefined };
  const reportFiles = openReportFiles(workspace, asked);
  const reports = openReporters(REPORTERS, CONTEXT, { env, print: (text) => void printed.push(text), reportFiles });
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
    expect(JSON.parse(readFileSync(join(workspace, "out/report.json.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
      runs: [{ properties: { verdict: "ready" } }],
    });
  });

  test("a long report is folded in the log, and annotations are not", () => {
    const printed: string[] = [];
    const reportFiles = { of: () => undefined };
    const reports = openReporters(REPORTERS, CONTEXT, {
      env: {},
      print: (text) => void printed.push(text),
      reportFiles,
    });
    const domains = manyDomains(40, BLOCKED);
    for (const domain of domains) reports.add(domain);
    reports.log(runOf(...domains));
    const names = commandsIn(printed.join("")).map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(["error", "error"]);
    expect(names.slice(-2)).toEqual(["group", "endgroup"]);
    expect(names.filter((name) => name === "group")).toHaveLength(1);
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
