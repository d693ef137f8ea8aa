import { type ChildProcess, spawn } from "node:child_process";
import { isAbsolute, parse, resolve, sep } from "node:path";
import { CollectError, OptionError } from "../errors.ts";

/** How git is called, and for how long an answer is waited for. */
export interface GitCalls {
  readonly directory: string;
  readonly workspace: string;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly patience: number;
}

const MOST_OUTPUT = 256 * 1024 * 1024;

/** Starts git: no shell, no configuration but the clone's own, and of that nothing that could start another program. */
export function startGit({ directory, workspace }: GitCalls, args: readonly string[]): ChildProcess {
  const configured = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"];
  return spawn(
    "git",
    ["--no-pager", "--literal-pathspecs", ...configured.flatMap((setting) => ["-c", setting]), ...args],
    {
      cwd: parse(directory).root,
      env: environment(directory, workspace),
      stdio: ["pipe", "pipe", "pipe"],
      shell: false,
      windowsHide: true,
    },
  );
}

function environment(directory: string, workspace: string): Record<string, string> {
  return {
    PATH: trustedPath(workspace),
    GIT_DIR: directory,
    LC_ALL: "C",
    HOME: "/nonexistent",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
  };
}

/** No folder that the repository under review could have put a `git` into. */
function trustedPath(workspace: string): string {
  const inside = resolve(workspace);
  const folders = (process.env["PATH"] ?? "").split(":");
  return folders
    .filter((folder) => isAbsolute(folder) && resolve(folder) !== inside && !resolve(folder).startsWith(inside + sep))
    .join(":");
}

export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
}

/** Runs one command to its end. @throws CollectError past the deadline or the size limit, OptionError when there is no git. */
export function runGit(calls: GitCalls, args: readonly string[]): Promise<GitOutput> {
  const child = startGit(calls, args);
  child.stdin?.on("error", ignore);
  child.stdin?.end();
  // What git complains about may quote the repository; only its status counts.
  child.stderr?.resume();
  const chunks: Buffer[] = [];
  let size = 0;
  const name = args[0] ?? "";
  const work = new Promise<GitOutput>((settle, reject) => {
    child.on("error", (error) => reject(notStarted(error)));
    child.stdout?.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_OUTPUT)
        reject(new CollectError(`git ${name} gave more than 256 MiB, so the repository cannot be read`));
    });
    child.on("close", (status) => settle({ status: status ?? -1, stdout: Buffer.concat(chunks) }));
  });
  return withinPatience(calls, name, work).finally(() => child.kill("SIGKILL"));
}

/** A wall clock over one answer of git: what drips in never moves it. */
export function withinPatience<T>({ signal, patience }: GitCalls, name: string, work: Promise<T>): Promise<T> {
  return new Promise<T>((settle, reject) => {
    const late = () => {
      end();
      reject(new CollectError(`git ${name} gave no answer in time, so the repository could not be read`));
    };
    const timer = setTimeout(late, patience);
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", late);
    };
    signal.addEventListener("abort", late, { once: true });
    if (signal.aborted) late();
    work.then(settle, reject).finally(end);
  });
}

export function notStarted(error: Error): Error {
  return "code" in error && error.code === "ENOENT"
    ? new OptionError("git", "the program git is not installed on this machine, and the repository is read through it")
    : new CollectError("git could not be started, so the repository could not be read");
}

export function ignore(): void {
  // The end of a child process is seen at its exit, not at its pipes.
}
