import { cite } from "../../citation.ts";
import type { PublishingFault } from "../../proposal.ts";
import type { Finding } from "../../verdict.ts";
import type { Inspection } from "../inspection.ts";
import { enforces } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const policyPathUnserved = defineRule({
  id: "policy-path-unserved",
  title: "Nothing serves the policy where it lies",
  cites: [cite("RFC 8461", "3.3")],
  applies: ({ policy, proposal: { publishing } }) => policy.said || publishing.proposed.length > 0,
  check: (inspection) => ({
    findings: inspection.proposal.publishing.proposed.map((fault) => finding(inspection, fault)),
  }),
});

function finding(inspection: Inspection, fault: PublishingFault): Finding {
  const { code, message, location } = fault;
  const { policy, before, proposal } = inspection;
  // A fault of the same kind was there before, whatever line it stands in now.
  const alreadySo = proposal.publishing.base.some((other) => other.code === code);
  const enforced = enforces(policy.proposed) || enforces(before);
  return {
    level: enforced && !alreadySo ? "error" : "warning",
    message: `${message}; otherwise senders find no policy.`,
    location,
    resultType: "sts-policy-fetch-error",
    facts: { code },
    ...(alreadySo && { alreadySo: true as const }),
  };
}
