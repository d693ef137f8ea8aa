import type { PastMx, PastState } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Octets } from "../protocol/octets.ts";
import type { MxRead, PastRecord } from "./past-reading.ts";

/** One file through time. */
export interface Track<T> {
  /** Newest first. */
  readonly versions: readonly { readonly commit: string; readonly at: string; readonly value: T }[];
  readonly complete: boolean;
  /** What it said before its first version here. */
  readonly before: T;
  /** How many versions are newer than the state that is being made. */
  next: number;
}

/** The files that say something of a domain, by what they say. */
export interface Tracks {
  readonly policy: readonly Track<Octets | null | undefined>[];
  readonly record: readonly Track<PastRecord>[];
  readonly mx: readonly Track<MxRead>[];
}

/** What all files together say at one moment. */
export function partsOf({ policy, record, mx }: Tracks, domain: DomainName): Omit<PastState, "commit" | "at"> {
  const [body] = policy.map(valueOf);
  const hosts = mxOf(mx.map(valueOf), domain);
  return {
    ...(body !== undefined && { policy: body }),
    ...recordOf(record.map(valueOf)),
    ...(hosts && { mx: hosts }),
  };
}

const valueOf = <T>({ versions, next, before }: Track<T>): T => (versions[next] ?? { value: before }).value;

/** A record that moved from one file to another stood in one of them. */
function recordOf(records: readonly PastRecord[]): Pick<PastState, "id" | "recordTtl"> {
  const [first] = records;
  const ids = new Set(records.flatMap(({ id }) => id ?? []));
  if (ids.size > 1 || !first) return {};
  const [id] = ids;
  if (id === undefined) return records.some((one) => one.id === undefined) ? {} : { id: null };
  const ttls = records.flatMap(({ ttl }) => ttl ?? []);
  return { id, ...(ttls.length > 0 && { recordTtl: Math.max(...ttls) }) };
}

/** The files together. Where none of them was there, the records stood elsewhere; a whole zone without one has the domain itself. */
function mxOf(read: readonly MxRead[], domain: DomainName): PastMx | undefined {
  const there = read.filter((one) => one !== "no-file");
  const found = there.flatMap((one) => (typeof one === "object" ? [one] : []));
  if (there.length === 0 || there.includes(undefined)) return undefined;
  if (found.length === 0) return { hosts: [domain] };
  const ttls = found.flatMap(({ ttl }) => ttl ?? []);
  const hosts = [...new Set(found.flatMap((one) => one.hosts))];
  return { hosts, ...(ttls.length > 0 && { ttl: Math.max(...ttls) }) };
}
