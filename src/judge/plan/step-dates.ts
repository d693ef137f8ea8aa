import type { DomainName } from "../../protocol/domain-name.ts";
import { covers } from "../../protocol/policy.ts";
import { instant, isHeldFast } from "../held-policy.ts";
import type { Inspection } from "../inspection.ts";

/** When an MX host may come that this policy lists: the dates of `rollout-mx-not-cached` (fast and slow clock). */
export function mxDates({ held, asOf }: Inspection, hosts: readonly DomainName[]): Dates {
  const now = Date.parse(asOf);
  const narrow = held.filter(({ policy }) => hosts.some((host) => !covers(policy, host)));
  const fast = narrow.filter((one) => isHeldFast(one, now)).map((one) => one.fast);
  const slow = narrow.map((one) => (one.fast === null ? null : Math.max(one.fast, one.slow)));
  return { from: latest(now, fast), all: latest(now, slow) };
}

export interface Dates {
  readonly from: string | null;
  readonly all: string | null;
}

const latest = (now: number, ends: readonly (number | null)[]): string | null =>
  ends.includes(null) ? null : instant(Math.max(now, ...(ends as readonly number[])));

/** When nobody holds an enforce policy any more. */
export function heldDates({ held, asOf }: Inspection): Dates {
  const ends = held.map(({ fast, slow }) => (fast === null ? null : Math.max(fast, slow)));
  const at = latest(Date.parse(asOf), ends);
  return { from: at, all: at };
}

/** So long after the change has arrived. */
export const later = ({ asOf, terms }: Inspection, milliseconds: number): Dates => {
  const at = instant(Date.parse(asOf) + terms.lag + milliseconds);
  return { from: at, all: at };
};
