import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** The sources as they lie, and the committed bundle. */
export const PROGRAMS = [
  ["sources", resolve("src/cli/main.ts")],
  ["bundle", resolve("dist/cli.js")],
] as const;

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly folder?: string;
  /** What standard input says before it ends; `null`: it stays open and says nothing. */
  readonly input?: string | Uint8Array | null;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs the command line as a shell would, with an environment of its own. */
export function runProgram(file: string, args: readonly string[], start: Start = {}): Promise<Ended> {
  const { folder = process.cwd(), input = "", env = {} } = start;
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: folder, env: { PATH: process.env["PATH"], ...env } });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    // A program that ends before it has read everything closes its end.
    child.stdin.on("error", () => undefined);
    if (input !== null) child.stdin.end(input);
    child.once("error", reject);
    child.once("close", (status) => settle({ status, stdout, stderr }));
  });
}
