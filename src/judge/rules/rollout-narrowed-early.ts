import { cite } from "../../citation.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { printMxPattern } from "../../protocol/mx-pattern.ts";
import { covers, type Policy } from "../../protocol/policy.ts";
import type { Finding } from "../../verdict.ts";
import { instant } from "../held-policy.ts";
import { refusesBy } from "../held-story.ts";
import { type Inspection, levelUnder } from "../inspection.ts";
import { fieldPlace } from "../locate.ts";
import { hostsIn } from "../mx-view.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { defineRule } from "../rule.ts";
import { validateMxHost } from "../sender.ts";
import { ID_CHECKING, shortestStory, storyPolicy } from "../story.ts";
import { knowsPastMx, type LeavingHost, leavingHosts } from "../visible-mx.ts";

export const rolloutNarrowedEarly = defineRule({
  id: "rollout-narrowed-early",
  title: "A pattern is taken back while senders may still see its MX host",
  cites: [cite("RFC 8461", "8.1"), cite("RFC 8461", "4.1")],
  inVerify: "not-applicable",
  applies: ({ policy }) => policy.said && policyIn(policy.proposed) !== undefined,
  check: (inspection) => {
    const after = policyIn(inspection.policy.proposed);
    if (!after || after.mode === "none") return {};
    const before = earlierPolicies(inspection);
    const lost = leavingHosts(inspection).filter(
      ({ host }) => !covers(after, host) && losesIt(inspection, { host, before, after }),
    );
    if (lost.length > 0) return { findings: lost.map((one) => narrowed(inspection, one, after)) };
    const unknown = takenBack(inspection, after, before);
    return unknown.length === 0 || knowsPastMx(inspection) ? {} : { findings: [untold(inspection, unknown)] };
  },
});

interface Lost {
  readonly host: DomainName;
  readonly before: readonly Policy[];
  readonly after: Policy;
}

/** A pattern is taken back; or enforcement begins, and nobody refused the host without it. Where it is refused today, nothing is lost. */
function losesIt({ evidence, before: live, policy }: Inspection, { host, before, after }: Lost): boolean {
  const accepted = (held: Policy): boolean => validateMxHost(held, host, evidence).verdict !== "refused";
  if (after.mode === "testing") return before.some(accepted);
  const views = [live, policy.base].flatMap((view) => (view ? [view] : []));
  return views.length === 0 || views.some((view) => !enforces(view) || accepted(policyIn(view) as Policy));
}

/** What senders go by now, or are about to. */
function earlierPolicies({ policy }: Inspection): readonly Policy[] {
  return [policy.base, policy.deployed].flatMap((view) => policyIn(view) ?? []);
}

/** Names that lose their pattern and are no MX host now: whether they were one within its TTL is the question. */
function takenBack({ mx }: Inspection, after: Policy, before: readonly Policy[]): readonly string[] {
  const seen = [...hostsIn(mx.deployed), ...hostsIn(mx.proposed)];
  const gone = before
    .flatMap((policy) => policy.mx)
    .filter(({ host, wildcard }) => !wildcard && !covers(after, host) && !seen.includes(host));
  return [...new Set(gone.map(printMxPattern))];
}

function narrowed(inspection: Inspection, { host, until, ttl }: LeavingHost, after: Policy): Finding {
  const { policy, record, asOf, policyDomain, mx } = inspection;
  const now = Date.parse(asOf);
  const date = instant(until);
  const live = hostsIn(mx.deployed).includes(host);
  const seen = live ? "is a live MX host" : "was an MX host until lately";
  const events = [
    {
      kind: "mx",
      at: instant(now - 1000),
      hosts: [host],
      ttl: live ? ttl : Math.ceil((until - now) / 1000) + 1,
    } as const,
    {
      kind: "merge",
      at: instant(now),
      policy: storyPolicy({ ...after, mode: "enforce" }),
      id: idIn(record.proposed) ?? "",
      mx: hostsIn(mx.proposed),
    } as const,
    { kind: "delivery", at: instant(now + Math.min(60_000, (ttl * 1000) / 2)) } as const,
  ];
  const refuses = refusesBy(inspection);
  return {
    level: levelUnder(inspection),
    message: `The policy of ${policyDomain} does not list ${host}, which ${seen}; resolvers may name it until ${date}, and until then senders with the new policy refuse it.`,
    location: fieldPlace(policy.proposed, "mx"),
    resultType: "validation-failure",
    facts: { host, until: date },
    ...(after.mode === "enforce" && shortestStory({ events, host, refuses, until: date, cast: ID_CHECKING })),
  };
}

function untold(inspection: Inspection, names: readonly string[]): Finding {
  return {
    level: "notice",
    message: `Whether ${names.join(", ")} was an MX host within its TTL is not known; the policy may stop listing it once resolvers have forgotten it.`,
    location: fieldPlace(inspection.policy.proposed, "mx"),
    facts: { host: names[0] ?? "" },
  };
}
