import {
  isObject,
  member,
  noteUnknown,
  optionalAddress,
  optionalText,
  type ReportObject,
  sessionCount,
} from "./report-member.ts";
import { RESULT_TYPES } from "./result-type.ts";
import { isUri } from "./uri.ts";

/** One kind of failed session. RFC 8460 §4.4. `null` where the report does not say; unknown result types are kept. */
export interface ReportedFailure {
  readonly resultType: string | null;
  readonly count: number | null;
  readonly sendingAddress: string | null;
  readonly receivingHost: string | null;
  readonly receivingHelo: string | null;
  readonly receivingAddress: string | null;
  readonly additionalInformation: string | null;
  readonly reasonCode: string | null;
}

const MEMBERS = [
  "result-type",
  "sending-mta-ip",
  "receiving-mx-hostname",
  "receiving-mx-helo",
  "receiving-ip",
  "failed-session-count",
  "additional-information",
  "failure-reason-code",
];

/** The `failure-details` of one entry of `policies`; absent means none. */
export function readFailures(entry: ReportObject): readonly ReportedFailure[] {
  const value = member(entry, "failure-details");
  const path = `${entry.path}/failure-details`;
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    entry.remarks.deviates("failure-details-malformed", path);
    return [];
  }
  return value.flatMap((detail: unknown, at) => {
    if (isObject(detail)) return [readFailure({ ...entry, members: detail, path: `${path}/${at}` })];
    entry.remarks.deviates("failure-details-malformed", `${path}/${at}`);
    return [];
  });
}

function readFailure(detail: ReportObject): ReportedFailure {
  noteUnknown(detail, MEMBERS);
  return {
    resultType: readResultType(detail),
    count: sessionCount(detail, "failed-session-count", "failed-session-count-missing"),
    sendingAddress: optionalAddress(detail, "sending-mta-ip", "sending-mta-ip-invalid"),
    receivingHost: optionalText(detail, "receiving-mx-hostname", "receiving-mx-hostname-malformed"),
    receivingHelo: optionalText(detail, "receiving-mx-helo", "receiving-mx-helo-malformed"),
    receivingAddress: optionalAddress(detail, "receiving-ip", "receiving-ip-invalid"),
    additionalInformation: readInformation(detail),
    reasonCode: optionalText(detail, "failure-reason-code", "failure-reason-code-malformed"),
  };
}

/** RFC 8460 §6.6: the list may grow. */
function readResultType(detail: ReportObject): string | null {
  const value = member(detail, "result-type");
  const type = typeof value === "string" ? value : null;
  if (!RESULT_TYPES.some((known) => known === type))
    detail.remarks.deviates("result-type-unknown", `${detail.path}/result-type`);
  return type;
}

function readInformation(detail: ReportObject): string | null {
  const text = optionalText(detail, "additional-information", "additional-information-not-uri");
  if (text !== null && !isUri(text))
    detail.remarks.deviates("additional-information-not-uri", `${detail.path}/additional-information`);
  return text;
}
