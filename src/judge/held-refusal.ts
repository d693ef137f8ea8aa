import type { DomainName } from "../protocol/domain-name.ts";
import { covers } from "../protocol/policy.ts";
import type { Finding, HostVerdict, Level } from "../verdict.ts";
import { distinctPolicies, type HeldPolicy, instant, isHeldFast } from "./held-policy.ts";
import { heldStory } from "./held-story.ts";
import { addedHosts } from "./host-change.ts";
import type { Inspection } from "./inspection.ts";
import { hostPlace } from "./locate.ts";
import { hostsIn } from "./mx-view.ts";
import { enforces, policyIn } from "./policy-view.ts";
import { announces } from "./record-view.ts";
import { UNCOVERED_REASON } from "./refusal.ts";
import { validateMxHost } from "./sender.ts";
import { senders } from "./senders.ts";

type Refused = Extract<HostVerdict, { verdict: "refused" }>;

interface Refusal {
  readonly held: HeldPolicy;
  readonly seen: Refused;
}

const isUncovered = ({ reasonCode }: Refused): boolean => reasonCode === UNCOVERED_REASON;

/** The held policies by which a sender refuses the host, the one that is held longest first. */
function refusalsOf({ held, evidence, policy }: Inspection, host: DomainName): readonly Refusal[] {
  return held.flatMap((one): Refusal[] => {
    const seen = validateMxHost(one.policy, host, evidence);
    if (seen.verdict !== "refused") return [];
    // What the probes show is said by mx-refused where the proposed policy enforces; a policy of the past adds nothing to it.
    return isUncovered(seen) || (one.current && !enforces(policy.proposed)) ? [{ held: one, seen }] : [];
  });
}

/** What is wrong with adding `host`: at most one finding, by the clock that weighs most. */
export function heldRefusals(inspection: Inspection, host: DomainName): readonly Finding[] {
  const now = Date.parse(inspection.asOf);
  const all = refusalsOf(inspection, host);
  const fast = all.filter(({ held }) => isHeldFast(held, now));
  const first = fast.find(({ held }) => held.current) ?? fast[0];
  if (first) return [refusal(inspection, { host, first, all, level: "error" })];
  const [longest] = all;
  const level = inspection.terms.senders === "all" ? "error" : "warning";
  return longest ? [refusal(inspection, { host, first: longest, all, level })] : [];
}

interface Refusing {
  readonly host: DomainName;
  readonly first: Refusal;
  readonly all: readonly Refusal[];
  readonly level: Level;
}

function refusal(inspection: Inspection, { host, first, all, level }: Refusing): Finding {
  const { held, seen } = first;
  const until = endOf(inspection, all, level);
  const slow = Math.max(...all.map((one) => one.held.slow));
  return {
    level,
    message: messageOf(inspection, { host, first, until, slow }),
    location: hostPlace(inspection, host, true),
    resultType: seen.resultType,
    facts: {
      host,
      maxAge: held.policy.maxAge,
      ...(until !== null && { until: instant(until), slow: instant(slow) }),
    },
    ...heldStory(inspection, { held, host, until: until === null ? null : instant(level === "error" ? until : slow) }),
  };
}

/** From when on the MX may be added; `null`: not by waiting. */
function endOf({ asOf, terms }: Inspection, all: readonly Refusal[], level: Level): number | null {
  const strict = terms.senders === "all" || level === "warning";
  const now = Date.parse(asOf);
  const ends = all
    .filter(({ held }) => strict || isHeldFast(held, now))
    .map(({ held: { fast, slow } }) => (fast === null ? null : strict ? Math.max(fast, slow) : fast));
  return ends.includes(null) ? null : Math.max(...(ends as number[]));
}

interface Told {
  readonly host: DomainName;
  readonly first: Refusal;
  readonly until: number | null;
  readonly slow: number;
}

function messageOf({ asOf }: Inspection, { host, first, until, slow }: Told): string {
  const { held, seen } = first;
  const dates =
    until === null
      ? "they refuse it until the id has changed and they have fetched the new one"
      : `senders that compare ids refuse it until ${instant(until)}, the others until ${instant(slow)}`;
  if (held.current)
    return isUncovered(seen)
      ? `MX host ${host} is added while senders hold a policy that does not list it; ${dates}.`
      : `MX host ${host} is added while senders hold an enforce policy, ${seen.resultType} (${seen.reasonCode}) at ${seen.addresses.join(", ")}; ${dates}.`;
  if (held.fast === null)
    return `MX host ${host} is added while the live id ${held.id ?? ""} also named a policy that does not list it; senders that extend what they hold never fetch again.`;
  if (isHeldFast(held, Date.parse(asOf)))
    return `MX host ${host} is not in the policy that was served until ${instant(held.lastServed ?? 0)}; ${dates}.`;
  return `MX host ${host} is not in a policy that senders without an id check, such as ${BLIND_NAMES}, may hold until ${instant(slow)}; they refuse it until then.`;
}

