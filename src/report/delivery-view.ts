import type { Delivery } from "../verdict.ts";

/** One or more deliveries that come to the same, as a report shows them. */
export interface DeliveryView extends Pick<Delivery, "outcome" | "hosts"> {
  /** `the proposed policy`, `the deployed policy and sees the proposed MX`: the end of "a sender that holds …". */
  readonly holds: string;
}

/** Deliveries of one policy that come to the same whichever MX set is visible are told once. */
export function deliveryViews(deliveries: readonly Delivery[]): readonly DeliveryView[] {
  return deliveries.flatMap((delivery) => {
    const alike = deliveries.filter((other) => comesToTheSame(other, delivery));
    if (alike[0] !== delivery) return [];
    const { policy, mx, outcome, hosts } = delivery;
    const whole = alike.length === deliveries.filter((other) => other.policy === policy).length;
    return [{ outcome, hosts, holds: whole ? `the ${policy} policy` : `the ${policy} policy and sees the ${mx} MX` }];
  });
}

function comesToTheSame(a: Delivery, b: Delivery): boolean {
  return a.policy === b.policy && a.outcome === b.outcome && JSON.stringify(a.hosts) === JSON.stringify(b.hosts);
}
