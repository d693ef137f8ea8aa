import type { NextStep } from "../../plan.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { printMxPattern } from "../../protocol/mx-pattern.ts";
import { covers, type Policy } from "../../protocol/policy.ts";
import { instant } from "../held-policy.ts";
import { type Inspection, policyChanges } from "../inspection.ts";
import { hostsIn } from "../mx-view.ts";
import { enforces, policyIn } from "../policy-view.ts";
import { announces } from "../record-view.ts";
import { knownTtl } from "../time-to-live.ts";
import { leavingHosts } from "../visible-mx.ts";
import { heldDates, later, mxDates } from "./step-dates.ts";
import { told } from "./step-note.ts";

/**
 * The change as a step of a plan, and the first date of the next one. Nothing where it is no single step: several at once, or one that
 * no plan has. A note, no verdict: what is wrong with the change is for the rules to say.
 */
export function nextStep(inspection: Inspection): NextStep | undefined {
  if (inspection.mode === "verify") return undefined;
  const turn = turnOf(inspection);
  const parts = [turn.policyChanges, turn.added.length + turn.removed.length > 0, turn.recordGoes].filter(Boolean);
  if (parts.length !== 1) return undefined;
  if (turn.recordGoes) return recordRemoved(inspection);
  return turn.policyChanges ? policyStep(inspection, turn) : mxStep(inspection, turn);
}

interface Turn {
  readonly was: Policy | undefined;
  readonly is: Policy | undefined;
  readonly policyChanges: boolean;
  /** MX hosts that come, and that go. */
  readonly added: readonly DomainName[];
  readonly removed: readonly DomainName[];
  readonly recordGoes: boolean;
}

function turnOf(inspection: Inspection): Turn {
  const { policy, mx, record, proposal } = inspection;
  const [before, after] = [hostsIn(mx.base ?? mx.deployed), hostsIn(mx.proposed)];
  const moves = mx.said && proposal.touched.includes("mx");
  return {
    was: policyIn(policy.base) ?? policyIn(policy.deployed),
    is: policyIn(policy.proposed),
    policyChanges: proposal.touched.includes("policy") && policyChanges(inspection),
    added: moves ? after.filter((host) => !before.includes(host)) : [],
    removed: moves ? before.filter((host) => !after.includes(host)) : [],
    recordGoes:
      record.said && announces(record.proposed) === false && announces(record.base ?? record.deployed) === true,
  };
}

const DAY = 86_400_000; // milliseconds

function policyStep(inspection: Inspection, { was, is }: Turn): NextStep | undefined {
  if (!is) return was?.mode === "none" ? policyRemoved() : undefined;
  if (is.mode === "none") return was && was.mode !== "none" ? retiring(inspection) : undefined;
  if (!was || was.mode === "none") return is.mode === "testing" ? testing(inspection) : undefined;
  const [fresh, gone] = [patternsBeyond(is, was), patternsBeyond(was, is)];
  if (was.mode !== is.mode) return modeStep(inspection, { is, changes: fresh.length + gone.length > 0 });
  if (fresh.length > 0 && gone.length === 0) return widened(inspection, is, fresh);
  if (gone.length > 0 && fresh.length === 0)
    return told(3, 3, "changing MX hosts", { what: `the policy no longer lists ${gone.join(", ")}` });
  return fresh.length === 0 && is.mode === "enforce" && is.maxAge < was.maxAge ? shortened(inspection) : undefined;
}

const shortened = (inspection: Inspection): NextStep =>
  told(1, 1, "lowering max_age", {
    what: "senders that learn of it hold the policy for a shorter time",
    next: "other changes may count on that",
    dates: heldDates(inspection),
  });

/** Patterns of one policy that another does not have, or, for a name, does not cover. */
function patternsBeyond(one: Policy, other: Policy): readonly string[] {
  const known = new Set(other.mx.map(printMxPattern));
  return one.mx
    .filter((pattern) => !known.has(printMxPattern(pattern)) && (pattern.wildcard || !covers(other, pattern.host)))
    .map(printMxPattern);
}

function widened(inspection: Inspection, is: Policy, fresh: readonly string[]): NextStep {
  const named = is.mx.filter((pattern) => fresh.includes(printMxPattern(pattern)));
  const hosts = named.map(({ host, wildcard }) => (wildcard ? (`any.${host}` as DomainName) : host));
  return told(1, 3, "changing MX hosts", {
    what: "the policy lists old and new hosts",
    next: "the MX records may follow",
    dates: mxDates(inspection, hosts),
  });
}

function modeStep(inspection: Inspection, { is, changes }: { readonly is: Policy; readonly changes: boolean }) {
  if (changes) return undefined;
  if (is.mode === "enforce")
    return told(2, 3, "turning on enforce", {
      what: "senders begin to refuse what does not fit",
      next: "max_age may be raised",
      dates: later(inspection, 7 * DAY),
    });
  return told(1, 1, "going back to testing", {
    what: "senders that learn of it refuse nothing",
    next: "MX hosts that the policy does not list may come",
    dates: mxDates(inspection, [UNLISTED]),
  });
}

/** Any host that no policy lists (RFC 2606 §2). */
const UNLISTED = "another-mx.invalid" as DomainName;

const testing = (inspection: Inspection): NextStep =>
  told(1, 3, "turning on enforce", {
    what: "senders report what they would refuse",
    next: "enforce may follow, if the reports are clean,",
    dates: later(inspection, 14 * DAY),
  });

const retiring = (inspection: Inspection): NextStep =>
  told(1, 3, "retiring MTA-STS", {
    what: "senders that learn of it give up the policy",
    next: "the record may be removed",
    dates: heldDates(inspection),
  });

function recordRemoved(inspection: Inspection): NextStep | undefined {
  const { policy } = inspection;
  const before = policyIn(policy.base) ?? policyIn(policy.deployed);
  if (before?.mode !== "none" || enforces(policy.deployed)) return undefined;
  return told(2, 3, "retiring MTA-STS", {
    what: "nobody looks for the policy any more",
    next: "policy file and policy host may be removed",
    dates: later(inspection, (knownTtl(inspection) + before.maxAge) * 1000),
  });
}

const policyRemoved = (): NextStep => told(3, 3, "retiring MTA-STS", { what: "the policy is gone" });

function mxStep(inspection: Inspection, { is, added, removed }: Turn): NextStep | undefined {
  if (!is || is.mode === "none" || added.some((host) => !covers(is, host))) return undefined;
  const goes = new Set<string>(removed);
  const listed = is.mx.filter(({ host, wildcard }) => !wildcard && goes.has(host)).map(({ host }) => host);
  const [step, of] = added.length > 0 ? [2, 3] : [1, 2];
  const what = added.length > 0 ? `the policy lists ${added.join(", ")} already` : `${removed.join(", ")} goes`;
  const plan = added.length > 0 ? "changing MX hosts" : "removing an MX host";
  if (listed.length === 0) return told(2, 2, plan, { what });
  const ends = leavingHosts(inspection).map(({ until }) => until);
  const until = instant(Math.max(Date.parse(inspection.asOf), ...ends));
  return told(step ?? 2, of ?? 3, plan, {
    what,
    next: `the policy may stop listing ${listed.join(", ")}`,
    dates: { from: until, all: until },
  });
}
