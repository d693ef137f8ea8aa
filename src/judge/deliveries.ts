import type { Evidence } from "../evidence.ts";
import type { Delivery } from "../verdict.ts";
import { distinctPolicies, type HeldPolicy, instant } from "./held-policy.ts";
import type { Sides } from "./inspection.ts";
import { hostsIn, type MxView } from "./mx-view.ts";
import { type PolicyView, policyIn } from "./policy-view.ts";
import { deliveryOutcome, validateMxHost } from "./sender.ts";

/** The deliveries of every policy that is proposed or deployed × every MX set that may be visible (SPEC §5). */
export function deliveriesOf(policy: Sides<PolicyView>, mx: Sides<MxView>, evidence: Evidence): readonly Delivery[] {
  const held = [["proposed", policy.proposed] as const, ["deployed", policy.deployed] as const];
  const visible = [["proposed", mx.proposed] as const, ["deployed", mx.deployed] as const];
  return held.flatMap(([name, view]) =>
    visible.flatMap(([set, hosts]) => (hosts.kind === "null-mx" ? [] : delivery(name, view, { set, hosts, evidence }))),
  );
}

/** The same for senders that hold a policy of the past. */
export function cachedDeliveries(
  held: readonly HeldPolicy[],
  mx: Sides<MxView>,
  evidence: Evidence,
): readonly Delivery[] {
  const visible = [["proposed", mx.proposed] as const, ["deployed", mx.deployed] as const];
  const past = distinctPolicies(held.filter(({ current }) => !current));
  return past.slice(0, MOST_CACHED).flatMap(({ policy, id, fast, slow }) =>
    visible.flatMap(([set, hosts]): Delivery[] => {
      if (hosts.kind === "null-mx") return [];
      const verdicts = hostsIn(hosts).map((host) => validateMxHost(policy, host, evidence));
      const until = fast === null ? null : instant(Math.max(fast, slow));
      const cached = { ...(id !== undefined && { id }), until };
      return [{ policy: "cached", cached, mx: set, outcome: deliveryOutcome(policy, verdicts), hosts: verdicts }];
    }),
  );
}

/** A table of more is no longer read; the rules look at all of them. */
const MOST_CACHED = 3;

interface Visible {
  readonly set: Delivery["mx"];
  readonly hosts: MxView;
  readonly evidence: Evidence;
}

function delivery(name: Delivery["policy"], view: PolicyView, { set, hosts, evidence }: Visible): Delivery[] {
  if (view.kind === "unknown") return [{ policy: name, mx: set, outcome: "unknown", hosts: [] }];
  const policy = policyIn(view);
  // No policy: senders deliver as they did before MTA-STS (RFC 8461 §3.3); there is nothing to validate a host by.
  if (!policy) return name === "deployed" ? [] : [{ policy: name, mx: set, outcome: "delivers", hosts: [] }];
  const verdicts = hostsIn(hosts).map((host) => validateMxHost(policy, host, evidence));
  return [{ policy: name, mx: set, outcome: deliveryOutcome(policy, verdicts), hosts: verdicts }];
}
