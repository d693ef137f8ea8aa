import { cite } from "../../citation.ts";
import { covers } from "../../protocol/policy.ts";
import type { Finding } from "../../verdict.ts";
import { addedHosts } from "../host-change.ts";
import { hostPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const rolloutMxNotCached = defineRule({
  id: "rollout-mx-not-cached",
  title: "An MX host is added that a policy senders hold does not cover",
  cites: [cite("RFC 8461", "8.1"), cite("RFC 8461", "5.1")],
  applies: ({ mx }) => mx.said,
  check: (inspection) => {
    const { before, policy, policyDomain } = inspection;
    const added = addedHosts(inspection.mx);
    if (added.length === 0) return {};
    const held = policyIn(before);
    if (before === undefined || before.kind === "unknown" || policy.deployed.kind === "unknown") {
      const because = policy.deployed.kind === "unknown" ? whyUnseen(policy.deployed.because) : "";
      const message = `Whether the policy that senders hold covers the new MX was not seen: ${because}.`;
      return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
    }
    if (!held || !enforces(before)) return {};
    const refused = added.filter((host) => !covers(held, host));
    return {
      findings: refused.map(
        (host): Finding => ({
          level: "error",
          message: `MX host ${host} is added while senders hold a policy that does not list it; they refuse it until they have fetched the new one.`,
          location: hostPlace(inspection, host, true),
          resultType: "validation-failure",
          facts: { host, maxAge: held.maxAge },
        }),
      ),
    };
  },
});
