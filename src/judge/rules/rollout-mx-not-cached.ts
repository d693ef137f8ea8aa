import { cite } from "../../citation.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { covers, type Policy } from "../../protocol/policy.ts";
import type { Finding, HostVerdict, Missing } from "../../verdict.ts";
import { addedHosts } from "../host-change.ts";
import { type Inspection, isInterrupted } from "../inspection.ts";
import { hostPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { enforces, type PolicyView, policyIn } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { UNCOVERED_REASON } from "../refusal.ts";
import { type Answer, defineRule } from "../rule.ts";
import { validateMxHost } from "../sender.ts";
import { senders } from "../senders.ts";

export const rolloutMxNotCached = defineRule({
  id: "rollout-mx-not-cached",
  title: "An MX host is added that a policy senders hold does not cover",
  cites: [cite("RFC 8461", "8.1"), cite("RFC 8461", "5.1")],
  applies: ({ mx }) => mx.said,
  check: (inspection) => {
    const { policy, policyDomain } = inspection;
    const before = isInterrupted(inspection) ? policy.base : inspection.before;
    const added = addedHosts(inspection.mx);
    if (inspection.mx.proposed.kind === "unknown") return undetermined(inspection, before);
    if (added.length === 0) return {};
    const held = policyIn(before);
    if (before === undefined || before.kind === "unknown" || policy.deployed.kind === "unknown") {
      const because = policy.deployed.kind === "unknown" ? whyUnseen(policy.deployed.because) : "";
      const message = `Whether the policy that senders hold covers the new MX was not seen: ${because}.`;
      return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
    }
    const earlier = added.flatMap((host) => stillRefused(inspection, host));
    if (!held || !enforces(before)) return { findings: earlier };
    const verdicts = added.map((host) => validateMxHost(held, host, inspection.evidence));
    // Where the proposed policy enforces too, mx-refused says what the probes show.
    const all = verdicts.filter((each) => !enforces(policy.proposed) || isUncovered(each));
    return {
      findings: [
        ...all.flatMap((each) => (each.verdict === "refused" ? finding(inspection, each, held) : [])),
        ...earlier,
      ],
      needed: true,
      missing: all.flatMap((each) => (each.verdict === "unknown" ? unprobed(each) : [])),
    };
  },
});

/**
 * A policy of the past does not list the host. Senders that compare ids have fetched a newer one since; those that do not, or whose
 * lookup fails, go by it until its max_age is over (the slow clock of RFC 8461 §5.1). An id that is still the live one sends nobody
 * to fetch, and senders that extend what they hold then keep it for as long as they deliver.
 */
function stillRefused(inspection: Inspection, host: DomainName): Finding[] {
  const { record } = inspection;
  const refusing = inspection.held.filter(({ policy }) => !covers(policy, host));
  const frozen = refusing.find(({ id }) => id !== undefined && id !== null && id === idIn(record.deployed));
  const longest = refusing[0];
  if (!longest) return [];
  const message = frozen
    ? `MX host ${host} is added while the live id ${frozen.id} also named a policy that does not list it; senders that extend what they hold never fetch again.`
    : `MX host ${host} is not in a policy that senders without an id check, such as ${ID_BLIND}, may hold until ${longest.until}; they refuse it until then.`;
  return [
    {
      level: frozen ? "error" : "warning",
      message,
      location: hostPlace(inspection, host, true),
      resultType: "validation-failure",
      facts: { host, until: longest.until },
    },
  ];
}

/** Senders known to go by max_age alone. */
const ID_BLIND = senders
  .filter(({ cache }) => cache.class === "S3")
  .map(({ name }) => name)
  .join(" and ");

/** Any host may be behind an MX record that the files leave open. */
function undetermined({ proposal, policy, policyDomain }: Inspection, before: PolicyView | undefined): Answer {
  const enforced = [before, policy.proposed].some(
    (view) => view === undefined || view.kind === "unknown" || enforces(view),
  );
  if (!enforced || !proposal.touched.includes("mx")) return {};
  const message = `What MX ${policyDomain} will say is not determined here; whether senders accept those hosts is not known.`;
  return { needed: true, missing: [missing("value", policyDomain, message)] };
}

type Refused = Extract<HostVerdict, { verdict: "refused" }>;

const isUncovered = (seen: HostVerdict): boolean => seen.verdict === "refused" && seen.reasonCode === UNCOVERED_REASON;

function finding(inspection: Inspection, seen: Refused, { maxAge }: Policy): Finding {
  const { host, resultType, reasonCode, addresses } = seen;
  const consequence = "they refuse it until they have fetched the new one";
  return {
    level: "error",
    message: isUncovered(seen)
      ? `MX host ${host} is added while senders hold a policy that does not list it; ${consequence}.`
      : `MX host ${host} is added while senders hold an enforce policy, ${resultType} (${reasonCode}) at ${addresses.join(", ")}; ${consequence}.`,
    location: hostPlace(inspection, host, true),
    resultType,
    facts: { host, maxAge },
  };
}

/** An MX added under an enforce policy that senders may hold needs its probe (SPEC §5), whatever the proposed policy says. */
function unprobed({ host, because }: Extract<HostVerdict, { verdict: "unknown" }>): Missing {
  return missing("probe", host, `${host}: senders hold an enforce policy, TLS not seen; ${whyUnseen(because)}.`);
}
