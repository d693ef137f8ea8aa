import { cite } from "../../citation.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { covers, type Policy } from "../../protocol/policy.ts";
import type { Finding } from "../../verdict.ts";
import type { HeldPolicy } from "../held-policy.ts";
import { instant } from "../held-policy.ts";
import { heldStory, laterStory } from "../held-story.ts";
import { addedHosts } from "../host-change.ts";
import { type Inspection, policyChanges } from "../inspection.ts";
import { hostPlace } from "../locate.ts";
import { hostsIn } from "../mx-view.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { announces } from "../record-view.ts";
import { defineRule } from "../rule.ts";
import { validateMxHost } from "../sender.ts";
import { strangerTo } from "../stranger.ts";

export const rolloutHostBroken = defineRule({
  id: "rollout-host-broken",
  title: "The policy host is broken while the change needs senders to fetch",
  cites: [cite("RFC 8461", "3.3"), cite("RFC 8461", "5.1")],
  inVerify: "not-applicable",
  applies: ({ policy, held }) => ["absent", "invalid"].includes(policy.deployed.kind) && held.length > 0,
  check: (inspection) => {
    const [held] = inspection.held;
    const what = needsFetch(inspection);
    if (!held || what === undefined || repairs(inspection)) return {};
    return { findings: [broken(inspection, held, what)] };
  },
});

const EDITS = "edits the MX records";

/** What the change does that senders must learn of from the policy host; undefined: nothing. */
function needsFetch(inspection: Inspection): string | undefined {
  const { mx, policy, proposal } = inspection;
  const changes = proposal.touched.includes("policy") && policyChanges(inspection);
  if (changes && enforces(policy.proposed) && (!enforces(policy.base) || takesBack(inspection)))
    return "tightens the policy";
  return mx.said && proposal.touched.includes("mx") && !isSafeEdit(inspection) ? EDITS : undefined;
}

function takesBack({ held, policy }: Inspection): boolean {
  const after = policyIn(policy.proposed);
  const listed = held.filter(({ current }) => current).flatMap((one) => one.policy.mx);
  return listed.some(({ host, wildcard }) => !after || (wildcard ? !listsAll(after, host) : !covers(after, host)));
}

const listsAll = ({ mx }: Policy, suffix: DomainName): boolean =>
  mx.some(({ wildcard, host }) => wildcard && host === suffix);

/**
 * The one edit that helps every sender at once is to bring in, or to leave, hosts that all of them accept already: a broken policy host
 * must not keep anyone from that.
 */
function isSafeEdit({ mx, held, evidence }: Inspection): boolean {
  const after = hostsIn(mx.proposed);
  const added = addedHosts(mx);
  const before = [...hostsIn(mx.deployed), ...hostsIn(mx.base)];
  if (added.length === 0 && before.every((host) => after.includes(host))) return true;
  const listed = (host: DomainName): boolean => held.every(({ policy }) => covers(policy, host));
  const accepted = (host: DomainName): boolean =>
    held.every(({ policy }) => validateMxHost(policy, host, evidence).verdict === "accepted");
  return after.length > 0 && after.every(listed) && added.every(accepted);
}

/** A valid file where the deployed one is none, or another way of publishing it. */
function repairs({ policy, proposal }: Inspection): boolean {
  const replaced = policy.deployed.kind === "invalid" && policy.said && policyIn(policy.proposed) !== undefined;
  return replaced || proposal.touched.includes("publishing");
}

function broken(inspection: Inspection, held: HeldPolicy, what: string): Finding {
  const { policyDomain, mx, record, policy } = inspection;
  const after = policyIn(policy.proposed);
  const host = hostsIn(mx.proposed).find((one) => !covers(held.policy, one)) ?? strangerTo(held.policy, after);
  const until = instant(held.slow);
  // No record either: nobody is told of a policy any more, and those that hold one keep it all the same.
  const why = announces(record.deployed) === false ? "finds no record" : "cannot fetch the policy";
  return {
    level: "error",
    message: `The change ${what} of ${policyDomain} while a sender ${why} and may hold an enforce policy until ${until}; repair the policy host first.`,
    location: hostPlace(inspection, host, addedHosts(mx).includes(host)),
    resultType: "sts-policy-fetch-error",
    facts: { host, until },
    ...(what === EDITS ? heldStory : laterStory)(inspection, { held: { ...held, current: false }, host, until }),
  };
}
