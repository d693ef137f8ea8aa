import type { ObservationLine } from "../evidence-line.ts";
import type { Proposal } from "../proposal.ts";
import { bytesOf, type Octets } from "../protocol/octets.ts";
import { type Policy, parsePolicy, samePolicy } from "../protocol/policy.ts";
import type { Inspection } from "./inspection.ts";
import { policyIn, policySaid } from "./policy-view.ts";
import { idIn, recordSaid } from "./record-view.ts";
import { type Sightings, sightingsOf } from "./sightings.ts";

/** The repository's id was live while an address still served a policy that means something else. */
export interface WrongPair {
  readonly id: string;
  readonly address: string;
  /** ISO 8601: first and last sighting. */
  readonly from: string;
  readonly until: string;
}

/** What earlier looks saw, one for each address (ROLLOUT: the body is on every edge before the id is visible anywhere). */
export function wrongPairs({ proposal, sightings }: Pick<Inspection, "proposal" | "sightings">): readonly WrongPair[] {
  return pairsOf(proposal, sightings);
}

/** Whether one look proves it. */
export function hasWrongPair(proposal: Proposal, seen: readonly ObservationLine[]): boolean {
  return pairsOf(proposal, sightingsOf(seen, proposal.policyDomain)).length > 0;
}

/** Only what was proven counts: the id was seen first, and after it the body. */
function pairsOf({ proposed }: Proposal, { ids, bodies }: Sightings): readonly WrongPair[] {
  const [id, policy] = [idIn(recordSaid(proposed)), policyIn(policySaid(proposed))];
  if (id === undefined || !policy) return [];
  const wrong = bodies.filter(({ at, seen }) => idAt(ids, at) === id && isAnother(seen, policy));
  const addresses = [...new Set(wrong.map(({ address }) => address))];
  return addresses.map((address) => {
    const dates = wrong.filter((one) => one.address === address).map(({ at }) => new Date(at).toISOString());
    return { id, address, from: dates[0] ?? "", until: dates.at(-1) ?? "" };
  });
}

/** What was live at that time, as far as it was seen before. */
const idAt = (ids: Sightings["ids"], at: number): string | undefined => ids.findLast((one) => one.at <= at)?.seen;

/** No sender stores what is no policy. */
function isAnother(octets: Octets, said: Policy): boolean {
  const parse = parsePolicy(bytesOf(octets));
  return parse.kind === "valid" && !samePolicy(parse.policy, said);
}
