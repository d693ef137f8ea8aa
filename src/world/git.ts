import type { Repository, Tree } from "../world.ts";

export interface GitAccess {
  /** A folder inside the checkout. */
  readonly workspace: string;
  /** Aborts every wait: the run's deadline. */
  readonly signal?: AbortSignal;
  /** Milliseconds that one answer of git may take; 30 s when not said. */
  readonly patience?: number;
}

/** A clone on this disk, read through fixed plumbing commands; nothing of the repository is ever executed. */
export interface Git {
  readonly shallow: boolean;
  /** The full id of the commit that `rev` names; undefined when it names none here. @throws OptionError for a text that is no revision. */
  readonly resolveCommit: (rev: string) => Promise<string | undefined>;
  /** Ids of the parents, also of those that a shallow clone lacks. @throws CollectError when the commit itself is not here. */
  readonly parentsOf: (commit: string) => Promise<readonly string[]>;
  readonly hasCommit: (commit: string) => Promise<boolean>;
  readonly tree: (commit: string) => Tree;
  readonly changed: (baseCommit: string, commit: string) => Promise<ReadonlySet<string>>;
  readonly history: (baseCommit: string, path: string) => ReturnType<Repository["history"]>;
  /** Ends every child process. */
  readonly close: () => void;
}

export type GitRepository = Repository & { readonly close: () => void };

/** `base-missing`: the clone is too shallow; read the base through the API, or throw {@link baseMissing}. */
export type Opened =
  | { readonly kind: "open"; readonly repository: GitRepository }
  | { readonly kind: "base-missing"; readonly baseCommit: string; readonly git: Git };

export declare function openGit(access: GitAccess): Promise<Git>;
export declare function openRepository(
  access: GitAccess & { readonly commit: string; readonly baseCommit: string },
): Promise<Opened>;
export declare function baseMissing(baseCommit: string): import("../errors.ts").OptionError;
