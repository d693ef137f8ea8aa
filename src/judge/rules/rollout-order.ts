import { cite } from "../../citation.ts";
import { samePolicy } from "../../protocol/policy.ts";
import type { Story } from "../../story.ts";
import { type HeldPolicy, instant } from "../held-policy.ts";
import { refusesBy, servedEvent } from "../held-story.ts";
import { differsFromDeployed, type Inspection, policyChanges } from "../inspection.ts";
import { recordPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { defineRule } from "../rule.ts";
import { EXTENDING, shortestStory } from "../story.ts";
import { strangerTo } from "../stranger.ts";
import { wrongOrder } from "../wrong-order.ts";

export const rolloutOrder = defineRule({
  id: "rollout-order",
  title: "Policy and id change together, and nothing makes the policy live first",
  cites: [cite("RFC 8461", "8.1"), cite("RFC 8461", "3.3")],
  applies: ({ policy, record }) => policy.said && record.said && policyIn(policy.proposed) !== undefined,
  check: (inspection) => {
    // Whatever the config declares of the pipeline: there it was seen.
    if (inspection.mode === "verify") return { findings: wrongOrder(inspection) };
    const { policyDomain, terms, record } = inspection;
    const after = policyIn(inspection.policy.proposed);
    const id = idIn(record.proposed);
    const old = inspection.held.find(({ current, policy }) => current && after && !samePolicy(policy, after));
    const together =
      policyChanges(inspection) && id !== undefined && id !== (idIn(record.base) ?? idIn(record.deployed));
    if (terms.policyFirst || !together || !old || differsFromDeployed(inspection) === false) return {};
    const message = `Policy and id of ${policyDomain} change in one step under enforce; a sender that sees the id ${id} before the policy is live stores the old policy under it, and only another id heals that.`;
    return {
      findings: [
        {
          level: "warning",
          message,
          location: recordPlace(inspection),
          facts: { id },
          ...wrongPair(inspection, old, id),
        },
      ],
    };
  },
});

/** The record is there first; whoever looks then holds the old policy under the new id. */
function wrongPair(inspection: Inspection, old: HeldPolicy, id: string): { readonly story?: Story } {
  const now = Date.parse(inspection.asOf);
  const late = now + Math.max(inspection.terms.lag, 1_000);
  const host = strangerTo(old.policy, policyIn(inspection.policy.proposed));
  const events = [
    servedEvent({ ...old, id, from: now }, late),
    { kind: "fetch", at: instant(now + 1_000) } as const,
    { kind: "later-mx", at: instant(late + 60_000), mx: [host] } as const,
    { kind: "delivery", at: instant(late + 120_000) } as const,
  ];
  return shortestStory({ events, host, refuses: refusesBy(inspection), until: null, cast: EXTENDING });
}
