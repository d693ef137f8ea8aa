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
  /** The policy senders apply now already makes them refuse it. */
  readonly refusedBefore: boolean;
}

interface Before {
  readonly policy: Policy | undefined;
  readonly before: Policy | undefined;
  readonly mx: Sides<MxView>;
  readonly evidence: Evidence;
}

/** Every host that is live or proposed, in the order of the proposed set. Empty where no valid policy is proposed. */
export function hostChanges({ policy, before, mx, evidence }: Before): readonly HostChange[] {
  if (!policy) return [];
  const [proposed, live] = [hostsIn(mx.proposed), hostsIn(mx.deployed)];
  const known = knownHosts(mx);
  return [...new Set([...proposed, ...live])].map((host) => ({
    host,
    proposed: proposed.includes(host),
    live: live.includes(host),
    added: addedHosts(mx).includes(host),
    after: validateMxHost(policy, host, evidence),
    refusedBefore:
      before?.mode === "enforce" &&
      known.includes(host) &&
      validateMxHost(before, host, evidence).verdict === "refused",
  }));
}

/** Whether the merge makes an enforcing sender refuse a host that it does not refuse today (SPEC §5, "what it makes worse"). */
export function isNewlyRefused({ after, refusedBefore }: HostChange): boolean {
  return after.verdict === "refused" && !refusedBefore;
}

/** The hosts that the change brings in, whatever the policy says of them. */
export function addedHosts(mx: Sides<MxView>): readonly DomainName[] {
  return mx.said ? hostsIn(mx.proposed).filter((host) => !knownHosts(mx).includes(host)) : [];
}

/** What senders see, or are to see, without the merge: the live set and base's, which may be on its way. */
function knownHosts(mx: Sides<MxView>): readonly DomainName[] {
  return [...hostsIn(mx.deployed), ...hostsIn(mx.base)];
}
