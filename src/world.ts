import type {
  Contact,
  DnsAnswer,
  MxAnswer,
  MxHostEvidence,
  Observation,
  PolicyFetch,
  Probe,
  TlsaAnswer,
} from "./evidence.ts";
import type { DomainName } from "./protocol/domain-name.ts";
import type { Vantage } from "./verdict.ts";

/** Everything outside this program that rooms may touch. Made by src/world/ for real, from literals in tests. */
export interface World {
  readonly repository: Repository;
  readonly network: Network;
  /** ISO 8601. Read once a domain; rules get it as data. */
  readonly now: () => string;
}

/** Questions to the network. Never throws for what a network does, never waits past the run's deadline. */
export interface Network {
  readonly txt: (owner: string) => Promise<Observation<DnsAnswer<string>>>;
  readonly mx: (owner: DomainName) => Promise<Observation<MxAnswer>>;
  readonly addresses: (host: DomainName) => Promise<Pick<MxHostEvidence, "addresses" | "cnames">>;
  readonly tlsa: (host: DomainName) => Promise<Observation<TlsaAnswer>>;
  /** GET `https://<policyHost>/.well-known/mta-sts.txt` from one address (RFC 8461 §3.3). The address is vetted inside. */
  readonly fetchPolicy: (policyHost: DomainName, address: string) => Promise<PolicyFetch>;
  /** One STARTTLS probe of one address. The address is vetted inside. */
  readonly probe: (host: DomainName, address: string) => Promise<Probe>;
  readonly vantage: () => Vantage;
  readonly contacts: () => readonly Contact[];
}

/** The repository under review, at the two commits that matter. */
export interface Repository {
  /** Hex ids, for the report. */
  readonly commit: string;
  readonly baseCommit: string;
  readonly proposed: Tree;
  readonly base: Tree;
  /** Paths that differ between base and proposed. */
  readonly changed: () => Promise<ReadonlySet<string>>;
  /** First-parent versions of `path` up to base, newest first; `complete` is false in a shallow clone. */
  readonly history: (
    path: string,
  ) => Promise<{ readonly versions: readonly PathVersion[]; readonly complete: boolean }>;
  /**
   * The octets of a regular file of the checkout, whether or not git tracks it; undefined: there is none. No link is followed.
   * Throws a {@link CollectError} for a path that leaves the checkout, a link, and more than 64 MiB.
   */
  readonly workspaceFile: (path: string) => Promise<Uint8Array | undefined>;
}

export interface PathVersion {
  readonly commit: string;
  /** ISO 8601, the committer's date. */
  readonly at: string;
  /** `null`: the path did not exist at this commit. */
  readonly bytes: Uint8Array | null;
}

/** The tracked files of one commit. Only regular files: links and submodules are never followed and are not listed. */
export interface Tree {
  readonly list: () => Promise<readonly TreeEntry[]>;
  /** The blob's octets; `undefined` when the path is no regular file here; throws a {@link CollectError} when it is too large. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /**
   * Those of many files whose octets match, taken as Latin-1: at least all that do. Undefined, as a whole or as an answer: only
   * reading them tells.
   */
  readonly search?: (paths: readonly string[], pattern: RegExp) => Promise<readonly string[] | undefined>;
}

export interface TreeEntry {
  readonly path: string;
  /** Octets; -1 where the source does not tell. */
  readonly size: number;
}
