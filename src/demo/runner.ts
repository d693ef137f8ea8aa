import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One step of a job, as a workflow would describe it. */
export interface Step {
  /** Path of the bundle. */
  readonly main: string;
  /** The checkout: working directory and GITHUB_WORKSPACE. */
  readonly workspace: string;
  readonly eventName: string;
  /** The webhook payload. */
  readonly event: object;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** `with:`; names as in action.yml. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly repository?: string;
  readonly apiUrl?: string;
  /** More of the job's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the step is killed; 60 s unless given. */
  readonly timeout?: number;
  /** Told when the process runs, with the way to signal it, as the runner does for a job that is cancelled. */
  readonly started?: (signal: (name: NodeJS.Signals) => void) => void;
}

export interface StepResult {
  /** `null`: ended by a signal. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** Runs a bundle as actions/runner does: inputs and event in the environment, outputs and summary in files, nothing else. */
export async function runStep(step: Step): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), "mta-sts-gate-step-"));
  const files = {
    output: join(folder, "output"),
    summary: join(folder, "summary.md"),
    event: join(folder, "event.json"),
  };
  try {
    await Promise.all([
      writeFile(files.output, ""),
      writeFile(files.summary, ""),
      writeFile(files.event, JSON.stringify(step.event)),
    ]);
    const started = performance.now();
    const ended = await child(step, { ...variables(step, files), RUNNER_TEMP: folder, HOME: folder });
    const elapsed = performance.now() - started;
    const [output, summary] = await Promise.all([readFile(files.output, "utf8"), readFile(files.summary, "utf8")]);
    return { ...ended, outputs: outputsIn(output), summary, elapsed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function variables(step: Step, files: { output: string; summary: string; event: string }): Record<string, string> {
  const inputs = Object.entries(step.inputs).map(([name, value]) => [
    `INPUT_${name.replace(/ /g, "_").toUpperCase()}`,
    value,
  ]);
  return {
    PATH: process.env["PATH"] ?? "",
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: step.apiUrl ?? "http://127.0.0.1:9",
    GITHUB_EVENT_NAME: step.eventName,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_OUTPUT: files.output,
    GITHUB_REPOSITORY: step.repository ?? "example/mail-policy",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RUN_ID: "1234567890",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_SHA: step.sha,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_WORKSPACE: step.workspace,
    RUNNER_ENVIRONMENT: "github-hosted",
    ...Object.fromEntries(inputs),
    ...step.env,
  };
}

function child(step: Step, env: Record<string, string>): Promise<Pick<StepResult, "status" | "stdout" | "stderr">> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [step.main], { cwd: step.workspace, env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    run.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    run.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const late = setTimeout(() => run.kill("SIGKILL"), step.timeout ?? 60_000);
    step.started?.((name) => void run.kill(name));
    run.once("error", reject);
    run.once("close", (status) => {
      clearTimeout(late);
      resolve({ status, stdout, stderr });
    });
  });
}

/** `name=value` and `name<<DELIMITER` … `DELIMITER`, as the runner reads GITHUB_OUTPUT. */
export function outputsIn(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const lines = text.split("\n");
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (name && delimiter) {
      const end = lines.indexOf(delimiter);
      found[name] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join("\n");
    } else if (line.includes("=")) found[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
  }
  return found;
}
