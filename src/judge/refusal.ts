import { SMTP_FAILURE } from "../protocol/result-type.ts";
import type { Finding } from "../verdict.ts";
import { type HostChange, isNewlyRefused } from "./host-change.ts";
import { type Inspection, levelUnder } from "./inspection.ts";
import { hostPlace } from "./locate.ts";
import { missing, whyUnseen } from "./missing.ts";
import { enforces } from "./policy-view.ts";
import type { Answer } from "./rule.ts";

/** Reason codes that have rules of their own. */
export const UNCOVERED_REASON = SMTP_FAILURE["mx-not-listed"].reasonCode;
export const OLD_TLS_REASON = SMTP_FAILURE["tls-too-old"].reasonCode;

/**
 * One finding for each host that an enforcing sender refuses for such a reason: error under enforce, warning under testing, and a
 * warning where it is refused today. A host on its way out that was refused already is what the change repairs.
 */
export function refusalFindings(inspection: Inspection, such: (reasonCode: string) => boolean): readonly Finding[] {
  return inspection.hosts.flatMap((change) => finding(inspection, change, such));
}

function finding(inspection: Inspection, change: HostChange, such: (reasonCode: string) => boolean): Finding[] {
  const { host, after, proposed, refusedAsHeld, added } = change;
  if (after.verdict !== "refused" || !such(after.reasonCode) || (!proposed && refusedAsHeld)) return [];
  const enforced = enforces(inspection.policy.proposed);
  const alreadySo = enforced && !isNewlyRefused(change);
  const consequence = enforced
    ? "senders that hold this policy will not deliver to it"
    : "senders would refuse it if the policy said enforce";
  const { resultType, reasonCode, addresses } = after;
  return [
    {
      level: alreadySo ? "warning" : levelUnder(inspection),
      message: `MX host ${host} is refused, ${resultType} (${reasonCode}) at ${addresses.join(", ")}; ${consequence}.`,
      location: hostPlace(inspection, host, added),
      related: addresses.map((address) => ({ kind: "mx-host", host, address })),
      resultType,
      facts: { host, reasonCode, address: addresses[0] ?? "" },
      ...(alreadySo && { alreadySo: true as const }),
    },
  ];
}

/** That a host was refused before excuses the change only where what senders hold was seen. */
export function unseenExcuse({ policy, policyDomain }: Inspection, findings: readonly Finding[]): Answer {
  const { deployed, proposed } = policy;
  if (deployed.kind !== "unknown" || !findings.some(({ alreadySo }) => alreadySo)) return {};
  const message = `Whether senders refuse these hosts already was not seen: ${whyUnseen(deployed.because)}.`;
  return { needed: enforces(proposed), missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
}
