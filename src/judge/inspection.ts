import type { RolloutConfig, Waiver } from "../config.ts";
import type { Evidence } from "../evidence.ts";
import type { ObservationLine } from "../evidence-line.ts";
import type { Proposal } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { type MxPattern, printMxPattern } from "../protocol/mx-pattern.ts";
import { covers, samePolicy } from "../protocol/policy.ts";
import type { Delivery, Level } from "../verdict.ts";
import { cachedDeliveries, deliveriesOf } from "./deliveries.ts";
import { expiredSince } from "./expired-since.ts";
import { heldPolicies } from "./held.ts";
import type { HeldPolicy } from "./held-policy.ts";
import { type HostChange, hostChanges } from "./host-change.ts";
import { type MxView, mxDeployed, mxSaid } from "./mx-view.ts";
import { enforces, type PolicyView, policyDeployed, policyIn, policySaid } from "./policy-view.ts";
import { announces, type RecordView, recordDeployed, recordSaid } from "./record-view.ts";
import { type RolloutTerms, rolloutTerms } from "./rollout-terms.ts";
import { type Sightings, sightingsOf } from "./sightings.ts";
import { appliedBefore, isArriving, turning } from "./without-merge.ts";

/** One subject on its three sides. `proposed` is what holds after the merge: what the repository says, else what is deployed. */
export interface Sides<T> {
  readonly proposed: T;
  /** `undefined`: the repository did not speak of it. */
  readonly base: T | undefined;
  readonly deployed: T;
  readonly said: boolean;
  /** Base says it, and so lately that it may not be deployed yet; and whether the change edits it again. */
  readonly arriving?: "edited" | "untouched";
}

/** One Policy Domain laid out for the rules: what is proposed, what was seen, and when we are. Pure data. */
export interface Inspection {
  readonly policyDomain: DomainName;
  readonly mode: Mode;
  readonly proposal: Proposal;
  readonly evidence: Evidence;
  /** ISO 8601; rules never read a clock. */
  readonly asOf: string;
  readonly settings: JudgeSettings;
  readonly policy: Sides<PolicyView>;
  readonly record: Sides<RecordView>;
  readonly mx: Sides<MxView>;
  /** What senders apply if this is not merged: the deployed policy; base's where the deployed one was not seen. */
  readonly before: PolicyView | undefined;
  /** Whether the merge makes senders enforce that do not now. */
  readonly turnsOn: "yes" | "no" | "unknown";
  /** Base is so young that it may not be deployed yet. */
  readonly arriving: boolean;
  readonly hosts: readonly HostChange[];
  /** Enforce policies that senders may hold when the change arrives, the longest held first. */
  readonly held: readonly HeldPolicy[];
  readonly terms: RolloutTerms;
  /** What earlier runs saw. */
  readonly sightings: Sightings;
  readonly deliveries: readonly Delivery[];
}

/** `verify`: base and proposed are one revision, and what is deployed is compared with it (SPEC §7). */
export type Mode = "gate" | "verify";

export interface JudgeSettings {
  /** Days before expiry from which an expiring certificate is a warning. */
  readonly certificateExpiryDays: number;
  /** Rules that the configuration switches off. */
  readonly off: readonly string[];
  readonly waivers: readonly Waiver[];
  /** What the operator declares; left out: nothing. */
  readonly rollout?: RolloutConfig;
  /** In verify: an MX host that this machine cannot reach leaves the verdict unknown. Left out: it is only stated. */
  readonly probesNeeded?: boolean;
}

export interface Case {
  /** Left out: gate. */
  readonly mode?: Mode;
  readonly proposal: Proposal;
  readonly evidence: Evidence;
  /** What earlier runs saw of this domain, in any order: record, policy and MX. It may be of any age. */
  readonly memory?: readonly ObservationLine[];
  readonly asOf: string;
  readonly settings: JudgeSettings;
}

