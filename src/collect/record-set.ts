import type { ProposedRecord } from "../proposal.ts";
import type { RecordSource } from "./record-files.ts";

type Type = ProposedRecord["type"];

/** What the record files of one side publish, by owner. */
export interface RecordSet {
  readonly owners: ReadonlyMap<string, readonly ProposedRecord[]>;
  readonly find: (owner: string, types: readonly Type[]) => readonly ProposedRecord[];
  /** Apexes of the zones in these files. */
  readonly zones: ReadonlySet<string>;
  /** The zone file that answers for a name; undefined where none does, or another server was named for it. */
  readonly zoneOf: (owner: string) => ZoneOf | undefined;
}

export interface ZoneOf {
  readonly name: string;
  /** Every line was read: a name without a record has none. */
  readonly whole: boolean;
  /** Files that both hold this whole zone: two answers. */
  readonly paths: readonly string[];
}

export function recordSet(sources: readonly RecordSource[]): RecordSet {
  const owners = new Map<string, ProposedRecord[]>();
  const zones = new Map<string, { whole: boolean; paths: string[] }>();
  const delegated = new Set<string>();
  const seen = new Set<string>();
  for (const { path, format, reading } of sources) {
    for (const record of reading.records) {
      // A file included by two zones gives the same record twice.
      const key = JSON.stringify(record);
      if (seen.has(key)) continue;
      seen.add(key);
      const others = owners.get(record.owner);
      if (others) others.push(record);
      else owners.set(record.owner, [record]);
    }
    for (const name of reading.delegated) delegated.add(name);
    for (const { name, whole } of reading.zones) {
      const zone = zones.get(name) ?? { whole: false, paths: [] };
      zones.set(name, zone);
      const answers = whole && format.complete;
      zone.whole ||= answers;
      if (answers) zone.paths.push(path);
    }
  }
  return {
    owners,
    zones: new Set(zones.keys()),
    find: (owner, types) => (owners.get(owner) ?? []).filter(({ type }) => types.includes(type)),
    zoneOf: (owner) => {
      for (const name of suffixes(owner)) {
        const zone = zones.get(name);
        if (zone) return { name, ...zone };
        if (delegated.has(name)) return undefined;
      }
      return undefined;
    },
  };
}

/** `a.b.c`, `b.c`, `c`. A dot inside a label is escaped and parts nothing. */
function* suffixes(owner: string): Generator<string> {
  yield owner;
  for (let at = 0; at < owner.length; at += 1) {
    if (owner[at] === "\\") at += 1;
    else if (owner[at] === ".") yield owner.slice(at + 1);
  }
}

const LONGEST_CHAIN = 8;

/** TXT and CNAME records at a name; a CNAME whose target is in the same files is followed by the target's records. */
export function textRecords({ find }: RecordSet, owner: string): readonly ProposedRecord[] {
  const records = new Set<ProposedRecord>();
  let name: string | null = owner;
  for (let step = 0; name !== null && step < LONGEST_CHAIN; step += 1) {
    const here = find(name, ["TXT", "CNAME"]);
    for (const record of here) records.add(record);
    name = here.find(({ type }) => type === "CNAME")?.data ?? null;
  }
  return [...records];
}

/** Whether a wildcard may answer for the MX of a name that has none of its own (RFC 4592 §3.3.1). */
export function wildcardAnswersMx({ find, owners }: RecordSet, owner: string): boolean {
  // A record below the name makes it exist, and then no wildcard answers.
  if (owners.has(owner) || owners.has(`_mta-sts.${owner}`) || owners.has(`_smtp._tls.${owner}`)) return false;
  return [...suffixes(owner)].slice(1).some((parent) => find(`*.${parent}`, ["MX"]).length > 0);
}
