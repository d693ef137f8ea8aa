import type { History, PastState, PolicyAge, Proposal, Revision } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { type Octets, octetsFrom } from "../protocol/octets.ts";
import type { Repository } from "../world.ts";
import { type IdSource, type PastId, type ReadIdHistory, rememberedIds } from "./past-ids.ts";
import { type ReadHistory, rememberedHistory } from "./path-history.ts";
import { NO_BASE_POLICY, policyAge } from "./policy-age.ts";

/** What the base branch said of one domain before. */
export type Past = Pick<Proposal, "baseSince" | "history">;

export interface Archive {
  readonly policies: ReadHistory;
  readonly ids: ReadIdHistory;
}

export function openArchive(repository: Repository, config: Omit<IdSource, "history">): Archive {
  const policies = rememberedHistory(repository);
  return { policies, ids: rememberedIds({ ...config, history: policies }) };
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
  const recordPaths = [...new Set([base, proposed].flatMap(recordPathsOf))];
  const policies = policyPath === undefined ? undefined : await archive.policies(policyPath);
  const records = await Promise.all(recordPaths.map((path) => archive.ids(path)));
  const owner = `_mta-sts.${domain}`;
  const tracks: Track[] = [
    ...(policies
      ? [trackOf("policy", { ...policies, versions: policies.versions.map((one) => ({ ...one, ...said(one) })) })]
      : []),
    ...records.map(({ versions, complete }) =>
      trackOf("id", { complete, versions: versions.map(({ commit, at, ids }) => ({ commit, at, value: ids(owner) })) }),
    ),
  ];
  return { baseSince: await baseSince(archive, base), history: historyOf(tracks) };
}

const said = ({ bytes }: { readonly bytes: Uint8Array | null }): { readonly value: Octets | null } => ({
  value: bytes === null ? null : octetsFrom(bytes),
});

const pathOf = ({ policyFile }: Revision): string | undefined =>
  policyFile.kind === "said" ? policyFile.value?.path : undefined;

function recordPathsOf({ stsRecords }: Revision): readonly string[] {
  if (stsRecords.kind === "unsaid") return [];
  return stsRecords.value.flatMap(({ location }) => (location.kind === "file" ? [location.path] : []));
}

type Value = Octets | PastId;

/** One file through time. */
interface Track {
  readonly subject: "policy" | "id";
  readonly versions: readonly { readonly commit: string; readonly at: string; readonly value: Value }[];
  readonly complete: boolean;
  /** How many versions are newer than the state that is being made. */
  next: number;
}

const trackOf = (subject: Track["subject"], { versions, complete }: Omit<Track, "subject" | "next">): Track => ({
  subject,
  versions,
  complete,
  next: 0,
});

const SHALLOW = "the clone does not reach back to the beginning of these files; fetch-depth: 0 reads the whole history";
const UNREAD = "the repository keeps neither the policy nor the record of this domain in a file of its own";

function historyOf(tracks: readonly Track[]): History {
  const states: PastState[] = [];
  for (let newest = newestOf(tracks); newest; newest = newestOf(tracks)) {
    const { at, commit } = newest;
    states.push({ commit, at, ...stateOf(tracks) });
    // Commits of one second have no order between files: what both left behind is certain, and what lay between is not said.
    for (const track of tracks) while (headOf(track)?.at === at || headOf(track)?.commit === commit) track.next += 1;
  }
  if (tracks.length === 0) return { states, complete: false, why: UNREAD };
  const complete = tracks.every((track) => track.complete);
  return { states, complete, ...(!complete && { why: SHALLOW }) };
}

const headOf = ({ versions, next }: Track): Track["versions"][number] | undefined => versions[next];

function newestOf(tracks: readonly Track[]): Track["versions"][number] | undefined {
  const heads = tracks.flatMap((track) => headOf(track) ?? []);
  return heads.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}

function stateOf(tracks: readonly Track[]): Pick<PastState, "policy" | "id"> {
  const [policy] = tracks.flatMap((track) => (track.subject === "policy" ? [valueOf(track)] : [])) as (
    | Octets
    | null
    | undefined
  )[];
  const ids = tracks.flatMap((track) => (track.subject === "id" ? [valueOf(track)] : [])) as PastId[];
  // A record that moved from one file to another stood in one of them.
  const stood = [...new Set(ids.filter((id) => typeof id === "string"))];
  const id = stood.length === 1 ? stood[0] : stood.length > 1 || ids.includes(undefined) ? undefined : ids[0];
  return { ...(policy !== undefined && { policy }), ...(id !== undefined && { id }) };
}

/** Before its first version a file was not there, as far as the history is whole. */
const valueOf = (track: Track): Value => {
  const head = headOf(track);
  return head ? head.value : track.complete ? null : undefined;
};
