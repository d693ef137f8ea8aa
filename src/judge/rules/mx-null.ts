import { cite } from "../../citation.ts";
import { policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const mxNull = defineRule({
  id: "mx-null",
  title: "The domain takes no mail and has a policy",
  cites: [cite("RFC 7505", "3")],
  applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
  check: ({ mx, policyDomain }) => {
    if (mx.proposed.kind !== "null-mx") return {};
    return {
      findings: [
        {
          level: "notice",
          message: `${policyDomain} has a null MX, so no mail comes and the policy has nothing to protect.`,
          location: { kind: "dns", owner: policyDomain, type: "MX" },
          facts: {},
        },
      ],
    };
  },
});
