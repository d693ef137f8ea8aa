/** Which commit to judge, against which, and for which pull request. */
export interface RunEvent {
  readonly name: string;
  /** Hex id of the commit to judge. */
  readonly commit: string;
  readonly base: BaseRevision;
  readonly pullRequest: PullRequest | null;
}

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
