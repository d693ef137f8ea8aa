import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRunEvidence } from "../../src/run/run-evidence.ts";
import { temporaryFolder } from "../action/temporary.ts";
import { networkOf } from "../observe/network.ts";
import { ADDRESS, fileOf, HOST, mx, NOW, probe, txt } from "./evidence-lines.ts";

const TLS = { kind: "no-starttls", capabilities: [] } as const;

async function evidence() {
  const workspace = temporaryFolder();
  writeFileSync(join(workspace, "e.jsonl"), fileOf([txt("v=STSv1; id=before"), mx("example.com"), probe(TLS)]));
  const options = { evidence: ["e.jsonl"], evidenceMaxAge: 86_400_000, evidenceFile: undefined };
  const signal = AbortSignal.timeout(10_000);
  return openRunEvidence({ options, workspace, commit: null, tracked: async () => [], now: () => NOW, signal });
}

test("after a deploy evidence answers for MX hosts alone; every answer from it is counted", async () => {
  const opened = await evidence();
  const live = networkOf({ txt: { "_mta-sts.example.com": ["v=STSv1; id=after"] } });
  const [gate, verify] = [opened.over(live.network), opened.overDeploy(live.network)];
  expect(await gate.txt("_mta-sts.example.com")).toMatchObject({ value: { records: ["v=STSv1; id=before"] } });
  expect(await verify.txt("_mta-sts.example.com")).toMatchObject({ value: { records: ["v=STSv1; id=after"] } });
  for (const network of [gate, verify]) expect((await network.probe(HOST, ADDRESS)).session).toEqual(TLS);
  expect(live.asked).toEqual(["txt _mta-sts.example.com"]);
  expect(opened.notes(new Set(["example.com"]))[0]).toMatch(/^3 answers came from 1 evidence files/);
  await opened.close();
});
