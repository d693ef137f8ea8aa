import type { ObservationLine } from "../evidence-line.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Octets } from "../protocol/octets.ts";
import { servesPolicy } from "./policy-view.ts";
import { idIn, recordOf } from "./record-view.ts";

/** What an earlier run saw at one instant. */
export interface Sighting<T> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly seen: T;
}

/** What earlier runs saw of one domain, oldest first (SPEC §5: history is earlier evidence first). */
export interface Sightings {
  /** `undefined`: no usable record. */
  readonly ids: readonly Sighting<string | undefined>[];
  /** One for each address that served a policy. */
  readonly bodies: readonly (Sighting<Octets> & { readonly address: string })[];
  readonly mx: readonly Sighting<{ readonly hosts: readonly DomainName[]; readonly ttl: number }>[];
}

export function sightingsOf(memory: readonly ObservationLine[], policyDomain: DomainName): Sightings {
  const lines = memory.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const pick = <T>(read: (line: ObservationLine) => T | undefined): Sighting<T>[] =>
    lines.flatMap((line) => {
      const seen = read(line);
      return seen === undefined ? [] : [{ at: Date.parse(line.at), seen }];
    });
  const ids = pick((line) => idAt(line, policyDomain)).map(({ at, seen: { id } }) => ({ at, seen: id }));
  const bodies = pick((line) => bodyAt(line, policyDomain)).map(({ at, seen: { body, address } }) => ({
    at,
    seen: body,
    address,
  }));
  return { ids, bodies, mx: pick((line) => mxAt(line, policyDomain)) };
}

function idAt(line: ObservationLine, policyDomain: DomainName): { readonly id: string | undefined } | undefined {
  if (line.kind !== "txt" || line.owner !== `_mta-sts.${policyDomain}`) return undefined;
  return line.seen.kind === "observed" ? { id: idIn(recordOf(line.seen, line.owner)) } : undefined;
}

function bodyAt(
  line: ObservationLine,
  policyDomain: DomainName,
): { readonly body: Octets; readonly address: string } | undefined {
  if (line.kind !== "policy" || line.host !== `mta-sts.${policyDomain}`) return undefined;
  return servesPolicy(line.seen) ? { body: line.seen.response.body, address: line.address } : undefined;
}

function mxAt(line: ObservationLine, policyDomain: DomainName): Sightings["mx"][number]["seen"] | undefined {
  if (line.kind !== "mx" || line.owner !== policyDomain || line.seen.kind === "unobserved") return undefined;
  const answer = line.seen.value;
  if (answer.kind === "records") return { hosts: answer.records.map(({ host }) => host), ttl: answer.ttl };
  return { hosts: answer.kind === "null-mx" ? [] : [policyDomain], ttl: answer.kind === "null-mx" ? answer.ttl : 0 };
}
