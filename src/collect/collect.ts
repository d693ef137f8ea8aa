import type { Config } from "../config.ts";
import type { Options } from "../options.ts";
import type { Proposal } from "../proposal.ts";
import type { Repository } from "../world.ts";

/** What the repository says, at the two commits that matter. */
export interface Collected {
  readonly config: Config;
  readonly baseConfig: Config;
  /** The domains that the change touches; with `all`, every domain. In the order of their names. */
  readonly proposals: readonly Proposal[];
  /** Names whose MX the change edits and for which the repository has neither policy nor `_mta-sts` record: judge one only if a live record answers there (SPEC §3). */
  readonly mxOnly: readonly Proposal[];
  readonly notes: readonly string[];
  /** What the change to the config file stops looking at: one sentence each. */
  readonly loosened: readonly string[];
}

export declare function collect(
  repository: Repository,
  options: Options,
  knownRules: readonly string[],
): Promise<Collected>;
