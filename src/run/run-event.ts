/** Which commit to judge, against which, and for which pull request. */
export interface RunEvent {
  readonly name: string;
  /** Hex id of the commit to judge. */
  readonly commit: string;
  /** The commit itself where the event names none, and nothing is judged against it. */
  readonly base: BaseRevision;
  /** Left out: gate. */
  readonly work?: Work;
  readonly pullRequest: PullRequest | null;
}

/** Judge the change, or compare what is deployed with the repository, or first the one and then the other (SPEC §7). */
export type Work = "gate" | "verify" | "gate-then-verify";

export type BaseRevision =
  /** The text of the input `base`, for git to resolve. */
  | { readonly kind: "revision"; readonly text: string }
  | { readonly kind: "commit"; readonly id: string }
  /** The merge commit's first parent; `otherwise` where the commit is no merge. Hex id. */
  | { readonly kind: "first-parent"; readonly otherwise: string };

export interface PullRequest {
  readonly number: number;
  /** Hex id of the head that this run judges. */
  readonly head: string;
  /** A fork, or Dependabot: the token can only read, and the base's config counts (SPEC §3). */
  readonly from: "repository" | "fork" | "dependabot";
}
