import type { History, PolicyAge, Proposal, ProposedRecord, Revision, Said } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Repository } from "../world.ts";
import { entryOf, recordsOf } from "./domain-records.ts";
import { type Ground, setsFor } from "./ground.ts";
import { policyAge } from "./policy-age.ts";
import { missingPolicy, type PolicyPaths, policyPaths, policySides, unchangedPolicy } from "./policy-sides.ts";
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
  const onlyNamed = claim?.named !== undefined && proposed.policyFile.kind === "unsaid";
  // A template names a file for every domain; one that lives only in DNS may have none there.
  const byTemplate = options.policy === undefined && entryOf(config, domain)?.policy === undefined;
  if (claim && onlyNamed && !(byTemplate && holds(proposed.stsRecords))) throw missingPolicy(domain, claim);
  const touched = touchedBy(
    domain,
    { proposed, base },
    { ...ground, changed: sides.changed, idFromInput: options.recordId !== undefined },
  );
  return { policyDomain: domain, proposed, base, touched, notes: notesOf(ground, domain, paths.unlisted), paths };
}

function notesOf({ config }: Ground, domain: DomainName, unlisted: boolean): readonly string[] {
  const external = entryOf(config, domain)?.record?.kind === "external";
  return [
    ...(unlisted ? [`The config no longer lists ${domain}, and its policy file is still there.`] : []),
    ...(external
      ? ["The _mta-sts record is published elsewhere, as the config says; its id is compared with what is live."]
      : []),
  ];
}

const holds = (records: Said<readonly ProposedRecord[]>): boolean =>
  records.kind === "said" && records.value.length > 0;

/** Whether either side has a policy or an `_mta-sts` record: a gate over nothing is a misconfiguration. */
export function saysSomething({ proposed, base }: Draft): boolean {
  return [proposed, base].some(
    ({ policyFile, stsRecords }) => (policyFile.kind === "said" && policyFile.value !== null) || holds(stsRecords),
  );
}

const AT_ONCE = 8;
const MOST_UNTOUCHED = 256;

/** Reads the policies, and since when each base policy says what it says; a bounded number of git processes at a time. */
export async function finish(
  repository: Repository,
  sides: Sides,
  drafts: readonly Draft[],
): Promise<readonly Proposal[]> {
  const many = drafts.length > MOST_UNTOUCHED;
  const proposals: Proposal[] = [];
  for (let at = 0; at < drafts.length; at += AT_ONCE) {
    const some = drafts.slice(at, at + AT_ONCE);
    proposals.push(...(await Promise.all(some.map((draft) => proposalOf(repository, sides, { draft, many })))));
  }
  return proposals;
}

async function proposalOf(
  repository: Repository,
  sides: Sides,
  { draft, many }: { draft: Draft; many: boolean },
): Promise<Proposal> {
  const { paths, ...rest } = draft;
  const policy = await policySides(sides, paths);
  const base = { ...rest.base, policyFile: policy.base };
  const baseSince: PolicyAge = many && rest.touched.length === 0 ? NOT_READ : await policyAge(repository, base);
  const proposed = { ...rest.proposed, policyFile: policy.proposed };
  return { ...rest, proposed, base, baseSince, history: NO_HISTORY, publishing: { proposed: [], base: [] } };
}

const NO_HISTORY: History = { states: [], complete: false, why: "the history was not read" };

const NOT_READ: PolicyAge = {
  kind: "unknown",
  why: "the history of an untouched policy is not read among so many domains",
};
