import { cite } from "../../citation.ts";
import { fieldPlace } from "../locate.ts";
import { enforces } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const rolloutEnforceUnproven = defineRule({
  id: "rollout-enforce-unproven",
  title: "Enforce is turned on and no TLS reports show clean sessions",
  cites: [cite("RFC 8461", "5"), cite("RFC 8460", "4.3")],
  inVerify: "not-applicable",
  applies: ({ policy }) => policy.said && enforces(policy.proposed),
  check: ({ policy, policyDomain, turnsOn }) => {
    if (turnsOn !== "yes") return {};
    const message = `Enforce is turned on for ${policyDomain} and no TLS reports were given; what senders saw of its MX hosts so far is not known.`;
    return { findings: [{ level: "warning", message, location: fieldPlace(policy.proposed, "mode"), facts: {} }] };
  },
});
