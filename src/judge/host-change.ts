import type { Evidence } from "../evidence.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Policy } from "../protocol/policy.ts";
import type { HostVerdict } from "../verdict.ts";
import type { Sides } from "./inspection.ts";
import { hostsIn, type MxView } from "./mx-view.ts";
import { validateMxHost } from "./sender.ts";

/** One MX host, before the merge and after it, in the eyes of a sender that enforces. */
export interface HostChange {
  readonly host: DomainName;
  /** Visible after the merge; a live host that the change removes stays visible for its TTL, and is here with `proposed` false. */
  readonly proposed: boolean;
  readonly live: boolean;
  /** The change brings it in: proposed, and neither live nor in base. */
  readonly added: boolean;
  readonly after: HostVerdict;
  /** Senders refuse it already, and without the merge they go on doing so. */
  readonly refusedBefore: boolean;
  /** The same by what they hold where a fault hides the policy: no mail is lost with it where it goes. */
  readonly refusedAsHeld: boolean;
}

interface Before {
  readonly policy: Policy | undefined;
  /** What senders apply without the merge: what is deployed, and what base says, which may be on its way. */
  readonly before: readonly (Policy | undefined)[];
  /** What senders hold that fetched it before a fault hid it; the same as `before` without one. */
  readonly heldBefore: readonly (Policy | undefined)[];
  readonly mx: Sides<MxView>;
  readonly evidence: Evidence;
}

/** Every host that is live or proposed, in the order of the proposed set. Empty where no valid policy is proposed. */
export function hostChanges({ policy, before, heldBefore, mx, evidence }: Before): readonly HostChange[] {
  if (!policy) return [];
  const [proposed, live] = [hostsIn(mx.proposed), hostsIn(mx.deployed)];
  const known = knownHosts(mx);
  return [...new Set([...proposed, ...live])].map((host) => ({
    host,
    proposed: proposed.includes(host),
    live: live.includes(host),
    added: addedHosts(mx).includes(host),
    after: validateMxHost(policy, host, evidence),
    refusedAsHeld: heldBefore.length > 0 && heldBefore.every((held) => refuses(held, host, evidence)),
    refusedBefore: known.includes(host) && before.length > 0 && before.every((held) => refuses(held, host, evidence)),
  }));
}

function refuses(held: Policy | undefined, host: DomainName, evidence: Evidence): boolean {
  return held?.mode === "enforce" && validateMxHost(held, host, evidence).verdict === "refused";
}

/** Whether the merge makes an enforcing sender refuse a host that it does not refuse today (SPEC §5, "what it makes worse"). */
export function isNewlyRefused({ after, refusedBefore }: HostChange): boolean {
  return after.verdict === "refused" && !refusedBefore;
}

/** The hosts that the change brings in, whatever the policy says of them. */
export function addedHosts(mx: Sides<MxView>): readonly DomainName[] {
  return mx.said ? hostsIn(mx.proposed).filter((host) => !knownHosts(mx).includes(host)) : [];
}

/**
 * What senders see without the merge: the live set and base's, which may be on its way. While it is, a live host that base has taken out
 * is about to go, and bringing it back adds it; and a change that edits the set may arrive before what base has added.
 */
function knownHosts(mx: Sides<MxView>): readonly DomainName[] {
  const [live, base] = [hostsIn(mx.deployed), hostsIn(mx.base)];
  if (mx.arriving === undefined) return [...live, ...base];
  return mx.arriving === "edited" ? base.filter((host) => live.includes(host)) : base;
}
