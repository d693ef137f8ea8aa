import type { History, PastState, PolicyAge, Proposal, Revision } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { octetsFrom } from "../protocol/octets.ts";
import type { Repository } from "../world.ts";
import {
  NO_FILE,
  type ReadRecordHistory,
  type RecordPast,
  type RecordsOf,
  rememberedRecords,
  UNTOLD,
} from "./past-records.ts";
import { partsOf, type Track, type Tracks } from "./past-state.ts";
import { type ReadHistory, rememberedHistory } from "./path-history.ts";
import { NO_BASE_POLICY, policyAge } from "./policy-age.ts";

/** What the base branch said of one domain before. */
export type Past = Pick<Proposal, "baseSince" | "history">;

export interface Archive {
  readonly policies: ReadHistory;
  readonly records: ReadRecordHistory;
}

export function openArchive(repository: Repository, config: Omit<RecordPast, "history">): Archive {
  const policies = rememberedHistory(repository);
  return { policies, records: rememberedRecords({ ...config, history: policies }) };
}

export interface Pair {
  readonly domain: DomainName;
  readonly proposed: Revision;
  readonly base: Revision;
}

/** How long base's policy has meant what it means; its file alone is walked. */
export async function baseSince({ policies }: Archive, { policyFile }: Revision): Promise<PolicyAge> {
  const file = policyFile.kind === "said" ? policyFile.value : null;
  return file ? policyAge(file, await policies(file.path)) : NO_BASE_POLICY;
}

/** The states of the base branch for one domain, newest first, by the first-parent histories of its files (SPEC §5). */
export async function pastOf(archive: Archive, { domain, proposed, base }: Pair): Promise<Past> {
  const policyPath = pathOf(base) ?? pathOf(proposed);
  const tracks: Tracks = {
    policy: policyPath === undefined ? [] : [await policyTrack(archive, policyPath)],
    record: await recordTracks(archive, filesOf(base.stsRecords, proposed.stsRecords), (of) => of(domain).record),
    mx: await recordTracks(archive, filesOf(base.mxRecords, proposed.mxRecords), (of) => of(domain).mx),
  };
  return { baseSince: await baseSince(archive, base), history: historyOf(tracks, domain) };
}

const pathOf = ({ policyFile }: Revision): string | undefined =>
  policyFile.kind === "said" ? policyFile.value?.path : undefined;

async function policyTrack({ policies }: Archive, path: string): Promise<Tracks["policy"][number]> {
  const { versions, complete } = await policies(path);
  const read = versions.map(({ commit, at, bytes }) => ({ commit, at, value: bytes && octetsFrom(bytes) }));
  return { versions: read, complete, before: complete ? null : undefined, next: 0 };
}

/** One for each of the files. */
async function recordTracks<T>(
  { records }: Archive,
  paths: readonly string[],
  pick: (of: RecordsOf) => T,
): Promise<readonly Track<T>[]> {
  const histories = await Promise.all(paths.map((path) => records(path)));
  return histories.map(({ versions, complete }) => ({
    versions: versions.map(({ commit, at, of }) => ({ commit, at, value: pick(of) })),
    complete,
    before: pick(() => (complete ? NO_FILE : UNTOLD)),
    next: 0,
  }));
}

/** The files that records stand in, before or after the change. */
function filesOf(...sides: readonly Revision["mxRecords"][]): readonly string[] {
  const records = sides.flatMap((side) => (side.kind === "said" ? side.value : []));
  return [...new Set(records.flatMap(({ location }) => (location.kind === "file" ? [location.path] : [])))];
}

const SHALLOW = "the clone does not reach back to the beginning of these files; fetch-depth: 0 reads the whole history";
const UNREAD = "the repository keeps neither the policy nor the record of this domain in a file of its own";

function historyOf(tracks: Tracks, domain: DomainName): History {
  const all: readonly Track<unknown>[] = [...tracks.policy, ...tracks.record, ...tracks.mx];
  const states: PastState[] = [];
  for (let newest = newestOf(all); newest; newest = newestOf(all)) {
    const { at, commit } = newest;
    states.push({ commit, at, ...partsOf(tracks, domain) });
    // Commits of one second have no order between files: what both left behind is certain, and what lay between is not said.
    for (const track of all) while (headOf(track)?.at === at || headOf(track)?.commit === commit) track.next += 1;
  }
  // What senders hold is told by policies and ids; MX beside them add to the states what is known of them.
  const telling: readonly Track<unknown>[] = [...tracks.policy, ...tracks.record];
  if (telling.length === 0) return { states, complete: false, why: UNREAD };
  const complete = telling.every((track) => track.complete);
  return { states, complete, ...(!complete && { why: SHALLOW }) };
}

const headOf = <T>({ versions, next }: Track<T>): Track<T>["versions"][number] | undefined => versions[next];

function newestOf(tracks: readonly Track<unknown>[]): Track<unknown>["versions"][number] | undefined {
  const heads = tracks.flatMap((track) => headOf(track) ?? []);
  return heads.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}
