import { mxHostOf, type PastMx, type ProposedRecord } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { selectStsRecord } from "../protocol/sts-record.ts";
import type { RecordSource } from "./record-files.ts";
import { type RecordSet, recordSet, textRecords } from "./record-set.ts";

/** What one version of a file says of the `_mta-sts` record of a domain. */
export interface PastRecord {
  /** `null`: no usable record; undefined: that cannot be told from it. */
  readonly id: string | null | undefined;
  /** Seconds; undefined where the file does not say. */
  readonly ttl?: number | undefined;
}

/**
 * What one version of a file says of the MX records of a domain. `none`: the whole zone has none; `no-file`: the file was not there,
 * so they stood in another one or were not in the repository; undefined: that cannot be told from it.
 */
export type MxRead = PastMx | "none" | "no-file" | undefined;

interface PastRecordsIn {
  readonly record: PastRecord;
  readonly mx: MxRead;
}

/** By domain, what a file says that was read alone. `lacks`: some of its lines were not read. Keeps no more than that. */
export function recordsIn(source: RecordSource, lacks: boolean): (domain: DomainName) => PastRecordsIn {
  const set = recordSet([source]);
  const zones = recordSet([{ ...source, reading: { ...source.reading, records: [] } }]);
  const found = new Map<string, PastRecord>();
  const mx = new Map<string, MxRead>();
  for (const [owner, records] of set.owners) {
    if (owner.startsWith("_mta-sts.")) found.set(owner, recordOf(textRecords(set, owner)));
    const own = records.filter(({ type }) => type === "MX");
    if (own.length > 0) mx.set(owner, lacks ? undefined : mxOf(own));
  }
  const wildcard = [...mx.keys()].some((owner) => owner.startsWith("*."));
  const without = (domain: DomainName): MxRead => (lacks || wildcard ? undefined : absent(zones, domain));
  return (domain) => ({
    record: found.get(`_mta-sts.${domain}`) ?? { id: lacks ? undefined : null },
    mx: mx.has(domain) ? mx.get(domain) : without(domain),
  });
}

function absent({ zoneOf }: RecordSet, domain: DomainName): MxRead {
  return zoneOf(domain)?.whole ? "none" : undefined;
}

function recordOf(records: readonly ProposedRecord[]): PastRecord {
  const texts = records.filter(({ type }) => type === "TXT");
  // The file does not determine it, or it is an alias of a name that stands elsewhere.
  if (texts.length === 0 || records.some(({ data }) => data === null)) return { id: undefined };
  const selection = selectStsRecord(texts.map(({ data }) => data ?? ""));
  const usable = selection.kind === "one" && selection.parse.kind === "valid" ? selection.parse.record : undefined;
  return usable ? { id: usable.id, ttl: longestTtl(records) } : { id: null };
}

function mxOf(records: readonly ProposedRecord[]): PastMx | undefined {
  if (records.some(({ data }) => data === null)) return undefined;
  const ttl = longestTtl(records);
  return { hosts: records.flatMap((record) => mxHostOf(record) ?? []), ...(ttl !== undefined && { ttl }) };
}

function longestTtl(records: readonly ProposedRecord[]): number | undefined {
  const ttls = records.flatMap(({ ttl }) => (ttl === null ? [] : [ttl]));
  return ttls.length === 0 ? undefined : Math.max(...ttls);
}
