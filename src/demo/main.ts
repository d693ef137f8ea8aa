import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type GithubApi, startGithubApi } from "./github-api.ts";
import { type Internet, startInternet } from "./internet.ts";
import { plainText } from "./plain-text.ts";
import { daysAgo, deployStand, filesOf, STEPS, type Step } from "./replacement.ts";
import { createRepository, type DemoRepository } from "./repository.ts";
import { runStep, type StepResult } from "./runner.ts";
import { BASE, CHAPTERS, certify, deployBase } from "./story.ts";

/** Three pushes to one pull request, and a provider that is replaced step by step, through the committed bundle, exactly as a runner would start it. */
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
      const pushed = { ...repository, ...(await repository.push(chapter.files)) };
      failed = !(await judge({ internet, api, repository: pushed }, { ...chapter, number: index + 1 })) || failed;
    }
    const [only, ...more] = api.comments;
    if (only === undefined || more.length > 0) failed = true;
    print(`\nComments on the pull request: ${api.comments.length}, number ${only?.id ?? "none"}, edited in place.`);
    print("\nThe same domain, enforcing for a long time, with max_age of a week: its mail provider is replaced.");
    for (const [index, step] of STEPS.entries())
      failed = !(await replace(internet, step, CHAPTERS.length + index + 1)) || failed;
    print(`Reports, summaries and comments of each push: ${FOLDER}`);
    print(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  } finally {
    await Promise.all([internet.close(), api.close(), repository.close()]);
  }
  process.exitCode = failed ? 1 : 0;
}

interface Judging {
  readonly internet: Internet;
  readonly api: GithubApi;
  readonly repository: DemoRepository;
}

/** @returns whether the push ended as the story has it. */
async function judge({ internet, api, repository }: Judging, push: Push): Promise<boolean> {
  api.head = repository.head;
  const result = await runStep({
    main: BUNDLE,
    workspace: repository.folder,
    eventName: "pull_request",
    event: pullRequest(repository, repository.head),
    sha: repository.merge,
    apiUrl: api.url,
    inputs: {
      ...internet.inputs,
      records: "zones/*.zone",
      "github-token": "ghs_demo",
      "report-file": join(FOLDER, `report-${push.number}.json`),
    },
  });
  return tell(push, { result, comment: api.comments.at(-1)?.body ?? "" });
}

/** Each pull request of the replacement has a repository of its own, whose main is as old as the step says. */
async function replace(internet: Internet, { title, main, proposed, verdict }: Step, number: number): Promise<boolean> {
  const commits = main.map(([days, stand]) => ({ files: filesOf(stand), at: daysAgo(days) }));
  const [last, base] = [main.at(-1), commits.at(-1)];
  if (!last || !base) throw new Error("a step without a base");
  const api = await startGithubApi();
  const history = { past: commits.slice(0, -1), base: base.files, baseAt: base.at, head: filesOf(proposed) };
  const repository = await createRepository(history);
  try {
    await deployStand(internet, last[1]);
    return await judge({ internet, api, repository }, { title, verdict, number });
  } finally {
    await Promise.all([api.close(), repository.close()]);
  }
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

interface Push {
  readonly number: number;
  readonly title: string;
  readonly verdict: "ready" | "blocked";
}

async function tell({ number, title, verdict }: Push, { result, comment }: Told): Promise<boolean> {
  const { status, stdout, stderr, outputs, summary } = result;
  await Promise.all([
    writeFile(join(FOLDER, `comment-${number}.md`), comment),
    writeFile(join(FOLDER, `summary-${number}.md`), summary),
    writeFile(join(FOLDER, `log-${number}.txt`), `${stdout}${stderr}`),
  ]);
  print(`\n━━ Push ${number}: ${title}`);
  print(`verdict ${outputs["verdict"] ?? "none"}, exit status ${status}, ${Math.round(result.elapsed)} ms\n`);
  print("The log:");
  print(indented(stdout + stderr));
  print("The comment:");
  print(indented(plainText(comment)));
  const expected = outputs["verdict"] === verdict && status === (verdict === "ready" ? 0 : 1);
  if (!expected) print(`This push should have been ${verdict}.`);
  return expected;
}

/** The log is shown, not given to the runner that may be running this demo: an indent does not stop its commands, a bar does. */
const indented = (text: string): string => text.trimEnd().replace(/^/gm, "  │ ");

await main();
