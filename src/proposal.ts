import type { Location } from "./location.ts";
import { type DomainName, domainName } from "./protocol/domain-name.ts";
import type { Octets } from "./protocol/octets.ts";
import type { Span } from "./protocol/span.ts";

/** What the repository says for one Policy Domain, after the change and before it. JSON; made by collect, read by judge. */
export interface Proposal {
  readonly policyDomain: DomainName;
  readonly proposed: Revision;
  readonly base: Revision;
  /** Which parts differ between base and proposed. Empty: the change does not touch this domain's mail. */
  readonly touched: readonly Subject[];
  /** How long the policy in base has said what it says, where git history tells. */
  readonly baseSince: PolicyAge;
  /** What the base branch said before, as far as its history was read. */
  readonly history: History;
  /** Why nothing would serve the policy where it lies, on each side. */
  readonly publishing: { readonly proposed: readonly PublishingFault[]; readonly base: readonly PublishingFault[] };
  /** The config says `record: external`: the record is published elsewhere, its id a hash of the policy's octets. */
  readonly external?: true;
  /** What the reader should know about how this was found: one sentence each, without a verdict. */
  readonly notes: readonly string[];
}

export type Subject = "policy" | "record" | "mx" | "tlsrpt" | "config" | "publishing";

/** ISO 8601 of the commit that gave the base policy its meaning; unknown where the clone is too shallow to tell. */
export type PolicyAge =
  | { readonly kind: "since"; readonly at: string }
  | { readonly kind: "unknown"; readonly why: string };

/** First-parent history of the base branch, for this domain's policy and record (SPEC §5). JSON. */
export interface History {
  /** Newest first; the first is base. One entry for each commit that changed the policy file or a file of records. */
  readonly states: readonly PastState[];
  /** False: there may be older states; `why` says what hides them, and how to supply them. */
  readonly complete: boolean;
  readonly why?: string;
}

/** What the base branch said after one commit. */
export interface PastState {
  /** Hex id. */
  readonly commit: string;
  /** ISO 8601, the committer's date. */
  readonly at: string;
  /** `null`: no policy file; undefined: not known. */
  readonly policy?: Octets | null;
  /** The id of the `_mta-sts` record; `null`: no usable record; undefined: not known. */
  readonly id?: string | null;
  /** Seconds: the TTL of that record, where the file says it. */
  readonly recordTtl?: number;
  /** The MX records; undefined: not known. */
  readonly mx?: PastMx;
}

/** A null MX names no host; without any MX record the domain itself is the host (RFC 5321 §5.1). */
export interface PastMx {
  readonly hosts: readonly DomainName[];
  /** Seconds, the longest of them; undefined where the file does not say. */
  readonly ttl?: number;
}

/** A reason why senders would not find the file at `/.well-known/mta-sts.txt`. */
export interface PublishingFault {
  readonly code: "dot-missing" | "root" | "other-path" | "jekyll-drops" | "artifact-drops";
  /** One sentence, which names what to change. */
  readonly message: string;
  readonly location: Location;
}

/** One side of a change. A part that the repository does not say is, after the merge, what is deployed (SPEC §3). */
export interface Revision {
  /** `null`: the repository hosts this domain's policy, and here there is none. */
  readonly policyFile: Said<SourceFile | null>;
  /** TXT and CNAME records at `_mta-sts.<policy domain>`. Empty: a complete source has none. */
  readonly stsRecords: Said<readonly ProposedRecord[]>;
  /** TXT and CNAME records at `_smtp._tls.<policy domain>`. */
  readonly tlsrptRecords: Said<readonly ProposedRecord[]>;
  /** MX records of the policy domain. */
  readonly mxRecords: Said<readonly ProposedRecord[]>;
  /** CNAME records at `mta-sts.<policy domain>`, the policy host. Left out: not said. */
  readonly policyHostRecords?: Said<readonly ProposedRecord[]>;
}

export type Said<T> = { readonly kind: "said"; readonly value: T } | { readonly kind: "unsaid" };

export const UNSAID = { kind: "unsaid" } as const;

export interface SourceFile {
  readonly path: string;
  readonly octets: Octets;
}

/** A resource record that a file, or an input, would publish. */
export interface ProposedRecord {
  /** Lower case, no trailing dot. */
  readonly owner: string;
  readonly type: "TXT" | "MX" | "CNAME";
  /** TXT: the character-strings joined; MX: `10 mx1.example.com`; names lower case, no trailing dot. `null`: not determined by the file. */
  readonly data: string | null;
  /** Seconds; `null` where the source does not say. */
  readonly ttl: number | null;
  readonly location: Location;
  /** Why `data` is null, and the command that would determine it. */
  readonly why?: string;
  /** Where the id of an STS record stands in the file, where it is written there as such: what a fix replaces. */
  readonly idSource?: { readonly span: Span; readonly lines: string };
}

/**
 * The host of a proposed MX record. RFC 7505 §3: the target `.` names no host; beside real hosts it is unusable and the rest is used.
 */
export function mxHostOf({ data }: ProposedRecord): DomainName | undefined {
  return domainName(/^[0-9]+ +(\S+)$/.exec(data ?? "")?.[1] ?? "");
}
