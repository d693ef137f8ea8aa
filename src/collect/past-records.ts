import { CollectError } from "../errors.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { PathVersion } from "../world.ts";
import { readConfig } from "./config.ts";
import { FORMATS } from "./formats.ts";
import type { PathHistory, ReadHistory } from "./path-history.ts";
import { type MxRead, type PastRecord, recordsIn } from "./past-reading.ts";

/** What one version of a file says of a domain. */
export interface PastRecords {
  readonly record: PastRecord;
  readonly mx: MxRead;
}

export type RecordsOf = (domain: DomainName) => PastRecords;

export interface RecordHistory {
  readonly versions: readonly (Pick<PathVersion, "commit" | "at"> & { readonly of: RecordsOf })[];
  readonly complete: boolean;
}

export type ReadRecordHistory = (path: string) => Promise<RecordHistory>;

export interface RecordPast {
  readonly history: ReadHistory;
  /** The config file may name ids as well. */
  readonly configPath: string;
  readonly knownRules: readonly string[];
}

/** The records in each version of a file, each version read once, however many domains stand in it. */
export function rememberedRecords(past: RecordPast): ReadRecordHistory {
  const kept = new Map<string, Promise<RecordHistory>>();
  return (path) => {
    const found = kept.get(path) ?? past.history(path).then((history) => versionsOf(path, history, past));
    kept.set(path, found);
    return found;
  };
}

// A pull request must not make a run read hours of old files.
const MOST_OCTETS = 32 * 1024 * 1024;

/** Before its first version a file was not there: no record in it, and MX that stood elsewhere. */
export const NO_FILE: PastRecords = { record: { id: null }, mx: "no-file" };
/** What cannot be told. */
export const UNTOLD: PastRecords = { record: { id: undefined }, mx: undefined };

async function versionsOf(path: string, { versions, complete }: PathHistory, past: RecordPast): Promise<RecordHistory> {
  const read: RecordHistory["versions"][number][] = [];
  let left = MOST_OCTETS;
  for (const { commit, at, bytes } of versions) {
    left -= bytes?.length ?? 0;
    if (left < 0) return { versions: read, complete: false };
    const of = bytes === null ? () => NO_FILE : await recordsAt(path, new TextDecoder().decode(bytes), past);
    read.push({ commit, at, of });
  }
  return { versions: read, complete };
}

async function recordsAt(path: string, text: string, { configPath, knownRules }: RecordPast): Promise<RecordsOf> {
  if (path === configPath) return idsInConfig(path, text, knownRules);
  const file = { path, text };
  const format = FORMATS.find(({ recognises }) => recognises(file));
  if (!format) return () => UNTOLD;
  let lacks = false;
  // What an old version includes would have to be read as it was then; nothing is guessed of it.
  const include = async (): Promise<undefined> => void (lacks = true);
  const reading = await format.read(file, { include });
  return recordsIn({ path, format, reading }, lacks || reading.defects.some(({ concerns }) => concerns));
}

function idsInConfig(path: string, text: string, knownRules: readonly string[]): RecordsOf {
  try {
    const { domains } = readConfig(path, text, knownRules);
    const records = new Map(domains.map(({ domain, record }) => [domain, record]));
    return (domain) => {
      const record = records.get(domain);
      return record?.kind === "id" ? { ...UNTOLD, record: { id: record.id } } : UNTOLD;
    };
  } catch (error) {
    // An earlier version of this program may have taken what this one refuses.
    if (error instanceof CollectError) return () => UNTOLD;
    throw error;
  }
}
