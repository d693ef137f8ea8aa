import { cite } from "../../citation.ts";
import type { Finding } from "../../verdict.ts";
import { type HostChange, isNewlyRefused } from "../host-change.ts";
import { type Inspection, levelUnder, narrows } from "../inspection.ts";
import { hostPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { mxLineFix } from "../policy-fix.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { UNCOVERED_REASON, unseenExcuse } from "../refusal.ts";
import { type Answer, defineRule } from "../rule.ts";
import { enforcesAnew } from "../without-merge.ts";

export const mxNotCovered = defineRule({
  id: "mx-not-covered",
  title: "An MX host matches no mx pattern of the policy",
  cites: [cite("RFC 8461", "4.1")],
  inVerify: "error-under-enforce",
  applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
  check: (inspection) => {
    const uncovered = inspection.hosts.filter(({ after }) => isUncovered(after));
    // A host on its way out that was refused already is what the change repairs.
    const findings = uncovered
      .filter(({ proposed, refusedBefore }) => proposed || !refusedBefore)
      .map((host) => finding(inspection, host));
    return { findings, ...unseen(inspection, findings) };
  },
});

function isUncovered(after: HostChange["after"]): boolean {
  return after.verdict === "refused" && after.reasonCode === UNCOVERED_REASON;
}

function finding(inspection: Inspection, change: HostChange): Finding {
  const enforced = enforces(inspection.policy.proposed);
  const alreadySo = enforced ? !isNewlyRefused(change) : false;
  const state = change.proposed ? (change.live ? "live" : "proposed") : "live until its TTL has passed";
  const consequence = enforced
    ? "senders that hold this policy will not deliver to it"
    : "senders would refuse it if the policy said enforce";
  return {
    level: alreadySo ? "warning" : levelUnder(inspection),
    message: `MX host ${change.host} (${state}) matches no mx pattern; ${consequence}.`,
    location: hostPlace(inspection, change.host, change.added),
    resultType: "validation-failure",
    facts: { host: change.host },
    ...mxLineFix(inspection, change.host),
    ...(alreadySo && { alreadySo: true as const }),
  };
}

/** MX must be known where the policy tightens; and an excuse, that it was refused before, counts only where "before" was seen. */
function unseen(inspection: Inspection, findings: readonly Finding[]): Answer {
  const { mx, policy, policyDomain, proposal } = inspection;
  if (mx.deployed.kind === "unknown") {
    const tightens = enforcesAnew(inspection) || narrows(inspection);
    const message = `The live MX records of ${policyDomain} were not seen: ${whyUnseen(mx.deployed.because)}.`;
    return {
      needed: enforces(policy.proposed) && (tightens || proposal.touched.includes("mx")),
      missing: [missing("mx", policyDomain, message)],
    };
  }
  return unseenExcuse(inspection, findings);
}
