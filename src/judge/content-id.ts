import { createHash } from "node:crypto";
import { bytesOf, type Octets, sameOctets } from "../protocol/octets.ts";
import type { Inspection } from "./inspection.ts";
import { servesPolicy } from "./policy-view.ts";
import { idIn } from "./record-view.ts";

const ALGORITHMS = ["sha256", "sha1", "md5"];

/** Whether an id is a hash of these octets, or the beginning of one; a shorter one than eight digits would be met by chance. */
export function isHashOf(id: string, octets: Octets): boolean {
  if (!/^[0-9a-f]{8,32}$/i.test(id)) return false;
  const bytes = bytesOf(octets);
  return ALGORITHMS.some((name) => createHash(name).update(bytes).digest("hex").startsWith(id.toLowerCase()));
}

/**
 * With `record: external` the id is a hash of the policy, so the live one tells which body it was published for. The date (ISO 8601)
 * from which base had that body, where it is an older one than what is served; undefined where the id fits, or tells nothing.
 */
export function olderBody({ record, proposal, evidence }: Inspection): string | undefined {
  const id = idIn(record.deployed);
  const served = evidence.policyFetch.kind === "observed" ? evidence.policyFetch.value.find(servesPolicy) : undefined;
  if (!proposal.external || id === undefined || !served || isHashOf(id, served.response.body)) return undefined;
  const older = proposal.history.states.find(
    ({ policy }) => policy && !sameOctets(policy, served.response.body) && isHashOf(id, policy),
  );
  return older?.at;
}
