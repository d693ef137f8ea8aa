import { cite } from "../../citation.ts";
import type { Missing } from "../../verdict.ts";
import type { HostChange } from "../host-change.ts";
import type { Inspection } from "../inspection.ts";
import { missing, whyUnseen } from "../missing.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { OLD_TLS_REASON, refusalFindings, UNCOVERED_REASON, unseenExcuse } from "../refusal.ts";
import { defineRule } from "../rule.ts";
import { enforcesAnew } from "../without-merge.ts";

export const mxRefused = defineRule({
  id: "mx-refused",
  title: "A sender that enforces the policy would refuse an MX host",
  cites: [cite("RFC 8461", "4.2"), cite("RFC 8461", "5"), cite("RFC 8460", "4.3.1")],
  inVerify: "error-under-enforce",
  applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
  check: (inspection) => {
    const { hosts } = inspection;
    const findings = refusalFindings(inspection, (reason) => reason !== UNCOVERED_REASON && reason !== OLD_TLS_REASON);
    const unseen = hosts.filter(({ after }) => after.verdict === "unknown");
    const namesProven = hosts.every(
      ({ after }) => after.verdict !== "refused" || after.reasonCode !== UNCOVERED_REASON,
    );
    const excuse = unseenExcuse(inspection, findings);
    return {
      findings,
      missing: [...unseen.map((change) => unprobed(change, namesProven)), ...(excuse.missing ?? [])],
      needed: unseen.some((change) => needsProbe(inspection, change)) || (excuse.needed ?? false),
    };
  },
});

/** SPEC §5: when mode turns to enforce, and for a host that the change adds under enforce. Widening needs none. */
function needsProbe(inspection: Inspection, change: HostChange): boolean {
  const { policy, mode } = inspection;
  if (!enforces(policy.proposed)) return false;
  return mode === "verify" ? isOpen(inspection, change) : enforcesAnew(inspection) || change.added;
}

/** SPEC §7: what this machine has no way to is only stated, unless the user gave it one. */
function isOpen({ settings }: Inspection, { after }: HostChange): boolean {
  const noWay = after.verdict === "unknown" && ["egress-blocked", "no-ipv6"].includes(after.because);
  return !noWay || settings.probesNeeded === true;
}

function unprobed({ host, after }: HostChange, namesProven: boolean): Missing {
  const because = after.verdict === "unknown" ? after.because : "";
  const proven = namesProven ? "names proven, TLS not seen" : "TLS not seen";
  return missing("probe", host, `${host}: ${proven}; ${whyUnseen(because)}.`);
}
