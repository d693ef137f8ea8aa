import type { DnsAnswer, MxAnswer, MxHostEvidence, Observation, PolicyFetch, Probe, TlsaAnswer } from "./evidence.ts";
import type { DomainName } from "./protocol/domain-name.ts";
import type { Vantage } from "./verdict.ts";

/** Version of the format (schema/evidence-v1.json); a file of a newer one is refused, never half understood. */
export const EVIDENCE_VERSION = 1;

/**
 * One line of an evidence file (JSON Lines): an observation, with the question that it answers and when it was made. A run that reads the
 * file asks the same questions and gets these answers, so observing and judging may be two jobs on two machines (SPEC §2).
 */
export type EvidenceLine = EvidenceHeader | ObservationLine | EvidenceEnd;

interface Dated {
  readonly version: typeof EVIDENCE_VERSION;
  /** ISO 8601. */
  readonly at: string;
}

/** First line of a file: who looked. */
export interface EvidenceHeader extends Dated {
  readonly kind: "header";
  /** `mta-sts-gate 0.1.0`. */
  readonly tool: string;
  /** Hex id of the commit that was checked out; `null` where there was none. */
  readonly commit: string | null;
}

/** Last line: without it the file was cut. From where the run looked is known only now. */
export interface EvidenceEnd extends Dated {
  readonly kind: "end";
  /** Lines between the header and this one. */
  readonly observations: number;
  readonly vantage: Vantage;
}

export type ObservationLine = Dated & Asked;

/** A question and its answer; the question's own fields are what it is found by. */
export type Asked =
  | { readonly kind: "txt"; readonly owner: string; readonly seen: Observation<DnsAnswer<string>> }
  | { readonly kind: "mx"; readonly owner: DomainName; readonly seen: Observation<MxAnswer> }
  | {
      readonly kind: "addresses";
      readonly host: DomainName;
      readonly seen: Pick<MxHostEvidence, "addresses" | "cnames">;
    }
  | { readonly kind: "tlsa"; readonly host: DomainName; readonly seen: Observation<TlsaAnswer> }
  | { readonly kind: "policy"; readonly host: DomainName; readonly address: string; readonly seen: PolicyFetch }
  | { readonly kind: "probe"; readonly host: DomainName; readonly address: string; readonly seen: Probe };

/** The question as text: equal for the same question, whoever asked it. */
export function questionOf(asked: Asked): string {
  switch (asked.kind) {
    case "txt":
    case "mx":
      return `${asked.kind} ${asked.owner}`;
    case "addresses":
    case "tlsa":
      return `${asked.kind} ${asked.host}`;
    case "policy":
    case "probe":
      return `${asked.kind} ${asked.host} ${asked.address}`;
  }
}

/** Whether something was seen: what could not be looked at is no memory of anything. */
export function wasSeen(asked: Asked): boolean {
  switch (asked.kind) {
    case "txt":
    case "mx":
    case "tlsa":
      return asked.seen.kind === "observed";
    case "addresses":
      return asked.seen.addresses.kind === "observed";
    case "policy":
      return asked.seen.kind !== "unobserved";
    case "probe":
      return asked.seen.session.kind !== "unobserved";
  }
}

/** A probe that nobody answered. Where no other of the same vantage was answered either, it says nothing about the host (SPEC §4). */
export function isSilent(asked: Asked): boolean {
  if (asked.kind !== "probe") return false;
  const { session } = asked.seen;
  return session.kind === "unobserved" || (session.kind === "unreachable" && session.step === "connect");
}
