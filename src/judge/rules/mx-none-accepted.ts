import { cite } from "../../citation.ts";
import { isNewlyRefused } from "../host-change.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";
import { deliveryOutcome } from "../sender.ts";

export const mxNoneAccepted = defineRule({
  id: "mx-none-accepted",
  title: "The change removes the last MX host that senders accept",
  cites: [cite("RFC 8461", "5"), cite("RFC 8461", "8.4")],
  applies: ({ policy, mx }) => enforces(policy.proposed) && mx.said,
  check: ({ hosts, policy, policyDomain }) => {
    const after = hosts.filter(({ proposed }) => proposed);
    // A host that is newly refused has a finding of its own; this is the sum that no single host shows.
    if (hosts.some(isNewlyRefused) || after.length === 0) return {};
    if (
      deliveryOutcome(
        policyIn(policy.proposed),
        after.map(({ after }) => after),
      ) !== "rejects"
    )
      return {};
    const good = hosts.find(({ proposed, live, after }) => !proposed && live && after.verdict === "accepted");
    if (!good) return {};
    return {
      findings: [
        {
          level: "error",
          message: `${good.host} is the only MX host that senders accept; without it they deliver nothing to ${policyDomain}.`,
          location: { kind: "dns", owner: policyDomain, type: "MX" },
          facts: { host: good.host },
        },
      ],
    };
  },
});
