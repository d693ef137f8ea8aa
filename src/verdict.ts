import type { Citation } from "./citation.ts";
import type { Contact } from "./evidence.ts";
import type { Location } from "./location.ts";
import type { NextStep } from "./plan.ts";
import type { Subject } from "./proposal.ts";
import type { DomainName } from "./protocol/domain-name.ts";
import type { ResultType } from "./protocol/result-type.ts";
import type { Span } from "./protocol/span.ts";
import type { Story } from "./story.ts";

/** MUST broken or mail stopped | SHOULD broken | worth knowing. */
export type Level = "error" | "warning" | "notice";

/** `blocked`: an error is proven; `unknown`: nothing proven wrong, but evidence that ready needs is missing. */
export type VerdictKind = "blocked" | "unknown" | "ready";

/** What the judge concluded about one Policy Domain. JSON. */
export interface DomainVerdict {
  readonly policyDomain: DomainName;
  readonly verdict: VerdictKind;
  readonly touched: readonly Subject[];
  readonly deliveries: readonly Delivery[];
  readonly rules: readonly RuleOutcome[];
  /** One sentence: what happens to this domain's mail if the change merges. */
  readonly consequence: string;
  /** An id that is valid and new, when the change needs one. */
  readonly suggestedId: string | null;
  /** The record to publish, in zone-file syntax, when the repository does not say the next id. */
  readonly recordToPublish: string | null;
  /** ISO 8601. */
  readonly safeAfter: string | null;
  /** Where the change is one step of a plan: what comes after it, and when. */
  readonly nextStep?: NextStep;
  /** ISO 8601: the first certificate expiry that would change this verdict. */
  readonly validUntil: string | null;
  /** What was not looked at, and how to supply it: one sentence each. */
  readonly notChecked: readonly string[];
  readonly notes: readonly string[];
}

/** What a rule is, whoever it judges. */
export interface RuleInfo {
  /** `<subject>-<what is wrong>`; also the name of its file, its test and its page. */
  readonly id: string;
  readonly title: string;
  readonly cites: readonly [Citation, ...Citation[]];
}

export type RuleOutcome =
  | { readonly kind: "passed"; readonly rule: string }
  | { readonly kind: "failed"; readonly rule: string; readonly findings: readonly [Finding, ...Finding[]] }
  | { readonly kind: "not-applicable"; readonly rule: string }
  /** `needed`: this change cannot be ready without it. Otherwise it is only stated. */
  | {
      readonly kind: "unknown";
      readonly rule: string;
      readonly needed: boolean;
      readonly missing: readonly Missing[];
      readonly findings?: readonly Finding[];
    }
  /** Suppressed by `rules: off` or by a waiver; what it would have said stays visible. */
  | { readonly kind: "waived"; readonly rule: string; readonly by: WaivedBy; readonly findings: readonly Finding[] };

export type WaivedBy =
  | { readonly kind: "off" }
  | { readonly kind: "waiver"; readonly reason: string; readonly until: string };

/** One piece of evidence that was not there, and in one sentence what is proven all the same and how to supply the rest. */
export interface Missing {
  readonly what: "stsRecord" | "tlsrptRecord" | "mx" | "policyFetch" | "probe" | "history" | "value";
  readonly subject: string;
  readonly message: string;
}

export interface Finding {
  readonly level: Level;
  /** One sentence: what is wrong, and what happens to mail because of it. May contain text from outside. */
  readonly message: string;
  /** Where to change something, not where it was noticed. */
  readonly location: Location;
  readonly related?: readonly Location[];
  /** What senders would report (RFC 8460 §4.3). */
  readonly resultType?: ResultType;
  /** The same for machines; with the rule id, the fingerprint. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Deployed before this change and not touched by it. */
  readonly alreadySo?: true;
  /** A line that would settle it, to paste. */
  readonly fix?: Fix;
  /** The shortest course of events in which mail is refused because of it. */
  readonly story?: Story;
}

/** Replace `span` of `path` by `text`; an empty span inserts. */
export interface Fix {
  readonly path: string;
  readonly span: Span;
  readonly text: string;
  /** The lines that the span touches, as they are now, joined by line feeds: what a diff shows. */
  readonly lines?: string;
}

export type DeliveryOutcome = "delivers" | "partial" | "rejects" | "unknown";

/** What a sender that holds `policy` would do with a message when it sees the `mx` set (RFC 8461 §5). */
export interface Delivery {
  readonly policy: "proposed" | "deployed" | "cached";
  /** Of a cached policy: the id that it was fetched under, where known, and how long it may be held (ISO 8601; `null`: without end). */
  readonly cached?: { readonly id?: string; readonly until: string | null };
  readonly mx: "proposed" | "deployed";
  readonly outcome: DeliveryOutcome;
  readonly hosts: readonly HostVerdict[];
}

export type HostVerdict =
  | { readonly verdict: "accepted"; readonly host: DomainName; readonly addresses: readonly string[] }
  | {
      readonly verdict: "refused";
      readonly host: DomainName;
      readonly resultType: ResultType;
      readonly reasonCode: string;
      readonly addresses: readonly string[];
    }
  | {
      readonly verdict: "unknown";
      readonly host: DomainName;
      readonly because: string;
      readonly addresses: readonly string[];
    };

/** From where and by what means the run looked (SPEC §4, §8). */
export interface Vantage {
  readonly port25: "open" | "blocked" | "proxied" | "not-asked";
  readonly ipv6: "open" | "none" | "not-asked";
  /** `system (192.0.2.53)`, `127.0.0.1:5353`, … */
  readonly resolver: string;
  /** Host and port, never credentials. */
  readonly proxy: string | null;
  /** `Mozilla roots of Node 24.21.0` or `Mozilla roots of Node 24.21.0 and 1 from ca-file`. */
  readonly trustAnchors: string;
  readonly privateNetworks: "refused" | "allowed";
}

/** What is said once for the whole run, after the last domain. */
export interface RunFacts {
  readonly verdict: VerdictKind;
  readonly mode: "gate" | "verify";
  /** ISO 8601. */
  readonly asOf: string;
  readonly validUntil: string | null;
  readonly vantage: Vantage;
  readonly contacts: readonly Contact[];
  readonly counts: {
    readonly domains: number;
    readonly errors: number;
    readonly warnings: number;
    readonly unknowns: number;
  };
  /** The commit that was judged, and the one it was judged against; hex ids. */
  readonly commit: string;
  readonly base: string;
  /** Facts about the run that a reader must know: a lifted limit, a missing permission, a loosened rule. One sentence each. */
  readonly notes: readonly string[];
  readonly rules: readonly RuleInfo[];
}
