import { cite } from "../../citation.ts";
import { differsFromDeployed, policyChanges } from "../inspection.ts";
import { fieldPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { publication } from "../publication.ts";
import { defineRule } from "../rule.ts";

export const recordIdUnknown = defineRule({
  id: "record-id-unknown",
  title: "The policy changes and the repository does not say the next id",
  cites: [cite("RFC 8461", "3.1"), cite("RFC 8461", "8.1")],
  inVerify: "not-applicable",
  applies: ({ record, policy }) => policy.said && !record.said && policyIn(policy.proposed) !== undefined,
  check: (inspection) => {
    if (!policyChanges(inspection) && differsFromDeployed(inspection) !== true) return {};
    const { suggestedId, record } = publication(inspection);
    return {
      findings: [
        {
          level: "notice",
          message: `After the policy is live, publish ${record}; until the id changes, senders keep the policy they hold.`,
          location: fieldPlace(inspection.policy.proposed, "version"),
          facts: { suggestedId: suggestedId ?? "" },
        },
      ],
    };
  },
});
