import { cite } from "../../citation.ts";
import { samePolicy } from "../../protocol/policy.ts";
import type { Finding } from "../../verdict.ts";
import { announcesAnew, type Inspection, isInterrupted } from "../inspection.ts";
import { fieldPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { enforces, type PolicyView, policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

const DAY = 86_400_000; // milliseconds
const TESTED_DAYS = 14;

export const rolloutEnforceUntested = defineRule({
  id: "rollout-enforce-untested",
  title: "Enforce is turned on for a policy that was not tested",
  cites: [cite("RFC 8461", "5"), cite("RFC 8461", "8.3")],
  inVerify: "not-applicable",
  applies: (inspection) =>
    enforces(inspection.policy.proposed)
      ? inspection.policy.said || inspection.record.said
      : mayAnnounceEnforce(inspection),
  check: (inspection) => {
    const { turnsOn, policy, policyDomain } = inspection;
    if (policy.proposed.kind === "unknown") {
      const message = `The policy that the new record announces was not seen: ${whyUnseen(policy.proposed.because)}.`;
      return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
    }
    if (turnsOn === "no" || isReadOverAsEnforce(policy.deployed)) return {};
    if (policy.deployed.kind === "unknown") {
      const message = `Whether a testing policy is deployed was not seen: ${whyUnseen(policy.deployed.because)}.`;
      return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
    }
    if (isInterrupted(inspection) || isBrokenEnforce(policy.deployed)) return { findings: [resumed(inspection)] };
    const tested = policyIn(policy.deployed)?.mode === "testing";
    return { findings: tested ? shortTesting(inspection) : [finding(inspection, "error", untested(policyDomain), {})] };
  },
});

/** Blank lines are the one defect that many senders read over: they enforce such a policy already, and its repair adds no one. */
function isReadOverAsEnforce(view: PolicyView): boolean {
  if (view.kind !== "invalid") return false;
  const { defects, partial } = view.parse;
  return partial.mode === "enforce" && defects.every(({ code }) => code === "blank-line");
}

/** What is served says enforce and is no policy: its repair does what it always said, and is not blocked by what it repairs (SPEC §5). */
function isBrokenEnforce(view: PolicyView): boolean {
  return view.kind === "invalid" && view.parse.partial.mode === "enforce";
}

/** A record can turn on what a policy host has served all along. */
function mayAnnounceEnforce({ policy, record }: Inspection): boolean {
  return policy.proposed.kind === "unknown" && announcesAnew(record);
}

const untested = (policyDomain: string): string =>
  `Enforce is turned on and ${policyDomain} has no testing policy deployed; what senders would refuse was never reported.`;

/** Not this change's doing, and the repair of a policy host is not to wait for it (SPEC §5). */
function resumed(inspection: Inspection): Finding {
  const message = `Senders cannot use the policy of ${inspection.policyDomain}, which says enforce already; with this change they enforce it, and no report shows what they would refuse.`;
  return { ...finding(inspection, "warning", message, {}), alreadySo: true };
}

/** How long testing with these patterns lasted, as far as git history tells. */
function shortTesting(inspection: Inspection): Finding[] {
  const { policy, proposal, asOf } = inspection;
  const [live, after] = [policyIn(policy.deployed), policyIn(policy.proposed)];
  if (live && after && !samePolicy({ ...live, mode: "enforce", maxAge: after.maxAge }, after))
    return [
      finding(
        inspection,
        "warning",
        "Enforce is turned on together with other mx patterns than were tested; test these first.",
        {},
      ),
    ];
  if (proposal.baseSince.kind === "unknown") return [];
  const days = Math.floor((Date.parse(asOf) - Date.parse(proposal.baseSince.at)) / DAY);
  if (days >= TESTED_DAYS) return [];
  const message = `Enforce is turned on after ${days} days of testing; ${TESTED_DAYS} days of reports show what senders would refuse.`;
  return [finding(inspection, "warning", message, { days })];
}

function finding(inspection: Inspection, level: Finding["level"], message: string, facts: Finding["facts"]): Finding {
  return { level, message, location: fieldPlace(inspection.policy.proposed, "mode"), facts };
}
