/** How a report breaks RFC 8460 §4.4 or §5.3 and can be read all the same. */
export type ReportDeviation =
  | "byte-order-mark"
  | "organization-name-missing"
  | "contact-info-missing"
  | "contact-info-malformed"
  | "report-id-missing"
  | "datetime-no-offset"
  | "datetime-date-only"
  | "datetime-separator"
  | "date-range-reversed"
  | "policy-malformed"
  | "policy-type-unknown"
  | "policy-domain-missing"
  | "policy-domain-malformed"
  | "policy-string-malformed"
  | "policy-string-nested-json"
  | "mx-host-string"
  | "mx-host-malformed"
  | "summary-count-missing"
  | "count-type"
  | "failure-details-malformed"
  | "failed-session-count-missing"
  | "result-type-unknown"
  | "sending-mta-ip-invalid"
  | "receiving-ip-invalid"
  | "receiving-mx-hostname-malformed"
  | "receiving-mx-helo-malformed"
  | "failure-reason-code-malformed"
  | "additional-information-not-uri"
  | "not-multipart-report"
  | "media-type-mismatch"
  | "report-domain-missing"
  | "report-domain-mismatch"
  | "submitter-missing"
  | "submitter-mismatch";

/** Legal, and worth showing. */
export type ReportNote = "unknown-member" | "ipv6-not-canonical" | "failure-sum-differs";

/** Said once a code, however often it occurs: reports come from anyone and can be long. */
export interface ReportRemark<Code> {
  readonly code: Code;
  /** The first place, as a JSON Pointer (RFC 6901); empty for the mail or the whole report. */
  readonly path: string;
  readonly count: number;
}

/** Gathers remarks while a report is read. */
export interface Remarks {
  readonly deviates: (code: ReportDeviation, path: string) => void;
  readonly notes: (code: ReportNote, path: string) => void;
  readonly gathered: () => {
    readonly deviations: readonly ReportRemark<ReportDeviation>[];
    readonly notes: readonly ReportRemark<ReportNote>[];
  };
}

export function gatherRemarks(): Remarks {
  const deviations = new Map<ReportDeviation, ReportRemark<ReportDeviation>>();
  const notes = new Map<ReportNote, ReportRemark<ReportNote>>();
  return {
    deviates: (code, path) => countIn(deviations, code, path),
    notes: (code, path) => countIn(notes, code, path),
    gathered: () => ({ deviations: [...deviations.values()], notes: [...notes.values()] }),
  };
}

function countIn<Code>(seen: Map<Code, ReportRemark<Code>>, code: Code, path: string): void {
  const before = seen.get(code);
  seen.set(code, before ? { ...before, count: before.count + 1 } : { code, path, count: 1 });
}
