import type { DomainName } from "../protocol/domain-name.ts";
import { addedHosts } from "./host-change.ts";
import type { Inspection } from "./inspection.ts";
import { hostsIn } from "./mx-view.ts";
import { knownMxTtl } from "./time-to-live.ts";

/** An MX host that is gone after the merge, and that senders may still see. */
export interface LeavingHost {
  readonly host: DomainName;
  /** Milliseconds since 1970: until then a resolver may name it. */
  readonly until: number;
  /** Seconds that resolvers keep it. */
  readonly ttl: number;
}

/** The hosts that the change takes out of the MX set, and those that left it so lately that resolvers may still name them. */
export function leavingHosts(inspection: Inspection): readonly LeavingHost[] {
  const { mx, proposal, evidence, terms, asOf } = inspection;
  const stay = new Set(hostsIn(mx.proposed));
  const now = Date.parse(asOf);
  const ttl = knownMxTtl({ proposal, evidence });
  const going = [...new Set([...hostsIn(mx.deployed), ...hostsIn(mx.base)])].map((host) => ({
    host,
    until: now + terms.lag + ttl * 1000,
    ttl,
  }));
  const all = [...going, ...goneByHistory(inspection, ttl), ...goneByMemory(inspection)];
  const longest = new Map<DomainName, LeavingHost>();
  for (const one of all)
    if (!stay.has(one.host) && one.until > now && one.until > (longest.get(one.host)?.until ?? 0))
      longest.set(one.host, one);
  return [...longest.values()];
}

function goneByHistory({ proposal: { history }, terms, sightings }: Inspection, otherwise: number): LeavingHost[] {
  return history.states.flatMap((state, index) =>
    (state.mx?.hosts ?? []).flatMap((host): LeavingHost[] => {
      const left = history.states.slice(0, index).findLast(({ mx }) => mx && !mx.hosts.includes(host));
      if (!left) return [];
      const ttl = state.mx?.ttl ?? otherwise;
      const replaced = Date.parse(left.at);
      const seen = sightings.mx.find(({ at, seen: { hosts } }) => at >= replaced && !hosts.includes(host))?.at;
      return [{ host, until: Math.min(replaced + terms.lag, seen ?? Number.POSITIVE_INFINITY) + ttl * 1000, ttl }];
    }),
  );
}

function goneByMemory({ sightings, asOf }: Inspection): LeavingHost[] {
  return sightings.mx.flatMap(({ at, seen: { hosts, ttl } }) =>
    hosts.map((host) => {
      const gone = sightings.mx.find((later) => later.at > at && !later.seen.hosts.includes(host))?.at;
      return { host, until: (gone ?? Date.parse(asOf)) + ttl * 1000, ttl };
    }),
  );
}

/** Whether it is known what the MX set was as long ago as resolvers may remember. */
export function knowsPastMx({ proposal, evidence, terms, asOf, sightings }: Inspection): boolean {
  const reach = Date.parse(asOf) - terms.lag - knownMxTtl({ proposal, evidence }) * 1000;
  const { states, complete } = proposal.history;
  const told = states.filter(({ mx }) => mx !== undefined);
  const oldest = Math.min(...told.map(({ at }) => Date.parse(at)), ...sightings.mx.map(({ at }) => at));
  return (complete && proposal.base.mxRecords.kind === "said") || oldest <= reach;
}

/** Hosts of the set after the merge that were there before it. */
export function stayingHosts({ mx }: Inspection): readonly DomainName[] {
  const added = addedHosts(mx);
  return hostsIn(mx.proposed).filter((host) => !added.includes(host));
}
