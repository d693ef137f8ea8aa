import type { PolicyDialect } from "./policy-dialect.ts";
import type { RecordDialect } from "./record-dialect.ts";

/** What one sender is known to do with a text and with its cache. Data only; read from its source, not from its documentation. */
export interface SenderProfile {
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  /** What was read; the parser first. */
  readonly sources: readonly [SenderSource, ...SenderSource[]];
  readonly policy: PolicyDialect;
  readonly record: RecordDialect;
  readonly fetch: FetchProfile;
  readonly cache: CacheProfile;
}

export interface SenderSource {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly path: string;
  /** A commit, a release, or the day a copy without either was read. */
  readonly at: string;
}

export interface FetchProfile {
  /** A media type other than text/plain (RFC 8461 §3.2). */
  readonly mediaType: "required" | "ignored";
  /** Text that is not ASCII, where the Content-Type names no charset. */
  readonly undeclaredCharset: "utf-8" | "ascii-only";
  /** The longest policy; `null`: no limit was found. */
  readonly octets: number | null;
  /** What happens to a longer one. */
  readonly longer: "dropped" | "cut";
  /** Wall clock for the whole fetch; `null`: the operator's setting, or none. */
  readonly seconds: number | null;
}

/**
 * How long a policy is held. S1 compares the id and keeps to max_age; S2 extends what it holds while the id is the same; S3 does
 * not compare ids; S4 fetches again on a timer.
 */
export interface CacheProfile {
  readonly class: "S1" | "S2" | "S3" | "S4";
  /** When the record is looked at, and whether its id is read at all. */
  readonly checksId: "every-delivery" | "when-stale" | "existence";
  readonly extendsOnSameId: boolean;
  /** Seconds that no policy is held longer than; `null`: its own max_age. */
  readonly capSeconds: number | null;
  /** Seconds held instead of a max_age below `from`, or of one that is `below` or above. */
  readonly replaces?: { readonly from: number; readonly below: number; readonly seconds: number };
  /** Seconds between fetches in the background. */
  readonly pollSeconds?: number;
  readonly keepsOnFetchFailure: boolean;
  /** What happens to a message when no MX host is left. */
  readonly failure: "defers" | "bounces" | "bounces-on-mismatch";
}
