import { randomUUID } from "node:crypto";
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { OptionError } from "../errors.ts";
import { writeAll } from "../run/write-all.ts";
import type { VerdictKind } from "../verdict.ts";

/** The outputs of this step (SPEC §6): enumerations, counts, paths and ids, never text from outside. */
export interface Outputs {
  readonly verdict: VerdictKind;
  readonly errors: number;
  readonly warnings: number;
  readonly unknowns: number;
  readonly domains: number;
  readonly "report-file": string;
  readonly "sarif-file": string;
  readonly "evidence-file": string;
  readonly "suggested-id": string;
  readonly "comment-id": string;
}

// `suggested-id`: RFC 8461 §3.1. A path is the operator's; no control character may stand in it.
const WELL_FORMED: Readonly<Record<keyof Outputs, RegExp>> = {
  verdict: /^(?:ready|blocked|unknown)$/,
  errors: /^[0-9]+$/,
  warnings: /^[0-9]+$/,
  unknowns: /^[0-9]+$/,
  domains: /^[0-9]+$/,
  "report-file": /^\P{Cc}*$/u,
  "sarif-file": /^\P{Cc}*$/u,
  "evidence-file": /^\P{Cc}*$/u,
  "suggested-id": /^[A-Za-z0-9]{0,32}$/,
  "comment-id": /^[0-9]*$/,
};

/**
 * Appends outputs to GITHUB_OUTPUT; of two values of one name the last counts.
 * @throws OptionError when the file cannot be written: a consumer would read nothing, and take nothing for an answer.
 */
export function writeOutputs(env: NodeJS.ProcessEnv, outputs: Partial<Outputs>): void {
  const lines = Object.entries(outputs).map(([name, value]) => heredoc(name as keyof Outputs, String(value)));
  try {
    appendToFile(env["GITHUB_OUTPUT"], lines.join(""));
  } catch {
    throw new OptionError("GITHUB_OUTPUT", "cannot be written, so no later step would learn the verdict");
  }
}

// A delimiter that nobody can foresee (CVE-2022-35954).
function heredoc(name: keyof Outputs, value: string): string {
  if (!WELL_FORMED[name].test(value)) throw new Error(`the output ${name} is malformed`);
  const delimiter = `end_${randomUUID()}`;
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

/**
 * Appends `text` to a file that the runner made.
 * @throws where it is missing, a link or no regular file, and where not everything could be written.
 */
export function appendToFile(path: string | undefined, text: string): void {
  if (!path) throw new Error("the runner named no file");
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) throw new Error("not a regular file");
    writeAll(file, text);
  } finally {
    closeSync(file);
  }
}
