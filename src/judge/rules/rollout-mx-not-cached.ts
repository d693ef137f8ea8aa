import { cite } from "../../citation.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { covers } from "../../protocol/policy.ts";
import type { Finding } from "../../verdict.ts";
import { instant } from "../held-policy.ts";
import { cutOff, heldRefusals, refusedAnyway, unreadPast } from "../held-refusal.ts";
import { heldStory } from "../held-story.ts";
import { addedHosts } from "../host-change.ts";
import type { Inspection } from "../inspection.ts";
import { hostPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { hostsIn } from "../mx-view.ts";
import { enforces } from "../policy-view.ts";
import { type Answer, defineRule } from "../rule.ts";
import { validateMxHost } from "../sender.ts";
import { suspectedPairs } from "../suspected-pairs.ts";
import { stayingHosts } from "../visible-mx.ts";

export const rolloutMxNotCached = defineRule({
  id: "rollout-mx-not-cached",
  title: "An MX host is added that a policy senders hold does not cover",
  cites: [cite("RFC 8461", "8.1"), cite("RFC 8461", "5.1")],
  inVerify: "not-applicable",
  applies: ({ mx, policy }) => mx.said || policy.said,
  check: (inspection) => {
    if (inspection.mx.proposed.kind === "unknown") return inspection.mx.said ? undetermined(inspection) : {};
    const added = addedHosts(inspection.mx);
    const proven = [
      ...added.flatMap((host) => heldRefusals(inspection, host)),
      ...cutOff(inspection),
      ...stayingHosts(inspection).flatMap((host) => refusedAnyway(inspection, host)),
    ];
    if (added.length === 0) return { findings: proven.length > 0 ? proven : unreadRemoval(inspection) };
    const findings = proven.length > 0 ? proven : added.flatMap((host) => suspectedRefusal(inspection, host));
    return {
      findings: findings.length > 0 ? findings : unreadPast(inspection, added),
      needed: true,
      missing: [...unseenPolicy(inspection), ...unprobed(inspection)],
    };
  },
});

/** A warning, since nothing proves that the id was there first; and nothing but another id ends it. */
function suspectedRefusal(inspection: Inspection, host: DomainName): readonly Finding[] {
  const held = suspectedPairs(inspection).find(({ policy }) => !covers(policy, host));
  if (!held) return [];
  const since = instant(held.from);
  const message = `MX host ${host} is added while the id is ${held.id}, which base changed together with the policy on ${since.slice(0, 10)}; a sender that saw the id first holds the policy before it, which does not list the host, until another id is published.`;
  return [
    {
      level: "warning",
      message,
      location: hostPlace(inspection, host, true),
      resultType: "validation-failure",
      facts: { host, id: held.id ?? "", since },
      ...heldStory(inspection, { held, host, until: null }),
    },
  ];
}

/** A policy that the history does not show may list only what goes. */
function unreadRemoval(inspection: Inspection): readonly Finding[] {
  const { mx } = inspection;
  const after = hostsIn(mx.proposed);
  const goes = mx.said && [...hostsIn(mx.deployed), ...hostsIn(mx.base)].some((host) => !after.includes(host));
  return goes ? unreadPast(inspection, after) : [];
}

/** Any host may be behind an MX record that the files leave open. */
function undetermined({ proposal, policy, before, held, policyDomain }: Inspection): Answer {
  const enforced = [before, policy.proposed].some(
    (view) => view === undefined || view.kind === "unknown" || enforces(view),
  );
  if (!(enforced || held.length > 0) || !proposal.touched.includes("mx")) return {};
  const message = `What MX ${policyDomain} will say is not determined here; whether senders accept those hosts is not known.`;
  return { needed: true, missing: [missing("value", policyDomain, message)] };
}

function unseenPolicy({ policy, before, policyDomain }: Inspection): NonNullable<Answer["missing"]> {
  if (before !== undefined && before.kind !== "unknown" && policy.deployed.kind !== "unknown") return [];
  const because = policy.deployed.kind === "unknown" ? whyUnseen(policy.deployed.because) : "";
  const message = `Whether the policy that senders hold covers the new MX was not seen: ${because}.`;
  return [missing("policyFetch", `mta-sts.${policyDomain}`, message)];
}

/** An MX added under an enforce policy that senders may hold needs its probe (SPEC §5), whatever the proposed policy says. */
function unprobed({ held, mx, evidence }: Inspection): NonNullable<Answer["missing"]> {
  const current = held.filter((one) => one.current);
  const verdicts = addedHosts(mx).flatMap((host) =>
    current.map(({ policy }) => validateMxHost(policy, host, evidence)),
  );
  const open = new Map(verdicts.flatMap((one) => (one.verdict === "unknown" ? [[one.host, one.because]] : [])));
  return [...open].map(([host, because]) => {
    return missing("probe", host, `${host}: senders hold an enforce policy, TLS not seen; ${whyUnseen(because)}.`);
  });
}
