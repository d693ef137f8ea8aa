import { cite } from "../../citation.ts";
import type { Finding, HostVerdict, Missing } from "../../verdict.ts";
import { type HostChange, isNewlyRefused } from "../host-change.ts";
import { type Inspection, levelUnder } from "../inspection.ts";
import { hostPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const mxRefused = defineRule({
  id: "mx-refused",
  title: "A sender that enforces the policy would refuse an MX host",
  cites: [cite("RFC 8461", "4.2"), cite("RFC 8461", "5"), cite("RFC 8460", "4.3.1")],
  applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
  check: (inspection) => {
    const findings = inspection.hosts.flatMap((change) => finding(inspection, change));
    const unseen = inspection.hosts.filter(({ after }) => after.verdict === "unknown");
    const namesProven = inspection.hosts.every(({ after }) => !isMismatch(after));
    const excused = findings.some(({ alreadySo }) => alreadySo) && inspection.policy.deployed.kind === "unknown";
    return {
      findings,
      missing: unseen.map((change) => unprobed(change, namesProven)),
      needed:
        unseen.some((change) => needsProbe(inspection, change)) || (excused && enforces(inspection.policy.proposed)),
    };
  },
});

const isMismatch = (after: HostVerdict): boolean =>
  after.verdict === "refused" && after.reasonCode === "mtasts-policy-mx-mismatch";

function finding(inspection: Inspection, change: HostChange): Finding[] {
  const { host, after, proposed, refusedBefore } = change;
  if (after.verdict !== "refused" || isMismatch(after) || (!proposed && refusedBefore)) return [];
  const enforced = enforces(inspection.policy.proposed);
  const alreadySo = enforced && !isNewlyRefused(change);
  const consequence = enforced
    ? "senders that hold this policy will not deliver to it"
    : "senders would refuse it if the policy said enforce";
  return [
    {
      level: alreadySo ? "warning" : levelUnder(inspection),
      message: `MX host ${host} is refused, ${after.resultType} (${after.reasonCode}) at ${after.addresses.join(", ")}; ${consequence}.`,
      location: hostPlace(inspection, host, change.added),
      related: after.addresses.map((address) => ({ kind: "mx-host", host, address })),
      resultType: after.resultType,
      facts: { host, reasonCode: after.reasonCode, address: after.addresses[0] ?? "" },
      ...(alreadySo && { alreadySo: true as const }),
    },
  ];
}

/** SPEC §5: when mode turns to enforce, and for a host that the change adds under enforce. Widening needs none. */
function needsProbe({ policy, turnsOn }: Inspection, { added }: HostChange): boolean {
  return enforces(policy.proposed) && (turnsOn !== "no" || added);
}

function unprobed({ host, after }: HostChange, namesProven: boolean): Missing {
  const because = after.verdict === "unknown" ? after.because : "";
  const proven = namesProven ? "names proven, TLS not seen" : "TLS not seen";
  return missing("probe", host, `${host}: ${proven}; ${whyUnseen(because)}.`);
}
