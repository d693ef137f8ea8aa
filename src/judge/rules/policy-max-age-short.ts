import { cite } from "../../citation.ts";
import { inWords } from "../duration.ts";
import { fieldPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

const DAY = 86_400; // seconds

export const policyMaxAgeShort = defineRule({
  id: "policy-max-age-short",
  title: "The policy is enforced and is not kept for a day",
  cites: [cite("RFC 8461", "3.2"), cite("RFC 8461", "10.2")],
  applies: ({ policy }) => policyIn(policy.proposed)?.mode === "enforce",
  check: ({ policy }) => {
    const maxAge = policyIn(policy.proposed)?.maxAge ?? DAY;
    if (maxAge >= DAY) return {};
    const was = policyIn(policy.base);
    const alreadySo = !policy.said || (was?.mode === "enforce" && was.maxAge === maxAge);
    return {
      findings: [
        {
          level: "warning",
          message: `Senders hold this policy for ${inWords(maxAge)} only; when the policy host is away for longer, they deliver as if there were none.`,
          location: fieldPlace(policy.proposed, "max_age"),
          facts: { maxAge },
          ...(alreadySo && { alreadySo: true as const }),
        },
      ],
    };
  },
});
