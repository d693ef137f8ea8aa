import { cite } from "../../citation.ts";
import type { Finding } from "../../verdict.ts";
import { idFix } from "../id-fix.ts";
import { differsFromDeployed, type Inspection, policyChanges, servesAnother } from "../inspection.ts";
import { recordPlace } from "../locate.ts";
import { missing } from "../missing.ts";
import { otherMeanings, type PastPair } from "../past.ts";
import { policyIn } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { defineRule } from "../rule.ts";

export const recordIdReused = defineRule({
  id: "record-id-reused",
  title: "The id named another policy before",
  cites: [cite("RFC 8461", "3.1"), cite("RFC 8461", "8.1")],
  inVerify: "error",
  applies: ({ policy, record }) =>
    record.said && policy.said && idIn(record.proposed) !== undefined && policyIn(policy.proposed) !== undefined,
  check: (inspection) => {
    const { proposal, record, policyDomain } = inspection;
    const id = idIn(record.proposed) ?? "";
    const [newest] = otherMeanings(inspection).reused;
    // That the id stays while the policy changes is record-id-unchanged.
    const unchanged =
      (id === idIn(record.base) && policyChanges(inspection)) ||
      (id === idIn(record.deployed) && servesAnother(inspection));
    if (newest && !unchanged) return { findings: [finding(inspection, id, newest)] };
    if (proposal.history.complete || unchanged) return {};
    const why = proposal.history.why ?? "its history was not read";
    const message = `Whether the id ${id} named another policy before is not known: ${why}.`;
    return { missing: [missing("history", `_mta-sts.${policyDomain}`, message)] };
  },
});

function finding(inspection: Inspection, id: string, { at, seen }: PastPair): Finding {
  const { base, deployed } = inspection.record;
  // The pair is base's own, or is live: the fault was merged, or made by hand, before.
  const alreadySo =
    id === idIn(base) || (!inspection.arriving && id === idIn(deployed) && differsFromDeployed(inspection) === false);
  return {
    level: alreadySo ? "warning" : "error",
    message: `The id ${id} named a policy that means something else ${seen ? "on" : "since"} ${at.slice(0, 10)}; senders that hold it under this id will not fetch the new one.`,
    location: recordPlace(inspection),
    related: inspection.policy.proposed.kind === "valid" ? [inspection.policy.proposed.place] : [],
    facts: { id, since: at },
    ...(alreadySo && { alreadySo: true as const }),
    ...idFix(inspection),
  };
}
