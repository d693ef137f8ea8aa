import { differsFromDeployed, type Inspection, policyChanges } from "./inspection.ts";
import { policyIn } from "./policy-view.ts";
import { idIn } from "./record-view.ts";

export interface Publication {
  /** An id that is valid and new; `null` where the change needs none. */
  readonly suggestedId: string | null;
  /** In zone-file syntax, where the repository does not say the record. */
  readonly record: string | null;
}

/** What is to be published in DNS so that senders learn of this change (RFC 8461 §3.1, §8.1). */
export function publication(inspection: Inspection): Publication {
  const { record, policyDomain, policy } = inspection;
  const news =
    policyIn(policy.proposed) !== undefined && (policyChanges(inspection) || differsFromDeployed(inspection) === true);
  const stale =
    idIn(record.proposed) !== undefined && [idIn(record.base), idIn(record.deployed)].includes(idIn(record.proposed));
  if (!policy.said || !news || (record.said && !stale && record.proposed.kind === "valid"))
    return { suggestedId: null, record: null };
  const suggestedId = freshId(inspection);
  const text = `_mta-sts.${policyDomain}. IN TXT "v=STSv1; id=${suggestedId}"`;
  return { suggestedId, record: record.said ? null : text };
}

/** `20261124T120000Z`: the time as in the RFC's example (§3.1), 1–32 letters and digits, unlike every id that is in use. */
function freshId({ asOf, record }: Inspection): string {
  const stamp = asOf.replace(/[.][0-9]+/, "").replace(/[^0-9TZ]/g, "");
  const used = [record.proposed, record.base, record.deployed].map(idIn);
  return used.includes(stamp) ? `${stamp}1` : stamp;
}
