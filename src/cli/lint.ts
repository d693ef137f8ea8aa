import { createReadStream } from "node:fs";
import { lstat } from "node:fs/promises";
import { OptionError } from "../errors.ts";
import { policyRemarks } from "../judge/policy-remarks.ts";
import { parsePolicy } from "../protocol/policy.ts";
import { LINT_FORMATS, type Linted, type LintFormat, renderLint } from "../report/lint.ts";
import { inertJson } from "./inert-json.ts";

// Senders stop at 64 KiB (RFC 8461 §3.3); a little more is read so that the file can be called too long, never all of it.
const LONGEST = 1 << 20; // octets

/**
 * Reads each policy and prints what is wrong with it. Offline.
 * @returns exit status: 0 when every file is a policy, 1 otherwise
 * @throws OptionError when a file cannot be read or the format is none.
 */
export async function lint(
  paths: readonly string[],
  format: string | undefined,
  print: (text: string) => void,
): Promise<0 | 1> {
  const chosen = formatNamed(format);
  if (paths.length === 0) throw new OptionError("lint", "needs a file, or - for standard input");
  let status: 0 | 1 = 0;
  for (const path of paths) {
    const linted = lintedFrom(path, await octetsAt(path));
    if (linted.parse.kind === "invalid") status = 1;
    const text = renderLint(linted, chosen);
    print(chosen === "json" ? inertJson(text) : text);
  }
  return status;
}

function formatNamed(name: string | undefined): LintFormat {
  if (name === undefined) return "text";
  const found = LINT_FORMATS.find((format) => format === name);
  if (!found) throw new OptionError("--format", "has no such value", { allowed: LINT_FORMATS });
  return found;
}

function lintedFrom(path: string, bytes: Uint8Array): Linted {
  return { path, text: new TextDecoder().decode(bytes), parse: parsePolicy(bytes), remarks: policyRemarks(bytes) };
}

async function octetsAt(path: string): Promise<Uint8Array> {
  try {
    // A device or a pipe by name would never end; standard input is the way to pipe.
    if (path !== "-" && !(await lstat(path)).isFile()) throw new OptionError("lint", `${path} is no regular file`);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of path === "-" ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > LONGEST) throw new OptionError("lint", `${path} is longer than ${LONGEST} octets`);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new OptionError("lint", `${path} cannot be read (${code})`);
  }
}
