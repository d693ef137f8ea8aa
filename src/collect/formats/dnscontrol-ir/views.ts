import type { ProposedRecord } from "../../../proposal.ts";

/** The records of one view of a zone: DNSControl calls `example.com!inside` the view of example.com with the tag `inside`. */
export interface View {
  readonly zone: string;
  /** Empty: the view without a tag. */
  readonly tag: string;
  readonly records: readonly ProposedRecord[];
}

/**
 * One zone may be published in several views (split horizon), and the file does not say which of them senders see. Where all
 * agree it does not matter; where they differ the data is not determined here.
 */
export function mergedViews(views: readonly View[]): readonly ProposedRecord[] {
  return [...byZone(views).values()].flatMap((same) => {
    const [only] = same;
    return same.length === 1 ? (only?.records ?? []) : merged(same);
  });
}

/** Blocks with the same zone and tag are one view. */
function byZone(views: readonly View[]): ReadonlyMap<string, readonly View[]> {
  const zones = new Map<string, Map<string, View[]>>();
  for (const view of views) {
    const tags = zones.get(view.zone) ?? new Map<string, View[]>();
    zones.set(view.zone, tags);
    const blocks = tags.get(view.tag);
    if (blocks) blocks.push(view);
    else tags.set(view.tag, [view]);
  }
  const joined = (blocks: readonly View[]): readonly View[] =>
    blocks.slice(0, 1).map((view) => ({ ...view, records: blocks.flatMap(({ records }) => records) }));
  return new Map([...zones].map(([zone, tags]) => [zone, [...tags.values()].flatMap(joined)]));
}

function merged(views: readonly View[]): readonly ProposedRecord[] {
  const sets = views.map(({ records }) => byOwner(records));
  const tags = views.map(({ tag }) => tag || "no tag").join(", ");
  const why = `the zone has several views (${tags.slice(0, 100)}) that differ here, and only one of them is what senders see`;
  return [...new Set(sets.flatMap((set) => [...set.keys()]))].flatMap((key) => {
    const answers = sets.map((set) => set.get(key) ?? []);
    const [found = []] = answers.filter((records) => records.length > 0);
    const same = new Set(answers.map(meaning)).size === 1;
    return same ? found : found.slice(0, 1).map((record) => ({ ...record, data: null, why }));
  });
}

function byOwner(records: readonly ProposedRecord[]): ReadonlyMap<string, readonly ProposedRecord[]> {
  const sets = new Map<string, ProposedRecord[]>();
  for (const record of records) {
    const key = `${record.owner} ${record.type}`;
    const others = sets.get(key);
    if (others) others.push(record);
    else sets.set(key, [record]);
  }
  return sets;
}

const meaning = (records: readonly ProposedRecord[]): string =>
  JSON.stringify(records.map(({ data, ttl }) => JSON.stringify([data, ttl])).toSorted());
