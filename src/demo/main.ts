import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startGithubApi } from "./github-api.ts";
import { startInternet } from "./internet.ts";
import { plainText } from "./plain-text.ts";
import { createRepository, type DemoRepository } from "./repository.ts";
import { runStep, type StepResult } from "./runner.ts";
import { BASE, CHAPTERS, type Chapter, certify, deployBase } from "./story.ts";

/** Three pushes to one pull request, through the committed bundle, exactly as a runner would start it. */
const BUNDLE = resolve("dist/index.js");
const FOLDER = resolve(".demo");

const print = (text = ""): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const started = performance.now();
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const [internet, api] = await Promise.all([startInternet(), startGithubApi()]);
  const baseAt = new Date(Date.now() - 60 * 86_400_000).toISOString();
  const repository = await createRepository({ base: BASE, head: CHAPTERS[0].files, baseAt });
  let failed = false;
  try {
    await deployBase(internet);
    print("example.com has a testing policy, id 20261101T000000, and two MX hosts. A private internet plays its part:");
    print(`DNS at ${internet.inputs.resolver}, everything else behind ${internet.inputs.proxy}.`);
    for (const [index, chapter] of CHAPTERS.entries()) {
      await certify(internet, "mx2.example.com", chapter.mx2Expires);
      const { head, merge } = await repository.push(chapter.files);
      api.head = head;
      const result = await runStep({
        main: BUNDLE,
        workspace: repository.folder,
        eventName: "pull_request",
        event: pullRequest(repository, head),
        sha: merge,
        apiUrl: api.url,
        inputs: {
          ...internet.inputs,
          records: "zones/*.zone",
          "github-token": "ghs_demo",
          "report-file": join(FOLDER, `report-${index + 1}.json`),
        },
      });
      const comment = api.comments.at(-1)?.body ?? "";
      failed = !(await tell(index + 1, chapter, { result, comment })) || failed;
    }
    const [only, ...more] = api.comments;
    if (only === undefined || more.length > 0) failed = true;
    print(`\nComments on the pull request: ${api.comments.length}, number ${only?.id ?? "none"}, edited in place.`);
    print(`Reports, summaries and comments of each push: ${FOLDER}`);
    print(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  } finally {
    await Promise.all([internet.close(), api.close(), repository.close()]);
  }
  process.exitCode = failed ? 1 : 0;
}

function pullRequest({ base }: DemoRepository, head: string): object {
  const repo = { full_name: "example/mail-policy", fork: false };
  return {
    action: "synchronize",
    number: 1,
    pull_request: {
      number: 1,
      user: { login: "demo", type: "User" },
      head: { sha: head, repo },
      base: { sha: base, repo },
    },
    repository: repo,
  };
}

interface Told {
  readonly result: StepResult;
  readonly comment: string;
}

/** @returns whether the push ended as the story has it. */
async function tell(number: number, chapter: Chapter, { result, comment }: Told): Promise<boolean> {
  const { status, stdout, stderr, outputs, summary } = result;
  await Promise.all([
    writeFile(join(FOLDER, `comment-${number}.md`), comment),
    writeFile(join(FOLDER, `summary-${number}.md`), summary),
    writeFile(join(FOLDER, `log-${number}.txt`), `${stdout}${stderr}`),
  ]);
  print(`\n━━ Push ${number}: ${chapter.title}`);
  print(`verdict ${outputs["verdict"] ?? "none"}, exit status ${status}, ${Math.round(result.elapsed)} ms\n`);
  print("The log:");
  print(indented(stdout + stderr));
  print("The comment:");
  print(indented(plainText(comment)));
  const expected = outputs["verdict"] === chapter.verdict && status === (chapter.verdict === "ready" ? 0 : 1);
  if (!expected) print(`This push should have been ${chapter.verdict}.`);
  return expected;
}

/** The log is shown, not given to the runner that may be running this demo: an indent does not stop its commands, a bar does. */
const indented = (text: string): string => text.trimEnd().replace(/^/gm, "  │ ");

await main();
