import { type Proposal, type ProposedRecord, type Revision, UNSAID } from "../proposal.ts";
import { domainName } from "../protocol/domain-name.ts";
import type { Repository } from "../world.ts";
import { recordsOf } from "./domain-records.ts";
import { type Ground, setsFor } from "./ground.ts";
import { openArchive, pastOf } from "./history.ts";
import { touchedBy } from "./touched.ts";

/**
 * Names whose MX set the change edits and for which the repository speaks of neither policy nor record. Their `_mta-sts` may be
 * published elsewhere, so it is left unsaid: only a live record tells whether the edit matters.
 */
export function mxOnlyProposals(ground: Ground): readonly Proposal[] {
  const { options, config, baseConfig, claims, sides } = ground;
  const { proposed, base } = setsFor(ground, undefined);
  const owners = new Set([...withMx(proposed.owners), ...withMx(base.owners)]);
  const unchanged = ground.records.proposed.length === 0 && ground.records.base.length === 0;
  return [...(unchanged ? [] : owners)].toSorted().flatMap((owner): readonly Proposal[] => {
    const policyDomain = domainName(owner);
    if (
      !policyDomain?.includes(".") ||
      claims.proposed.byDomain.has(policyDomain) ||
      claims.base.byDomain.has(policyDomain)
    )
      return [];
    if (proposed.owners.has(`_mta-sts.${owner}`) || base.owners.has(`_mta-sts.${owner}`)) return [];
    if (sameMx(proposed.find(owner, ["MX"]), base.find(owner, ["MX"]))) return [];
    const records = recordsOf(policyDomain, {
      options: { ...options, recordId: undefined },
      proposed: { set: proposed, config },
      base: { set: base, config: baseConfig },
    });
    const [after, before] = [revision(records.proposed), revision(records.base)];
    const touched = touchedBy(
      policyDomain,
      { proposed: after, base: before },
      { ...ground, changed: sides.changed, idFromInput: false },
    );
    return [{ policyDomain, proposed: after, base: before, touched, baseSince: NO_POLICY, ...UNREAD, notes: [] }];
  });
}

// More than these take too long, and too much memory, for domains of which most have no policy.
const MOST_FILES = 32;
const MOST_DOMAINS = 256;

/** With the MX records that the base branch had before, where that takes few walks. */
export async function withMxPast(
  repository: Repository,
  proposals: readonly Proposal[],
  config: Parameters<typeof openArchive>[1],
): Promise<readonly Proposal[]> {
  const records = proposals.flatMap(({ base, proposed }) =>
    [base, proposed].flatMap(({ mxRecords }) => (mxRecords.kind === "said" ? mxRecords.value : [])),
  );
  const files = new Set(records.map(({ location }) => location.kind === "file" && location.path));
  if (files.size > MOST_FILES || proposals.length > MOST_DOMAINS) return proposals;
  const archive = openArchive(repository, config);
  const found: Proposal[] = [];
  for (const proposal of proposals) {
    const { history } = await pastOf(archive, { ...proposal, domain: proposal.policyDomain });
    found.push({ ...proposal, history });
  }
  return found;
}

const UNREAD: Pick<Proposal, "history" | "publishing"> = {
  history: { states: [], complete: false, why: "the repository does not hold this domain's policy" },
  publishing: { proposed: [], base: [] },
};

const NO_POLICY: Proposal["baseSince"] = { kind: "unknown", why: "the base holds no policy file for this domain" };

const revision = (records: Omit<Revision, "policyFile">): Revision => ({
  ...records,
  policyFile: UNSAID,
  stsRecords: UNSAID,
});

function* withMx(owners: ReadonlyMap<string, readonly ProposedRecord[]>): Generator<string> {
  for (const [owner, records] of owners) if (records.some(({ type }) => type === "MX")) yield owner;
}

function sameMx(after: readonly ProposedRecord[], before: readonly ProposedRecord[]): boolean {
  const data = (records: readonly ProposedRecord[]) =>
    records
      .map((record) => JSON.stringify([record.data, record.why]))
      .toSorted()
      .join();
  return data(after) === data(before);
}
