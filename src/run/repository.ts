import { OptionError } from "../errors.ts";
import { baseMissing, type Git, openGit, openRepository } from "../world/git.ts";
import type { Repository } from "../world.ts";
import type { RunEvent } from "./run-event.ts";

/** The repository at the commit of the event and at its base. */
export interface OpenedRepository {
  readonly repository: Repository;
  /** One sentence each, for the report. */
  readonly notes: readonly string[];
  /** Host of the API, where the base came from it. */
  readonly apiHost: string | undefined;
  readonly close: () => void;
}

/** A base that the clone lacks. Hex ids; `git` has the commit under review. */
export interface AbsentBase {
  readonly git: Git;
  readonly commit: string;
  readonly baseCommit: string;
}

/** Another way to a base that the clone lacks. @throws OptionError where it does not lead there. */
export type ReadBase = (absent: AbsentBase, signal: AbortSignal) => Promise<Omit<OpenedRepository, "close">>;

export interface RepositoryAccess {
  readonly workspace: string;
  readonly event: RunEvent;
  readonly readBase: ReadBase | undefined;
  /** Aborts every wait. */
  readonly signal: AbortSignal;
}

/** @throws OptionError or CollectError, with what to change, where there is no commit or no base to compare. */
export async function openAt({ workspace, event, readBase, signal }: RepositoryAccess): Promise<OpenedRepository> {
  const { commit } = event;
  const named = await openGit({ workspace, signal });
  const baseCommit = await baseOf(named, event).finally(named.close);
  const opened = await openRepository({ workspace, signal, commit, baseCommit });
  if (opened.kind === "open") {
    const { repository } = opened;
    return { repository, notes: [], apiHost: undefined, close: repository.close };
  }
  const { git } = opened;
  try {
    if (!readBase) throw baseMissing(baseCommit);
    return { ...(await readBase({ git, commit, baseCommit }, signal)), close: git.close };
  } catch (error) {
    git.close();
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
