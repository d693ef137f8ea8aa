import { CollectError } from "../errors.ts";
import { selectStsRecord } from "../protocol/sts-record.ts";
import type { PathVersion } from "../world.ts";
import { readConfig } from "./config.ts";
import { FORMATS } from "./formats.ts";
import type { PathHistory, ReadHistory } from "./path-history.ts";

/** What one version of a file says of an id: `null`: no usable record; undefined: that cannot be told from it. */
export type PastId = string | null | undefined;

/** The ids that one version of a file gives, by owner. */
export type IdsOf = (owner: string) => PastId;

export interface IdHistory {
  readonly versions: readonly (Pick<PathVersion, "commit" | "at"> & { readonly ids: IdsOf })[];
  readonly complete: boolean;
}

export type ReadIdHistory = (path: string) => Promise<IdHistory>;

export interface IdSource {
  readonly history: ReadHistory;
  /** The config file may name ids as well. */
  readonly configPath: string;
  readonly knownRules: readonly string[];
}

/** The ids in each version of a record file, each version read once, however many domains stand in it. */
export function rememberedIds(source: IdSource): ReadIdHistory {
  const kept = new Map<string, Promise<IdHistory>>();
  return (path) => {
    const found = kept.get(path) ?? source.history(path).then((history) => idsIn(path, history, source));
    kept.set(path, found);
    return found;
  };
}

// A pull request must not make a run read hours of old files.
const MOST_OCTETS = 32 * 1024 * 1024;

async function idsIn(path: string, { versions, complete }: PathHistory, source: IdSource): Promise<IdHistory> {
  const read: IdHistory["versions"][number][] = [];
  let left = MOST_OCTETS;
  for (const { commit, at, bytes } of versions) {
    left -= bytes?.length ?? 0;
    if (left < 0) return { versions: read, complete: false };
    const ids = bytes === null ? () => null : await idsAt(path, new TextDecoder().decode(bytes), source);
    read.push({ commit, at, ids });
  }
  return { versions: read, complete };
}

const UNTOLD: IdsOf = () => undefined;

async function idsAt(path: string, text: string, { configPath, knownRules }: IdSource): Promise<IdsOf> {
  if (path === configPath) return idsInConfig(path, text, knownRules);
  const file = { path, text };
  const format = FORMATS.find(({ recognises }) => recognises(file));
  if (!format) return UNTOLD;
  let lacks = false;
  // What an old version includes would have to be read as it was then; nothing is guessed of it.
  const include = async (): Promise<undefined> => void (lacks = true);
  const { records } = await format.read(file, { include });
  const texts = new Map<string, (string | null)[]>();
  for (const { owner, type, data } of records)
    if (owner.startsWith("_mta-sts.") && type === "TXT") texts.set(owner, [...(texts.get(owner) ?? []), data]);
  return (owner) => idIn(texts.get(owner) ?? [], lacks);
}

function idIn(texts: readonly (string | null)[], lacks: boolean): PastId {
  if (texts.includes(null) || (texts.length === 0 && lacks)) return undefined;
  const selection = selectStsRecord(texts.filter((text) => text !== null));
  return selection.kind === "one" && selection.parse.kind === "valid" ? selection.parse.record.id : null;
}

function idsInConfig(path: string, text: string, knownRules: readonly string[]): IdsOf {
  try {
    const { domains } = readConfig(path, text, knownRules);
    const ids = new Map(domains.map(({ domain, record }) => [`_mta-sts.${domain}`, record]));
    return (owner) => {
      const record = ids.get(owner);
      return record?.kind === "id" ? record.id : undefined;
    };
  } catch (error) {
    // An earlier version of this program may have taken what this one refuses.
    if (error instanceof CollectError) return UNTOLD;
    throw error;
  }
}
