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
    const { mx, outcome, hosts } = delivery;
    const policy = nameOf(delivery);
    const whole = alike.length === deliveries.filter((other) => nameOf(other) === policy).length;
    return [{ outcome, hosts, holds: whole ? `the ${policy}` : `the ${policy} and sees the ${mx} MX` }];
  });
}

/** Policies of the past are told apart by their id, and by how long they are held. */
function nameOf({ policy, cached }: Delivery): string {
  if (!cached) return `${policy} policy`;
  const end = cached.until === null ? "without end" : `until ${cached.until.slice(0, 10)}`;
  return `cached policy${cached.id === undefined ? "" : ` ${cached.id}`}, ${end}`;
}

function comesToTheSame(a: Delivery, b: Delivery): boolean {
  return nameOf(a) === nameOf(b) && a.outcome === b.outcome && JSON.stringify(a.hosts) === JSON.stringify(b.hosts);
}