/** Senders known to go by max_age alone. */
const BLIND_NAMES = senders
  .filter(({ cache }) => cache.class === "S3")
  .map(({ name }) => name)
  .join(" and ");

/** A host that was there before, and that the policy after the merge lists: until when those that hold another one refuse it. */
export function refusedAnyway(inspection: Inspection, host: DomainName): readonly Finding[] {
  const { policy } = inspection;
  const after = policyIn(policy.proposed);
  if (!after || (after.mode === "enforce" && !covers(after, host))) return [];
  const all = refusalsOf(inspection, host).filter(({ seen }) => isUncovered(seen));
  const [first] = all;
  if (!first) return [];
  const until = endOf(inspection, all, "warning");
  const end = until === null ? "for as long as the id stays" : `until ${instant(until)}`;
  return [
    {
      level: "warning",
      message: `MX host ${host} is not in a policy that senders may hold ${end}; they refuse it, and this change does not make that longer.`,
      location: hostPlace(inspection, host, false),
      resultType: first.seen.resultType,
      facts: { host, ...(until !== null && { until: instant(until) }) },
      alreadySo: true,
    },
  ];
}

/** A policy of the past lists only hosts that the change takes away: those who hold it have nobody left to deliver to. */
export function cutOff(inspection: Inspection): readonly Finding[] {
  const { mx, asOf, terms, policyDomain } = inspection;
  const [before, after] = [[...hostsIn(mx.deployed), ...hostsIn(mx.base)], hostsIn(mx.proposed)];
  const [host] = after;
  if (!host || !before.some((one) => !after.includes(one)) || addedHosts(mx).length > 0) return [];
  const lost = inspection.held.filter(
    ({ policy, current }) =>
      // What is in force is for mx-none-accepted to say, as far as the hosts that go were live and could be probed.
      (!current || mx.arriving !== undefined) &&
      before.some((one) => covers(policy, one)) &&
      !after.some((one) => covers(policy, one)),
  );
  const [first] = distinctPolicies(lost);
  if (!first) return [];
  const fast = lost.filter((one) => isHeldFast(one, Date.parse(asOf)));
  const level = fast.length > 0 || terms.senders === "all" ? "error" : "warning";
  const held = fast[0] ?? first;
  const until = endOf(
    inspection,
    lost.map((one) => ({ held: one, seen: UNCOVERED })),
    level,
  );
  const end = until === null ? "for as long as the id stays" : `until ${instant(until)}`;
  return [
    {
      level,
      message: `The change takes away every MX host of ${policyDomain} that is in a policy which senders may hold ${end}; they deliver to none of the others.`,
      location: { kind: "dns", owner: policyDomain, type: "MX" },
      resultType: UNCOVERED.resultType,
      facts: { host, ...(until !== null && { until: instant(until) }) },
      ...heldStory(inspection, { held, host, until: until === null ? null : instant(until) }),
    },
  ];
}

const UNCOVERED: Refused = {
  verdict: "refused",
  host: "invalid" as DomainName,
  resultType: "validation-failure",
  reasonCode: UNCOVERED_REASON,
  addresses: [],
};

/** The history does not reach back as far as a policy may be held: one year of enforce is assumed (SPEC §5), and said. */
export function unreadPast(inspection: Inspection, added: readonly DomainName[]): readonly Finding[] {
  const { proposal, sightings, terms, asOf, record, policy } = inspection;
  const told = announces(record.deployed) === true || (policy.base !== undefined && policy.base.kind !== "absent");
  if (proposal.history.complete || !told) return [];
  const now = Date.parse(asOf);
  const known = proposal.history.states.map(({ at }) => Date.parse(at) + terms.lag);
  const oldest = Math.min(now, ...known, ...sightings.bodies.map(({ at }) => at));
  const until = oldest + terms.ceiling;
  if (until <= now) return [];
  const why = proposal.history.why ?? "the history was not read";
  const [host] = added;
  if (!host) return [];
  return [
    {
      level: "warning",
      message: `Whether senders hold an earlier enforce policy that does not list ${added.join(", ")} is not known (${why}); they may until ${instant(until)}.`,
      location: hostPlace(inspection, host, true),
      facts: { host, until: instant(until) },
    },
  ];
}
