import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OptionError } from "../../src/errors.ts";
import { openEvidenceLog } from "../../src/run/evidence-log.ts";
import { nowhere } from "../../src/world/nowhere.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { HOST, NOW, VANTAGE } from "./evidence-lines.ts";

const target = (workspace: string, path = "e.jsonl") => ({ workspace, path, commit: "a".repeat(40), now: () => NOW });

test("a header, what was answered, and an end; nothing before that has its name", async () => {
  const workspace = temporaryFolder();
  const log = openEvidenceLog(target(workspace));
  await log.over(nowhere(() => NOW)).mx(HOST);
  expect(existsSync(join(workspace, "e.jsonl"))).toBe(false);
  log.finish(VANTAGE);
  const lines = readFileSync(join(workspace, "e.jsonl"), "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { version: 1, kind: "header", at: NOW, tool: expect.stringMatching(/^mta-sts-gate \d/), commit: "a".repeat(40) },
    { version: 1, kind: "mx", at: NOW, owner: HOST, seen: { kind: "unobserved", because: "not-asked" } },
    { version: 1, kind: "end", at: NOW, observations: 1, vantage: VANTAGE },
  ]);
});

test("an answer after the end, and one that nobody could read, are left out", async () => {
  const workspace = temporaryFolder();
  const log = openEvidenceLog(target(workspace));
  const text = {
    kind: "observed",
    value: { kind: "records", records: ["x".repeat(1_100_000)], cnames: [], ttl: 1 },
  } as const;
  const network = log.over({ ...nowhere(() => NOW), txt: async () => text });
  expect(await network.txt("long.example.com")).toBe(text);
  log.finish(VANTAGE);
  await network.mx(HOST);
  log.discard();
  expect(readFileSync(join(workspace, "e.jsonl"), "utf8").trimEnd().split("\n")).toHaveLength(2);
  expect(log.observations()).toBe(0);
});

test("a path outside the workspace is named by its own input", () => {
  expect(() => openEvidenceLog(target(temporaryFolder(), "../e.jsonl"))).toThrow(
    expect.objectContaining({
      option: "evidence-file",
      message: expect.stringContaining("no evidence"),
    }) as OptionError,
  );
});
