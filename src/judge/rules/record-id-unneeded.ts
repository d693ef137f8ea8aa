import { cite } from "../../citation.ts";
import { differsFromDeployed, policyChanges } from "../inspection.ts";
import { recordPlace } from "../locate.ts";
import { idIn } from "../record-view.ts";
import { defineRule } from "../rule.ts";

export const recordIdUnneeded = defineRule({
  id: "record-id-unneeded",
  title: "The id changes and the policy does not",
  cites: [cite("RFC 8461", "3.1")],
  inVerify: "not-applicable",
  applies: ({ record, policy }) =>
    policy.said && idIn(record.proposed) !== undefined && idIn(record.base) !== undefined,
  check: (inspection) => {
    const { record } = inspection;
    const [was, is] = [idIn(record.base), idIn(record.proposed)];
    // A fresh id heals senders that stored another body under the old one (ROLLOUT: "second bump heals"), so only say it where
    // the deployed body is known to be this one.
    if (was === is || policyChanges(inspection) || differsFromDeployed(inspection) !== false) return {};
    return {
      findings: [
        {
          level: "notice",
          message: `The id changes from ${was} to ${is} and the policy means the same; senders only fetch it once more.`,
          location: recordPlace(inspection),
          facts: { from: was ?? "", to: is ?? "" },
        },
      ],
    };
  },
});
