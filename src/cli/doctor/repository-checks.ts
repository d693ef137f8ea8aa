import { collect } from "../../collect/collect.ts";
import { readConfig } from "../../collect/config.ts";
import { NO_CONFIG } from "../../config.ts";
import { CollectError, OptionError } from "../../errors.ts";
import { rules } from "../../judge/rules.ts";
import type { Options } from "../../options.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { openAt } from "../../run/repository.ts";
import type { Git } from "../../world/git.ts";
import type { Check } from "./check.ts";

export interface RepositoryState {
  readonly checks: readonly Check[];
  /** Those that HEAD says something of. */
  readonly domains: readonly DomainName[];
}

export interface Surroundings {
  readonly git: Git;
  readonly workspace: string;
  readonly options: Options;
  readonly signal: AbortSignal;
}

/** What the gate would read here. */
export async function repositoryChecks(around: Surroundings): Promise<RepositoryState> {
  const { checks, domains } = await headCheck(around);
  return { checks: [clone(around.git), await configCheck(around), ...checks], domains };
}

function clone({ shallow }: Git): Check {
  if (!shallow) return { check: "clone", outcome: "ok", message: "this clone has the whole history" };
  const message = "this clone is shallow, so how long a policy has been published is not seen";
  return { check: "clone", outcome: "problem", message, fix: "git fetch --unshallow" };
}

/** The file as it lies in the working tree, committed or not. */
async function configCheck({ git, options }: Surroundings): Promise<Check> {
  const path = (options.config ?? NO_CONFIG.path).replace(/^(\.\/)+/, "");
  const read = async (): Promise<string> => {
    const bytes = await git.workspaceFile(path);
    if (!bytes) return `there is no ${path}: domains are found by where the files lie`;
    const known = rules.map(({ id }) => id);
    const { domains } = readConfig(path, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), known);
    return `${path} names ${domains.length} domains`;
  };
  return tried("config", read);
}

async function headCheck({ git, workspace, options, signal }: Surroundings): Promise<RepositoryState> {
  const commit = await git.resolveCommit("HEAD");
  if (commit === undefined) {
    const message = "this repository has no commit yet, and only what is committed is judged";
    return { checks: [{ check: "repository", outcome: "problem", message, fix: "git commit" }], domains: [] };
  }
  const domains: DomainName[] = [];
  const check = await tried("repository", async () => {
    const event = {
      name: "command line",
      commit,
      base: { kind: "revision", text: "HEAD" },
      pullRequest: null,
    } as const;
    const opened = await openAt({ workspace, event, readBase: undefined, signal });
    try {
      const known = rules.map(({ id }) => id);
      const { proposals } = await collect(opened.repository, { ...options, all: true, domain: undefined }, known);
      domains.push(...proposals.map(({ policyDomain }) => policyDomain));
      return `HEAD says something of ${domains.length} domains, such as ${domains[0] ?? "none"}`;
    } finally {
      opened.close();
    }
  });
  return { checks: [check], domains };
}

async function tried(check: "config" | "repository", read: () => Promise<string>): Promise<Check> {
  try {
    return { check, outcome: "ok", message: await read() };
  } catch (error) {
    if (!(error instanceof CollectError || error instanceof OptionError)) throw error;
    const { message, location } = error;
    // A remedy begins with its file in a comment.
    const fix = error instanceof CollectError ? error.remedy?.replace(/^# (\S+)\n/, "write in $1:\n") : undefined;
    return {
      check,
      outcome: "problem",
      message: error instanceof OptionError ? `${error.option}: ${message}` : message,
      ...(location && { location }),
      ...(fix !== undefined && { fix }),
    };
  }
}
