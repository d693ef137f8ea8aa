import type { RecordSource } from "./record-files.ts";

/**
 * The base's sources, with what the proposed files say of the state before (SPEC §3). Where the base has no such file, because git
 * does not track it or the change adds it, that is all the base there is: what it does not name is as deployed. Where the change
 * edits the file, it adds the owners of which the earlier file does not speak. A file that the change leaves alone changes nothing.
 */
export function withOwnBefore(
  base: readonly RecordSource[],
  proposed: readonly RecordSource[],
): readonly RecordSource[] {
  const earlier = new Map(base.map((source) => [source.path, source]));
  for (const source of proposed) {
    const { before } = source.reading;
    const same = earlier.get(source.path);
    if (before === undefined || same?.reading === source.reading) continue;
    earlier.set(source.path, same ? supplemented(same, before) : ofItsOwn(source, before));
  }
  return [...earlier.values()];
}

type Records = RecordSource["reading"]["records"];

const ofItsOwn = ({ path, format, reading }: RecordSource, records: Records): RecordSource => ({
  path,
  format,
  reading: { ...reading, zones: [], delegated: [], records, included: [] },
});

function supplemented(source: RecordSource, before: Records): RecordSource {
  const { reading } = source;
  const spoken = new Set(reading.records.map(({ owner, type }) => `${owner} ${type}`));
  const added = before.filter(({ owner, type }) => !spoken.has(`${owner} ${type}`));
  return { ...source, reading: { ...reading, records: [...reading.records, ...added] } };
}
