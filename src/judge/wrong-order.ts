import type { Finding } from "../verdict.ts";
import { idFix } from "./id-fix.ts";
import type { Inspection } from "./inspection.ts";
import { recordPlace } from "./locate.ts";
import { wrongPairs } from "./wrong-pairs.ts";

/**
 * The wrong order after the fact: senders that looked then hold the old policy under the new id, those that extend what they hold
 * for ever. Only another id heals it (ROLLOUT §5, pairing). Mode verify; nothing in gate.
 */
export function wrongOrder(inspection: Inspection): Finding[] {
  if (inspection.mode !== "verify") return [];
  const { policyDomain } = inspection;
  return wrongPairs(inspection).map(({ id, address, from, until }) => ({
    level: "error",
    message: `The id ${id} of ${policyDomain} was live at ${clock(from)} while ${address} still served another policy; senders that looked then hold that one under this id until a fresh id is published.`,
    location: recordPlace(inspection),
    related: [
      { kind: "policy-host", url: `https://mta-sts.${policyDomain}/.well-known/mta-sts.txt`, address },
      { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "TXT" },
    ],
    facts: { id, address, from, lastSeen: until },
    ...idFix(inspection),
  }));
}

/** To the second. */
const clock = (at: string): string => at.replace(/[.][0-9]+Z$/, "Z");
