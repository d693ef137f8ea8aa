import { OptionError } from "../errors.ts";
import type { Options } from "../options.ts";
import { baseMissing, type Git, openGit, openRepository } from "../world/git.ts";
import type { Repository } from "../world.ts";
import { type Api, openApi } from "./api.ts";
import { repositoryWithBase } from "./base-tree.ts";
import type { RunEvent } from "./event.ts";
import type { Runner } from "./runner.ts";

/** The repository at the commit of the event and at its base. */
export interface OpenedRepository {
  readonly repository: Repository;
  /** One sentence each, for the report. */
  readonly notes: readonly string[];
  /** Host of the API, where the base came from it. */
  readonly apiHost: string | undefined;
  readonly close: () => void;
}

export interface RepositoryAccess {
  readonly runner: Runner;
  readonly event: RunEvent;
  readonly token: Options["githubToken"];
  /** Aborts every wait. */
  readonly signal: AbortSignal;
}

/** @throws OptionError or CollectError, with what to change, where there is no commit or no base to compare. */
export async function openAt(access: RepositoryAccess): Promise<OpenedRepository> {
  const { runner, event, signal } = access;
  const git = await openGit({ workspace: runner.workspace, signal });
  const baseCommit = await baseOf(git, event).finally(git.close);
  const opened = await openRepository({ workspace: runner.workspace, signal, commit: event.commit, baseCommit });
  if (opened.kind === "open") {
    const { repository } = opened;
    return { repository, notes: [], apiHost: undefined, close: repository.close };
  }
  try {
    return await throughApi(access, opened.git, baseCommit);
  } catch (error) {
    opened.git.close();
    throw error;
  }
}

async function baseOf(git: Git, { base, commit }: RunEvent): Promise<string> {
  if (base.kind === "commit") return base.id;
  if (base.kind === "first-parent") {
    // Depth 1 keeps the parents' ids, so this also tells a base that is not in the clone.
    const parents = await git.parentsOf(commit);
    return parents.length > 1 && parents[0] !== undefined ? parents[0] : base.otherwise;
  }
  const found = await git.resolveCommit(base.text);
  if (found !== undefined) return found;
  throw new OptionError("base", `${base.text} names no commit in this clone; fetch it, such as with fetch-depth: 0`);
}

/** Milliseconds for the API, and attempts after the first. */
const PATIENCE = { budget: 60_000, retries: 2 };

async function throughApi(access: RepositoryAccess, git: Git, baseCommit: string): Promise<OpenedRepository> {
  const { runner, event, token, signal } = access;
  if (!token || !runner.repository) throw baseMissing(baseCommit);
  const api: Api = await openApi({ token, baseUrl: runner.apiUrl, signal, ...PATIENCE });
  const absent = { git, commit: event.commit, baseCommit, repository: runner.repository };
  const repository = await repositoryWithBase(api, absent);
  const note =
    "The clone lacks the base, so it was read through GitHub's API, without its history; `fetch-depth: 2` saves that.";
  return { repository, notes: [note], apiHost: api.host, close: git.close };
}
