import type { History, PolicyAge, Proposal, ProposedRecord, Revision, Said } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Repository } from "../world.ts";
import { entryOf, recordsOf } from "./domain-records.ts";
import { type Ground, setsFor } from "./ground.ts";
import { type Archive, baseSince, openArchive, pastOf } from "./history.ts";
import { missingPolicy, type PolicyPaths, policyPaths, policySides, unchangedPolicy } from "./policy-sides.ts";
import { openPublishing, type Publishing } from "./publishing.ts";
import { withSource } from "./record-source.ts";
import type { Sides } from "./side.ts";
import { touchedBy } from "./touched.ts";

/** A proposal whose policy's age was not looked up yet, nor its policy read where that is the same on both sides. */
export interface Draft extends Omit<Proposal, "baseSince" | "history" | "publishing"> {
  readonly paths: PolicyPaths;
}

/** Both revisions of one domain. @throws CollectError for a policy that is named and not there, and for two answers. */
export async function draftOf(ground: Ground, domain: DomainName): Promise<Draft> {
  const { options, config, baseConfig, claims, sides } = ground;
  const paths = await policyPaths(domain, sides, claims);
  const policy = unchangedPolicy(sides, paths) ?? (await policySides(sides, paths));
  const sets = setsFor(ground, domain);
  const records = recordsOf(domain, {
    options,
    proposed: { set: sets.proposed, config },
    base: { set: sets.base, config: baseConfig },
  });
  const proposed: Revision = { policyFile: policy.proposed, ...records.proposed };
  const base: Revision = { policyFile: policy.base, ...records.base };
  const claim = claims.proposed.byDomain.get(domain);
  const onlyNamed = claim?.named !== undefined && !isThere(sides, claim.path);
  // A template names a file for every domain; one that lives only in DNS may have none there.
  const byTemplate = options.policy === undefined && entryOf(config, domain)?.policy === undefined;
  if (claim && onlyNamed && !(byTemplate && holds(proposed.stsRecords))) throw missingPolicy(domain, claim);
  const touched = touchedBy(
    domain,
    { proposed, base },
    { ...ground, changed: sides.changed, idFromInput: options.recordId !== undefined },
  );
  const external = options.recordId === undefined && entryOf(config, domain)?.record?.kind === "external";
  const notes = notesOf(domain, { unlisted: paths.unlisted, external });
  return { policyDomain: domain, proposed, base, touched, notes, paths, ...(external && { external }) };
}

function notesOf(
  domain: DomainName,
  { unlisted, external }: { readonly unlisted: boolean; readonly external: boolean },
): readonly string[] {
  return [
    ...(unlisted ? [`The config no longer lists ${domain}, and its policy file is still there.`] : []),
    ...(external
      ? ["The _mta-sts record is published elsewhere, as the config says; its id is compared with what is live."]
      : []),
  ];
}

/** A misspelt path must not read as the removal of a policy that the base has somewhere else. */
const isThere = ({ proposed, base }: Sides, path: string | undefined): boolean =>
  path !== undefined && (proposed.paths.has(path) || base.paths.has(path));

const holds = (records: Said<readonly ProposedRecord[]>): boolean =>
  records.kind === "said" && records.value.length > 0;

/** Whether either side has a policy or an `_mta-sts` record: a gate over nothing is a misconfiguration. */
export function saysSomething({ proposed, base }: Draft): boolean {
  return [proposed, base].some(
    ({ policyFile, stsRecords }) => (policyFile.kind === "said" && policyFile.value !== null) || holds(stsRecords),
  );
}

interface Finishing {
  readonly drafts: readonly Draft[];
  readonly knownRules: readonly string[];
  /** Of which domains to read what the base branch said before. */
  readonly pastOf: "touched" | "all";
}

const AT_ONCE = 8;
const MOST_UNTOUCHED = 256;

/** Reads the policies and what the base branch said before; a bounded number of git processes at a time. */
export async function finish(
  repository: Repository,
  ground: Ground,
  { drafts, knownRules, pastOf: whose }: Finishing,
): Promise<readonly Proposal[]> {
  const many = drafts.length > MOST_UNTOUCHED;
  const archive = openArchive(repository, { configPath: ground.config.path, knownRules });
  const publishing = openPublishing(ground);
  const proposals: Proposal[] = [];
  for (let at = 0; at < drafts.length; at += AT_ONCE) {
    const some = drafts.slice(at, at + AT_ONCE);
    const bench = { ground, archive, publishing, many, whose };
    proposals.push(...(await Promise.all(some.map((draft) => proposalOf(draft, bench)))));
  }
  return proposals;
}

interface Bench {
  readonly ground: Ground;
  readonly archive: Archive;
  readonly publishing: Publishing;
  readonly many: boolean;
  readonly whose: Finishing["pastOf"];
}

async function proposalOf({ paths, ...draft }: Draft, bench: Bench): Promise<Proposal> {
  const { ground, archive, publishing, many, whose } = bench;
  const { sides } = ground;
  const policy = await policySides(sides, paths);
  const base = { ...draft.base, policyFile: policy.base };
  const proposed = { ...draft.proposed, policyFile: policy.proposed };
  // An id that is a hash of the policy tells which body it was published for, in verify as well.
  const untouched = whose === "touched" && draft.touched.length === 0 && (many || draft.external !== true);
  const past = untouched
    ? { history: NO_HISTORY, baseSince: many ? NOT_READ : await baseSince(archive, base) }
    : await pastOf(archive, { domain: draft.policyDomain, proposed, base });
  return {
    ...draft,
    proposed: { ...proposed, stsRecords: await withSource(sides.proposed, proposed.stsRecords) },
    base,
    ...past,
    publishing: await publishing(draft.policyDomain, paths),
  };
}

const NO_HISTORY: History = {
  states: [],
  complete: false,
  why: "the history of what the change does not touch is not read",
};

const NOT_READ: PolicyAge = {
  kind: "unknown",
  why: "the history of an untouched policy is not read among so many domains",
};
