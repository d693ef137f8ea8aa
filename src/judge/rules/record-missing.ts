import { cite } from "../../citation.ts";
import { levelUnder } from "../inspection.ts";
import { recordPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { policyDeployed, policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const recordMissing = defineRule({
  id: "record-missing",
  title: "There is a policy and no record that announces it",
  cites: [cite("RFC 8461", "3.1")],
  inVerify: "error-under-enforce",
  applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
  check: (inspection) => {
    const { record, evidence, policyDomain } = inspection;
    if (record.proposed.kind !== "absent") return {};
    const hadOne = (record.base ?? record.deployed).kind !== "absent";
    if (record.said && record.base === undefined && record.deployed.kind === "unknown")
      return {
        needed: true,
        missing: [
          missing(
            "stsRecord",
            `_mta-sts.${policyDomain}`,
            `Whether a record is live was not seen (${whyUnseen(record.deployed.because)}).`,
          ),
        ],
      };
    // What the policy host serves, whether or not a record says that it does.
    const published = policyIn(policyDeployed(evidence, true)) !== undefined;
    // Before the first publication the record comes last, and on purpose: body first, then the id (RFC 8461 §8.1).
    if (!record.said && !published) return {};
    const level = hadOne && record.said ? levelUnder(inspection) : published ? "warning" : "notice";
    return {
      findings: [
        {
          level,
          message: `_mta-sts.${policyDomain} has no STS record, so senders do not look for the policy.`,
          location: recordPlace(inspection),
          facts: { owner: `_mta-sts.${policyDomain}` },
          ...((!record.said || record.base?.kind === "absent") && { alreadySo: true as const }),
        },
      ],
    };
  },
});
