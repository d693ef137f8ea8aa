import { cite } from "../../citation.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import type { Policy } from "../../protocol/policy.ts";
import { addedHosts, isNewlyRefused } from "../host-change.ts";
import type { Inspection } from "../inspection.ts";
import { missing, whyUnseen } from "../missing.ts";
import { hostsIn } from "../mx-view.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { type Answer, defineRule } from "../rule.ts";
import { deliveryOutcome, validateMxHost } from "../sender.ts";

export const mxNoneAccepted = defineRule({
  id: "mx-none-accepted",
  title: "The change removes the last MX host that senders accept",
  cites: [cite("RFC 8461", "5"), cite("RFC 8461", "8.4")],
  inVerify: "not-applicable",
  applies: (inspection) =>
    inspection.mx.said &&
    inspection.proposal.touched.includes("mx") &&
    (heldPolicies(inspection).length > 0 || isPolicyUnseen(inspection)),
  check: (inspection) => {
    const [host] = heldPolicies(inspection).flatMap((policy) => lastGood(inspection, policy) ?? []);
    if (host === undefined) return unseen(inspection);
    const { policyDomain } = inspection;
    return {
      findings: [
        {
          level: "error",
          message: `${host} is the only MX host that senders accept; without it they deliver nothing to ${policyDomain}.`,
          location: { kind: "dns", owner: policyDomain, type: "MX" },
          facts: { host },
        },
      ],
    };
  },
});

/** The enforce policies that senders hold after the merge: the proposed one, and until they have it the one in force. */
function heldPolicies({ policy, before }: Inspection): readonly Policy[] {
  return [policy.proposed, before].flatMap((view) => (enforces(view) ? (policyIn(view) ?? []) : []));
}

/** A live host that senders accept today and that the change takes away, where a holder of `policy` refuses every host that stays. */
function lastGood(inspection: Inspection, policy: Policy): DomainName | undefined {
  const {
    mx,
    hosts,
    evidence,
    before,
    policy: { proposed },
  } = inspection;
  const after = hostsIn(mx.proposed);
  const verdicts = after.map((host) => validateMxHost(policy, host, evidence));
  const added = addedHosts(mx);
  // A host that is newly refused has a finding of its own; this is the sum that no single host shows.
  const told =
    (enforces(proposed) && hosts.some((each) => each.proposed && isNewlyRefused(each))) ||
    verdicts.some(({ host }) => added.includes(host));
  if (told || after.length === 0 || deliveryOutcome(policy, verdicts) !== "rejects") return undefined;
  const gone = hostsIn(mx.deployed).filter((host) => !after.includes(host));
  // Where it is refused today as well, the change takes nothing away.
  const today = (enforces(before) && policyIn(before)) || policy;
  return gone.find((host) => validateMxHost(today, host, evidence).verdict === "accepted");
}

function isPolicyUnseen({ policy }: Inspection): boolean {
  return policy.proposed.kind === "unknown" || policy.deployed.kind === "unknown";
}

/**
 * To take a host away is safe while one that stays is good, so that must be known (SPEC §8: a missing observation is never ready),
 * unless what goes is refused already and so carries no mail of senders that enforce.
 */
function unseen(inspection: Inspection): Answer {
  const { policy, mx, policyDomain } = inspection;
  const after = hostsIn(mx.proposed);
  if (mx.deployed.kind === "unknown") {
    const message = `The live MX records of ${policyDomain} were not seen: ${whyUnseen(mx.deployed.because)}.`;
    return { needed: true, missing: [missing("mx", policyDomain, message)] };
  }
  const gone = [...hostsIn(mx.deployed), ...hostsIn(mx.base)].some((host) => !after.includes(host));
  if (!gone) return {};
  if (policy.deployed.kind !== "unknown") return unprobed(inspection);
  const message = `Whether senders accept the MX hosts that stay was not seen: ${whyUnseen(policy.deployed.because)}.`;
  return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
}

/** Hosts of which it matters whether senders accept them, where none that stays is known to be good: those that stay, and those that go. */
function unprobed(inspection: Inspection): Answer {
  const { mx, evidence } = inspection;
  const after = hostsIn(mx.proposed);
  const gone = hostsIn(mx.deployed).filter((host) => !after.includes(host));
  const open = heldPolicies(inspection).flatMap((policy) => {
    const verdicts = (hosts: readonly DomainName[]) => hosts.map((host) => validateMxHost(policy, host, evidence));
    const [going, staying] = [verdicts(gone), verdicts(after)];
    const carries = going.some(({ verdict }) => verdict !== "refused");
    return carries && staying.every(({ verdict }) => verdict !== "accepted") ? [...staying, ...going] : [];
  });
  const unseenHosts = new Map(open.flatMap((each) => (each.verdict === "unknown" ? [[each.host, each.because]] : [])));
  return {
    needed: true,
    missing: [...unseenHosts].map(([host, because]) => {
      const message = `Whether senders accept ${host} was not seen, and no MX host that stays is known to be good: ${whyUnseen(because)}.`;
      return missing("probe", host, message);
    }),
  };
}