export function inspect({ proposal, evidence: seen, asOf, settings, memory = [], mode = "gate" }: Case): Inspection {
  const { policyDomain } = proposal;
  const evidence = expiredSince(seen, asOf);
  const record = sides(proposal, recordSaid, recordDeployed(evidence, `_mta-sts.${policyDomain}`));
  const policy = policySides(proposal, record, evidence);
  const now = Date.parse(asOf);
  const terms = rolloutTerms(settings);
  const arriving = isArriving(proposal, now - terms.lag);
  const mx = {
    ...sides(proposal, (side) => mxSaid(side, policyDomain), mxDeployed(evidence, policyDomain)),
    ...(arriving &&
      proposal.base.mxRecords.kind === "said" && {
        arriving: proposal.touched.includes("mx") ? ("edited" as const) : ("untouched" as const),
      }),
  };
  const before = appliedBefore(policy, record, evidence);
  const turnsOn = turning(policy, record);
  const without = [before, policy.base].flatMap((view) => (view ? [policyIn(view)] : []));
  const heldBefore = isInterrupted({ policy, record }) ? [policyIn(policy.base)] : without;
  const hosts = hostChanges({ policy: policyIn(policy.proposed), before: without, heldBefore, mx, evidence });
  const sightings = sightingsOf(memory, policyDomain);
  const held = heldPolicies({ proposal, evidence, sightings, now, terms, deployed: policy.deployed, record });
  const deliveries = [...deliveriesOf(policy, mx, evidence), ...cachedDeliveries(held, mx, evidence)];
  return {
    policyDomain,
    mode,
    proposal,
    evidence,
    asOf,
    settings,
    policy,
    record,
    mx,
    before,
    turnsOn,
    arriving,
    hosts,
    held,
    terms,
    sightings,
    deliveries,
  };
}

function sides<T>(
  { proposed, base }: Proposal,
  read: (side: Proposal["proposed"]) => T | undefined,
  deployed: T,
): Sides<T> {
  const said = read(proposed);
  return { proposed: said ?? deployed, base: read(base), deployed, said: said !== undefined };
}

/** A policy that the repository does not say is what the policy host serves, once a record announces it: live, or with the merge. */
function policySides(proposal: Proposal, record: Sides<RecordView>, evidence: Evidence): Sides<PolicyView> {
  const policy = sides(proposal, policySaid, policyDeployed(evidence, announces(record.deployed)));
  const announced = announces(record.deployed) !== false || announcesAnew(record);
  return policy.said || !announced ? policy : { ...policy, proposed: policyDeployed(evidence, true) };
}

/** Whether the merge may be what tells senders of a policy: base has no record that does, and none is known to be live. */
export function announcesAnew({ proposed, base, deployed, said }: Sides<RecordView>): boolean {
  const before = [deployed, ...(base ? [base] : [])].some((view) => announces(view) === true);
  return said && announces(proposed) !== false && !before;
}

/**
 * Base enforces and a record tells senders so, but a fault keeps them from the policy now. Those that fetched it before hold it
 * (RFC 8461 §5.1); the others enforce as soon as they can fetch it, and turning that on is not this change's decision.
 */
export function isInterrupted({ policy, record }: Pick<Inspection, "policy" | "record">): boolean {
  const told = [record.deployed, record.base].some((view) => view && !["absent", "unknown"].includes(view.kind));
  return told && enforces(policy.base) && ["absent", "invalid"].includes(policy.deployed.kind);
}

function takesBack(was: PolicyView | undefined, is: PolicyView): boolean {
  const [before, after] = [policyIn(was), policyIn(is)];
  const kept = new Set(after?.mx.map(printMxPattern));
  // A wildcard may take the place of a name that it covers (RFC 8461 §4.1).
  const stays = (pattern: MxPattern): boolean =>
    kept.has(printMxPattern(pattern)) || (after !== undefined && !pattern.wildcard && covers(after, pattern.host));
  return before?.mx.some((pattern) => !stays(pattern)) ?? false;
}

/** Whether the change gives the policy another meaning than it has in base, or, where base says nothing, than what is deployed. */
export function policyChanges({ policy }: Inspection): boolean {
  if (!policy.said) return false;
  const was = policy.base ?? policy.deployed;
  const [before, after] = [policyIn(was), policyIn(policy.proposed)];
  if (before && after) return !samePolicy(before, after);
  return was.kind !== policy.proposed.kind || after !== undefined;
}

/** Whether the deployed body means something else than the proposed one; `undefined` where it was not seen. */
export function differsFromDeployed({ policy }: Inspection): boolean | undefined {
  if (policy.deployed.kind === "unknown") return undefined;
  const [live, after] = [policyIn(policy.deployed), policyIn(policy.proposed)];
  return live && after ? !samePolicy(live, after) : live !== after;
}

/** Whether a policy is served that means something else. Where none can be fetched, the live id names none that could differ. */
export function servesAnother(inspection: Inspection): boolean {
  return policyIn(inspection.policy.deployed) !== undefined && differsFromDeployed(inspection) === true;
}

/** Whether some host that the policy in force covers, or base's that is on its way, would no longer be covered. */
export function narrows({ before, policy }: Inspection): boolean {
  const [was, after] = [policyIn(before), policyIn(policy.proposed)];
  if (!was || !after) return after !== undefined;
  return [before, policy.base].some((view) => takesBack(view, policy.proposed));
}

/** E/W of SPEC §5: error under enforce, warning under testing. */
export function levelUnder({ policy }: Inspection): Level {
  return enforces(policy.proposed) ? "error" : "warning";
}
