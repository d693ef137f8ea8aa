import { createHash } from "node:crypto";
import { bytesOf } from "../protocol/octets.ts";
import { samePolicy } from "../protocol/policy.ts";
import { isHashOf } from "./content-id.ts";
import { differsFromDeployed, type Inspection, policyChanges } from "./inspection.ts";
import { otherMeanings, pastIds, pastPairs } from "./past.ts";
import { policyIn } from "./policy-view.ts";
import { idIn } from "./record-view.ts";
import { wrongPairs } from "./wrong-pairs.ts";

export interface Publication {
  /** An id that is valid and new; `null` where the change needs none. */
  readonly suggestedId: string | null;
  /** In zone-file syntax, where the repository does not say the record. */
  readonly record: string | null;
}

const NONE: Publication = { suggestedId: null, record: null };

/** What is to be published in DNS so that senders learn of this change (RFC 8461 §3.1, §8.1). */
export function publication(inspection: Inspection): Publication {
  const { record, policyDomain, policy } = inspection;
  if (!policy.said || policyIn(policy.proposed) === undefined) return NONE;
  const news = policyChanges(inspection) || differsFromDeployed(inspection) === true;
  const id = idIn(record.proposed);
  const stale = id !== undefined && takenIds(inspection).includes(id);
  const unfit = record.proposed.kind === "invalid" || namesAnother(inspection);
  if (!(record.said && unfit) && (!news || (record.said && !stale && record.proposed.kind === "valid"))) return NONE;
  const suggestedId = freshId(inspection);
  const text = `_mta-sts.${policyDomain}. IN TXT "v=STSv1; id=${suggestedId}"`;
  return { suggestedId, record: record.said ? null : text };
}

/** Ids that senders know already. In verify the repository's own is no other revision's. */
function takenIds({ record, mode }: Inspection): readonly (string | undefined)[] {
  return [...(mode === "verify" ? [] : [idIn(record.base)]), idIn(record.deployed)];
}

/** Whether senders may hold something else under the proposed id, which only another id heals. */
function namesAnother(inspection: Inspection): boolean {
  const { kept, reused } = otherMeanings(inspection);
  if (inspection.mode === "gate") return reused.length > 0;
  return kept.length + reused.length + wrongPairs(inspection).length > 0;
}

/** 1 to 32 letters and digits, unlike every id that is in use or in the history: a hash where ids are hashes, else the time. */
function freshId(inspection: Inspection): string {
  const { asOf, record, proposal } = inspection;
  const used = new Set([...[record.proposed, record.base, record.deployed].map(idIn), ...pastIds(inspection)]);
  const octets = proposedOctets(inspection);
  if (octets && (proposal.external || idsAreHashes(inspection))) {
    const hash = hexDigest("sha256", octets).slice(0, LONGEST_ID);
    // A revert restores the pair (RFC 8461 is silent; nothing named by the hash can have meant something else).
    const inUse = [record.base, record.deployed].some((view) => idIn(view) === hash);
    if (!inUse && !namedAnother(inspection, hash)) return hash;
  }
  // `20261124T120000Z`: the time as in the RFC's example (§3.1).
  const stamp = asOf.replace(/[.][0-9]+/, "").replace(/[^0-9TZ]/g, "");
  for (let count = 0; ; count += 1) {
    const id = `${stamp}${count === 0 ? "" : count}`;
    if (!used.has(id)) return id;
  }
}

function namedAnother(inspection: Inspection, id: string): boolean {
  const policy = policyIn(inspection.policy.proposed);
  return pastPairs(inspection).some((pair) => pair.id === id && (!policy || !samePolicy(pair.policy, policy)));
}

const LONGEST_ID = 32; // RFC 8461 §3.1

function proposedOctets({ proposal: { proposed } }: Inspection): Uint8Array | undefined {
  const file = proposed.policyFile.kind === "said" ? proposed.policyFile.value : null;
  return file ? bytesOf(file.octets) : undefined;
}

const hexDigest = (algorithm: string, octets: Uint8Array): string => createHash(algorithm).update(octets).digest("hex");

/** Whether an earlier id, or base's, was a hash of the octets that it named. */
function idsAreHashes({ proposal: { history, base }, record }: Inspection): boolean {
  const was = base.policyFile.kind === "said" ? base.policyFile.value?.octets : undefined;
  const pairs = [{ id: idIn(record.base), policy: was }, ...history.states.slice(0, 20)];
  return pairs.some(({ id, policy }) => {
    return Boolean(id && policy && isHashOf(id, policy));
  });
}
