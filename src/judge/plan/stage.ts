import type { PlanEdit } from "../../plan.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { covers, type Policy } from "../../protocol/policy.ts";
import type { Inspection } from "../inspection.ts";
import type { Posture } from "./posture.ts";

/** One step of a plan, before its dates are known. */
export interface Stage {
  /** Imperative, without a full stop. */
  readonly title: string;
  /** What is said after the step. */
  readonly apply: (posture: Posture) => Posture;
  /** Left out: where the step would change nothing. */
  readonly isDone?: (posture: Posture) => boolean;
  /** What the step waits for. One sentence. */
  readonly waits: string;
  readonly rest?: Rest;
  /** It need not wait until the step before has arrived. */
  readonly atOnce?: true;
  /** What no file says, before the edits and after them. */
  readonly tasks?: readonly string[];
  readonly edits?: readonly PlanEdit[];
  readonly stops: readonly string[];
}

export type Rest =
  /** Milliseconds that must pass after the step before has arrived; `policy`: since the policy says what it says. */
  | { readonly ms: number; readonly since: "step" | "policy" }
  /** Milliseconds since 1970. */
  | { readonly until: number };

/** The stages of an intent, and when it is over. */
export interface Course {
  readonly stages: readonly Stage[];
  /** One sentence. */
  readonly end: string;
  /** One sentence each. */
  readonly notes?: readonly string[];
}

/** What a course is laid out by. */
export interface Terrain {
  readonly policyDomain: DomainName;
  readonly start: Posture;
  readonly inspection: Inspection;
}

export const withPolicy = (posture: Posture, edit: (policy: Policy) => Policy): Posture =>
  posture.policy ? { ...posture, policy: edit(posture.policy) } : posture;

/** The policy with a pattern for each host that it does not cover. */
export function widened(policy: Policy, hosts: readonly DomainName[]): Policy {
  const missing = [...new Set(hosts)].filter((host) => !covers(policy, host));
  return { ...policy, mx: [...policy.mx, ...missing.map((host) => ({ wildcard: false, host }))] };
}

/** What every policy edit must come to before the next step: body first, then the id (RFC 8461 section 8.1). */
export function policyStops(policyDomain: DomainName): readonly string[] {
  return [
    `an address of mta-sts.${policyDomain} still serves the old policy: the id must not be live before the policy is`,
    `a server of the zone still answers with the old id at _mta-sts.${policyDomain}`,
  ];
}

export const certificateStop = (hosts: readonly DomainName[]): string =>
  `an address of ${hosts.join(" or ")} does not offer STARTTLS with a certificate that is valid, from a public CA and in its own name`;

export const REPORT_STOP = "TLS reports show failed sessions that are not explained";
