import type { ProposedRecord } from "../proposal.ts";
import type { RecordFiles, RecordSource } from "./record-files.ts";
import { type RecordSet, recordSet } from "./record-set.ts";

/** What the record files that the change edits say otherwise than before, as far as it bears on mail. */
export interface Differences {
  /** Domains whose records differ, and zones that differ in what they are or hand on. */
  readonly names: ReadonlySet<string>;
  /** Owners of a policy or report record that differs: an alias anywhere may lead to it. */
  readonly targets: readonly string[];
}

export function differencesIn({ proposed, base }: Pick<RecordFiles, "proposed" | "base">): Differences {
  const [after, before] = [recordSet(proposed), recordSet(base)];
  const names = new Set(differing(extents(proposed), extents(base)));
  const targets: string[] = [];
  for (const owner of differing(recordsByOwner(after), recordsByOwner(before))) {
    const records = [after, before].flatMap((set) => set.find(owner, ["TXT", "CNAME"]));
    const [, subject] = /^(?:_mta-sts|_smtp\._tls|mta-sts|\*)\.(.+)$/.exec(owner) ?? [];
    if (subject !== undefined) names.add(subject);
    if ([after, before].some((set) => set.find(owner, ["MX"]).length > 0)) names.add(subject ?? owner);
    if (!owner.startsWith("mta-sts.") && records.some(mayBeAliased)) targets.push(owner);
  }
  return { names, targets };
}

// Other text and other aliases change every day, and no sender of mail asks for them.
const OF_OURS = /(^|[^a-z0-9])(mta[-_]?sts|sts|smtp|tls|tls-?rpt)(?![a-z0-9])/i;

const mayBeAliased = ({ owner, type, data }: ProposedRecord): boolean =>
  OF_OURS.test(owner) ||
  (type === "TXT" ? data !== null && /^\s*v=(STSv1|TLSRPTv1)/i.test(data) : OF_OURS.test(data ?? ""));

function recordsByOwner({ owners }: RecordSet): ReadonlyMap<string, string> {
  return new Map([...owners].map(([owner, records]) => [owner, JSON.stringify(records.map(sense).toSorted())]));
}

const sense = ({ type, data, why, ttl }: ProposedRecord): string =>
  JSON.stringify([type, data, data === null ? why : "", ttl]);

/** Zones with whether they are whole, and what they hand to other servers. */
function extents(sources: readonly RecordSource[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { format, reading } of sources) {
    for (const { name, whole } of reading.zones)
      found.set(name, `${found.get(name) ?? ""} ${whole && format.complete}`);
    for (const name of reading.delegated) found.set(name, `${found.get(name) ?? ""} delegated`);
  }
  return found;
}

function differing(after: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...after.keys(), ...before.keys()])].filter((key) => after.get(key) !== before.get(key));
}
