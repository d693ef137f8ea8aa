import type { Location } from "../location.ts";
import type { ProposedRecord } from "../proposal.ts";

/** One notation of DNS as code. Adding one: a file in formats/, a line in formats.ts, a test, a page. */
export interface Format {
  /** The name of its file, its test and its page. */
  readonly id: string;
  readonly title: string;
  /** It reads what it can of a notation that only a tool can read whole. */
  readonly bestEffort: boolean;
  /** A record that is absent from such a file is not published: absence means removal (SPEC §3). */
  readonly complete: boolean;
  /** A tool makes such a file out of others, so nobody edits it: no fix is offered in it. */
  readonly generated?: true;
  /** Decided by content; the path only helps where the notation itself gives it meaning. Never throws. */
  readonly recognises: (file: RecordFile) => boolean;
  /**
   * Whether files that are not named for the same zone may be made with this one: it is a part of theirs, or says what they are.
   * Undefined: a file of this notation stands alone.
   */
  readonly joins?: (file: RecordFile) => boolean;
  /** Never throws for what a file says: a bad line is a defect, and the other lines are read. */
  readonly read: (file: RecordFile, context: ReadContext) => Promise<Reading>;
}

export interface RecordFile {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface ReadContext {
  /** The text of another tracked file of the same commit; undefined when there is none. */
  readonly include: (path: string) => Promise<string | undefined>;
  /** Undefined: nothing is known but the file, as with an earlier version of it. */
  readonly commit?: CommitContext;
}

/** For notations in which one file says what another one is. */
export interface CommitContext {
  /** The names in a folder (`""`: the root): files, and folders with a final `/`. */
  readonly list: (folder: string) => readonly string[];
  /** Whether this file is read on its own as well. */
  readonly isRecordFile: (path: string) => boolean;
  /** What `make` makes, once for all files of the commit that ask for `key`. `make` must not ask for its own key. */
  readonly once: <T>(key: string, make: (context: ReadContext) => Promise<T>) => Promise<T>;
}

export interface Reading {
  readonly zones: readonly ZoneExtent[];
  /** Names below a zone that it hands to other servers (NS): nothing at or below them is said. */
  readonly delegated: readonly string[];
  /** TXT, MX and CNAME of every owner, in the order of the file. */
  readonly records: readonly ProposedRecord[];
  /**
   * What a file that a tool made says of the state before: a plan's own `before`, what a batch deletes. Where git does not track
   * the file it stands for the base (SPEC §3). Undefined: the file says nothing of the kind.
   */
  readonly before?: readonly ProposedRecord[];
  readonly defects: readonly RecordDefect[];
  /** One sentence each, for the reader of the report. */
  readonly notes: readonly string[];
  /** Paths of other files that belong to this one. */
  readonly included: readonly string[];
}

export interface ZoneExtent {
  /** The zone's apex: lower case, no trailing dot. */
  readonly name: string;
  /** Every line of it was read, from its SOA on: a name at or below the apex that has no record here has none. */
  readonly whole: boolean;
}

/** One line that cannot be read. */
export interface RecordDefect {
  readonly location: Location;
  /** One sentence. */
  readonly message: string;
  /** It is, or may be, about `_mta-sts`, `_smtp._tls` or MX: the run cannot go on without it. */
  readonly concerns: boolean;
}
