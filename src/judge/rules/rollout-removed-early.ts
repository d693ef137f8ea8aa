import { cite } from "../../citation.ts";
import type { Finding } from "../../verdict.ts";
import { type HeldPolicy, instant } from "../held-policy.ts";
import { laterStory } from "../held-story.ts";
import type { Inspection } from "../inspection.ts";
import { missing, whyUnseen } from "../missing.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";
import { strangerTo } from "../stranger.ts";

const LONGEST_CACHE = 31_557_600_000; // milliseconds: the largest max_age (RFC 8461 §3.2)

export const rolloutRemovedEarly = defineRule({
  id: "rollout-removed-early",
  title: "Policy or record is removed while senders may hold an enforce policy",
  cites: [cite("RFC 8461", "8.3"), cite("RFC 8461", "3.3")],
  inVerify: "not-applicable",
  applies: (inspection) => removedParts(inspection).length > 0,
  check: (inspection) => {
    const { policy, proposal, asOf, policyDomain } = inspection;
    const parts = removedParts(inspection).join(" and ");
    if (enforces(policy.base) || enforces(policy.deployed))
      return { findings: [{ ...finding(inspection, parts), ...story(inspection, inspection.held[0]) }] };
    if (policy.deployed.kind === "unknown") {
      const message = `Whether senders hold an enforce policy of ${policyDomain} was not seen: ${whyUnseen(policy.deployed.because)}.`;
      return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
    }
    const longest = inspection.held.find(({ current }) => !current);
    if (longest) return { findings: [{ ...stillHeld(inspection, parts, longest), ...story(inspection, longest) }] };
    if (proposal.history.complete && proposal.history.states.length > 0) return {};
    // Whatever base says now, an older body may have said enforce for up to a year.
    const since = proposal.baseSince;
    const settled = since.kind === "since" && Date.parse(since.at) + LONGEST_CACHE <= Date.parse(asOf);
    if (settled && policyIn(policy.base) !== undefined) return {};
    const how = since.kind === "unknown" ? since.why : `base says so only since ${since.at}`;
    const message = `Whether senders still hold an enforce policy of ${policyDomain} is not known: ${how} (fetch-depth: 0 shows the history).`;
    return { needed: true, missing: [missing("history", policyDomain, message)] };
  },
});

function stillHeld(inspection: Inspection, parts: string, { fast, slow }: HeldPolicy): Finding {
  const { policyDomain } = inspection;
  // While its id is the live one, some senders extend what they hold; the first change of the id starts its clock.
  const end = fast === null ? "for as long as its id stays" : `until ${instant(Math.max(fast, slow))}`;
  const message = `The change removes ${parts} of ${policyDomain} while senders may hold an earlier enforce policy ${end}; nothing can tell them otherwise once it is gone.`;
  return {
    ...finding(inspection, parts),
    message,
    facts: fast === null ? {} : { until: instant(Math.max(fast, slow)) },
  };
}

function story(inspection: Inspection, held: HeldPolicy | undefined): Pick<Finding, "story"> {
  if (!held) return {};
  const until = instant(Math.max(held.fast ?? 0, held.slow));
  return laterStory(inspection, { held, host: strangerTo(held.policy), until });
}

function removedParts({ policy, record }: Inspection): string[] {
  const gone = (base: { kind: string } | undefined, now: { kind: string }): boolean =>
    base !== undefined && base.kind !== "absent" && now.kind === "absent";
  const file = policy.said && gone(policy.base ?? policy.deployed, policy.proposed);
  const text = record.said && gone(record.base ?? record.deployed, record.proposed);
  return [...(file ? ["the policy"] : []), ...(text ? ["the record"] : [])];
}

/** Before the merge and after it: no MX record that names a host, and no address of the domain itself to send to (RFC 5321 §5.1). */
function takesNoMail({ mx, evidence, policyDomain }: Inspection): boolean {
  const own = evidence.mxHosts.find(({ host }) => host === policyDomain)?.addresses;
  const unaddressed = own?.kind === "observed" && own.value.length === 0;
  return [mx.deployed, mx.proposed].every(({ kind }) => kind === "null-mx" || (kind === "implicit" && unaddressed));
}

function finding(inspection: Inspection, parts: string): Finding {
  const { policy, policyDomain } = inspection;
  const maxAge = Math.max(policyIn(policy.base)?.maxAge ?? 0, policyIn(policy.deployed)?.maxAge ?? 0);
  return {
    // Without mail there is none to lose today; whoever adds an MX while the policy is held loses it then.
    level: takesNoMail(inspection) ? "warning" : "error",
    message: `The change removes ${parts} of ${policyDomain} while senders hold an enforce policy; they keep it for up to ${maxAge} seconds and nothing can tell them otherwise.`,
    location:
      policy.base?.kind === "valid"
        ? policy.base.place
        : { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "TXT" },
    facts: { maxAge },
  };
}
