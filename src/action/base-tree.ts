import { createHash } from "node:crypto";
import { CollectError, type OptionError } from "../errors.ts";
import type { AbsentBase } from "../run/repository.ts";
import { baseMissing } from "../world/git.ts";
import { LARGEST_BLOB } from "../world/git-tree.ts";
import type { Repository, Tree } from "../world.ts";
import type { Api } from "./api.ts";
import { isCommitId } from "./commit-id.ts";

/** A base to be read through GitHub's API with `contents: read`. */
export interface AbsentApiBase extends AbsentBase {
  /** `owner/name` */
  readonly repository: string;
}

interface Blob {
  readonly path: string;
  readonly id: string;
  readonly size: number;
}

/** Octets of JSON; the API itself ends at 100,000 entries or 7 MB of names, and says `truncated`. */
const TREE_LIMIT = 48 * 1024 * 1024;

/**
 * The repository with its base read through the API: both trees at once, blobs as they are asked for. Its history is not known.
 * @throws OptionError naming `fetch-depth: 2` where the API cannot stand in for the base.
 */
export async function repositoryWithBase(api: Api, absent: AbsentApiBase): Promise<Repository> {
  const { git, commit, baseCommit } = absent;
  const [base, proposed] = await Promise.all([listBlobs(api, absent, baseCommit), listBlobs(api, absent, commit)]);
  return {
    commit,
    baseCommit,
    proposed: git.tree(commit),
    base: apiTree(api, absent, base),
    changed: async () => differing(base, proposed),
    history: async () => ({ versions: [], complete: false }),
    workspaceFile: git.workspaceFile,
  };
}

const lacking = ({ baseCommit }: AbsentApiBase): OptionError => baseMissing(baseCommit);

async function listBlobs(api: Api, absent: AbsentApiBase, commit: string): Promise<ReadonlyMap<string, Blob>> {
  const answer = await api.get(`/repos/${absent.repository}/git/trees/${commit}?recursive=1`, TREE_LIMIT);
  const { tree, truncated } = (answer.kind === "answer" ? answer.data : {}) as { tree?: unknown; truncated?: unknown };
  // A tree that is cut would make every file behind the cut an addition.
  if (truncated !== false || !Array.isArray(tree)) throw lacking(absent);
  return new Map(tree.flatMap((entry: unknown) => readEntry(entry) ?? []).map((blob) => [blob.path, blob]));
}

/** Only regular files: a link (120000) and a submodule (160000) are never listed, so never followed. */
function readEntry(entry: unknown): Blob | undefined {
  const { path, mode, type, sha, size } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (type !== "blob" || typeof mode !== "string" || !mode.startsWith("100")) return undefined;
  if (typeof path !== "string" || !isCommitId(sha)) return undefined;
  return { path, id: sha, size: typeof size === "number" ? size : -1 };
}

function differing(base: ReadonlyMap<string, Blob>, proposed: ReadonlyMap<string, Blob>): ReadonlySet<string> {
  const paths = [...new Set([...base.keys(), ...proposed.keys()])];
  return new Set(paths.filter((path) => base.get(path)?.id !== proposed.get(path)?.id));
}

function apiTree(api: Api, absent: AbsentApiBase, blobs: ReadonlyMap<string, Blob>): Tree {
  return {
    list: async () => [...blobs.values()].map(({ path, size }) => ({ path, size })),
    read: async (path) => {
      const blob = blobs.get(path);
      if (!blob) return undefined;
      if (blob.size > LARGEST_BLOB) throw tooLarge(path);
      const octets = await readBlob(api, absent, blob.id);
      if (!octets) throw lacking(absent);
      if (octets.length > LARGEST_BLOB) throw tooLarge(path);
      return octets;
    },
  };
}

async function readBlob(api: Api, { repository }: AbsentApiBase, id: string): Promise<Uint8Array | undefined> {
  const answer = await api.get(`/repos/${repository}/git/blobs/${id}`);
  if (answer.kind === "failure") return undefined;
  const { content, encoding } = (answer.data ?? {}) as { content?: unknown; encoding?: unknown };
  if (encoding !== "base64" || typeof content !== "string") return undefined;
  const octets = Buffer.from(content, "base64");
  // The id names the octets; an answer that is cut or changed has another.
  return blobId(octets, id.length === 64 ? "sha256" : "sha1") === id ? octets : undefined;
}

const blobId = (octets: Uint8Array, algorithm: "sha1" | "sha256"): string =>
  createHash(algorithm).update(`blob ${octets.length}\0`).update(octets).digest("hex");

const tooLarge = (path: string): CollectError =>
  new CollectError(`${path} in the base has more than ${LARGEST_BLOB} octets, so what it says is not known`);
