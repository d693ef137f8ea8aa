import type { Config } from "../config.ts";
import { CollectError } from "../errors.ts";
import type { Options } from "../options.ts";
import type { Proposal } from "../proposal.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import type { Repository } from "../world.ts";
import { type Claims, claimsOf, lenientClaims } from "./claims.ts";
import { readConfigs } from "./config-files.ts";
import { domainsWithRecord } from "./domain-records.ts";
import { type Draft, draftOf, finish, saysSomething } from "./draft.ts";
import { type Ground, holdsZone, openGround, setsFor, wholeGround } from "./ground.ts";
import { loosenedBy } from "./loosened.ts";
import { misplacedFiles } from "./misplaced.ts";
import { mxOnlyProposals, withMxPast } from "./mx-only.ts";
import { settling } from "./policy-files.ts";
import type { BothClaims } from "./policy-sides.ts";
import type { RecordSet } from "./record-set.ts";
import { openSides, type Side } from "./side.ts";

/** What the repository says, at the two commits that matter. */
export interface Collected {
  readonly config: Config;
  readonly baseConfig: Config;
  /** The domains that the change touches; with `all`, every domain. In the order of their names. */
  readonly proposals: readonly Proposal[];
  /**
   * Names whose MX the change edits and for which the repository has neither policy nor `_mta-sts` record: judge one only if a
   * live record answers there (SPEC §3).
   */
  readonly mxOnly: readonly Proposal[];
  /** What names the policy file of a domain, or the domain itself: the middle of a sentence. */
  readonly origins: ReadonlyMap<DomainName, string>;
  readonly notes: readonly string[];
  /** What the change to the config file stops looking at: one sentence each. */
  readonly loosened: readonly string[];
}

/**
 * Reads what the repository proposes (SPEC §3). Reads git only: no network, nothing is executed.
 * @param pastOf of which domains to read the history: a plan needs it although nothing changes
 * @throws CollectError where the repository cannot be read as asked, OptionError where an input is wrong: exit 2.
 */
export async function collect(
  repository: Repository,
  options: Options,
  knownRules: readonly string[],
  pastOf: "touched" | "all" = "touched",
): Promise<Collected> {
  const sides = await openSides(repository);
  const configs = await readConfigs(sides, options, knownRules);
  const { config, baseConfig } = configs;
  // A base whose config names no domain is read by the proposed config: the change may be the one that adds it.
  const earlier = baseConfig.domains.length > 0 || config.domains.length === 0 ? baseConfig : config;
  const claims = {
    proposed: await claimsOf(sides.proposed, { options, config }),
    base: await lenientClaims(sides.base, { options, config: earlier }),
  };
  let ground = await openGround(sides, { options, config, baseConfig, claims });
  let { drafts, spoken } = await draftsIn(ground);
  if (ground.partial && !spoken && !(drafts.length === 0 && (await isWorthAGate(ground)))) {
    ground = await wholeGround(ground);
    ({ drafts, spoken } = await draftsIn(ground));
  }
  if (!spoken && options.ifNone === "error" && !ground.partial && !hasZones(ground, options))
    throw nothingToJudge(options, sides.proposed);
  return {
    config,
    baseConfig,
    proposals: spoken ? await finish(repository, ground, { drafts, knownRules, pastOf }) : [],
    mxOnly: claims.proposed.explicit
      ? []
      : await withMxPast(repository, mxOnlyProposals(ground), { configPath: config.path, knownRules }),
    origins: new Map(drafts.map(({ policyDomain }) => [policyDomain, originOf(claims.proposed, policyDomain)])),
    notes: [...configs.notes, ...ground.notes],
    loosened: loosenedBy(config, baseConfig),
  };
}

interface Drafts {
  readonly drafts: readonly Draft[];
  /** Some domain has a policy or a record. */
  readonly spoken: boolean;
}

async function draftsIn(ground: Ground): Promise<Drafts> {
  const { options, claims } = ground;
  const drafts: Draft[] = [];
  let spoken = false;
  for (const domain of domainsOf(ground, claims, options)) {
    const draft = await draftOf(ground, domain);
    spoken ||= saysSomething(draft);
    if (options.all || draft.touched.length > 0) drafts.push(draft);
  }
  return { drafts, spoken };
}

/** Of a change that touches nothing: whether there is anything in the record files, found in as few of them as need be. */
async function isWorthAGate(ground: Ground): Promise<boolean> {
  const { options } = ground;
  return options.ifNone !== "error" || (options.domain === undefined && (await holdsZone(ground)));
}

/** Every domain of either side; those that an input names, and no other, where one does. */
function domainsOf(ground: Ground, { proposed, base }: BothClaims, options: Options): readonly DomainName[] {
  const byInput = options.domain !== undefined || (options.policy !== undefined && proposed.explicit);
  if (byInput) return [...proposed.byDomain.keys()].toSorted();
  const earlier = proposed.explicit && !base.explicit ? [] : base.byDomain.keys();
  const claimed = [...proposed.byDomain.keys(), ...earlier];
  const { proposed: after, base: before } = setsFor(ground, undefined);
  const published = proposed.explicit ? [] : [after, before].flatMap(domainsWithRecord);
  const names = published.map(domainName).filter((name) => name?.includes("."));
  return [...new Set([...claimed, ...names.filter((name) => name !== undefined)])].toSorted();
}

function originOf({ byDomain }: Claims, domain: DomainName): string {
  const claim = byDomain.get(domain);
  if (!claim) return "its _mta-sts record in the record files";
  if (claim.named?.kind === "input") return `the input ${claim.named.name}`;
  if (claim.named?.kind === "file") return `the config, line ${claim.named.span.startLine}`;
  if (claim.path === undefined) return "the config or an input, without a policy file";
  return "a CNAME file beside .well-known, or a folder on its path";
}

/** A repository of zones is worth a gate even where no zone has a policy yet: any of their MX edits may meet a live one. */
function hasZones(ground: Ground, { domain }: Options): boolean {
  if (domain !== undefined) return false;
  const { proposed, base } = setsFor(ground, undefined);
  // A partial source names no zone, and its MX edits count all the same.
  const hasMx = (set: RecordSet): boolean =>
    [...set.owners.values()].some((all) => all.some(({ type }) => type === "MX"));
  return [proposed, base].some((set) => set.zones.size > 0 || hasMx(set));
}

function nothingToJudge(options: Options, side: Side): CollectError {
  const domain = options.domain ?? "example.com";
  const [slip] = misplacedFiles(side);
  const hint = slip === undefined ? "" : ` (${slip} lies where no host serves a policy)`;
  return new CollectError(
    `neither the change nor its base has a policy file or an _mta-sts record that git tracks${hint}, so there is nothing to judge; ` +
      "where that is right, say if-none: ready",
    { remedy: settling([{ domain, policy: ".well-known/mta-sts.txt" }]) },
  );
}
