import { cite } from "../../citation.ts";
import type { Story } from "../../story.ts";
import { instant } from "../held-policy.ts";
import { refusesBy } from "../held-story.ts";
import type { Inspection } from "../inspection.ts";
import { fieldPlace } from "../locate.ts";
import { hostsIn } from "../mx-view.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { defineRule } from "../rule.ts";
import { ID_BLIND, shortestStory, storyPolicy } from "../story.ts";
import { strangerTo } from "../stranger.ts";

export const rolloutMaxAgeRaised = defineRule({
  id: "rollout-max-age-raised",
  title: "max_age is raised together with the MX or the policy host",
  cites: [cite("RFC 8461", "3.2"), cite("RFC 8461", "8.1")],
  inVerify: "not-applicable",
  applies: ({ policy }) => policy.said && enforces(policy.proposed),
  check: (inspection) => {
    const { policy, policyDomain, before } = inspection;
    const [was, is] = [policyIn(policy.base) ?? policyIn(before), policyIn(policy.proposed)];
    const moved = [
      ...(movesMx(inspection) ? ["the MX hosts"] : []),
      ...(movesHost(inspection) ? ["the policy host"] : []),
    ];
    if (!was || !is || is.maxAge <= was.maxAge || moved.length === 0) return {};
    const message = `max_age of ${policyDomain} goes from ${was.maxAge} to ${is.maxAge} seconds in the change that moves ${moved.join(" and ")}; should that need to be taken back, senders hold this policy for so long.`;
    const facts = { from: was.maxAge, to: is.maxAge };
    const location = fieldPlace(policy.proposed, "max_age");
    return { findings: [{ level: "warning", message, location, facts, ...takenBack(inspection) }] };
  },
});

function movesMx({ mx }: Inspection): boolean {
  if (!mx.said) return false;
  const [before, after] = [hostsIn(mx.base ?? mx.deployed), hostsIn(mx.proposed)];
  return before.length !== after.length || before.some((host) => !after.includes(host));
}

function movesHost({ proposal: { base, proposed } }: Inspection): boolean {
  const names = ({ policyHostRecords }: typeof base): string =>
    policyHostRecords?.kind === "said" ? policyHostRecords.value.map(({ data }) => data).join(" ") : "";
  return names(base) !== names(proposed);
}

/** The move is taken back: whoever has fetched the new policy refuses a host that it does not list. */
function takenBack(inspection: Inspection): { readonly story?: Story } {
  const after = policyIn(inspection.policy.proposed);
  if (!after) return {};
  const now = Date.parse(inspection.asOf);
  const host = strangerTo(after, policyIn(inspection.policy.base));
  const until = instant(now + 60_000 + after.maxAge * 1000);
  const events = [
    // Until it is taken back: an hour later, to have a date.
    {
      kind: "served",
      at: instant(now),
      until: instant(now + 3_600_000),
      policy: storyPolicy(after),
      id: idIn(inspection.record.proposed) ?? null,
      ttl: 3_600,
    } as const,
    { kind: "fetch", at: instant(now + 60_000) } as const,
    { kind: "later-mx", at: instant(now + 3_600_000), mx: [host] } as const,
    { kind: "delivery", at: instant(now + 3_660_000) } as const,
  ];
  return shortestStory({ events, host, refuses: refusesBy(inspection), until, cast: ID_BLIND });
}
