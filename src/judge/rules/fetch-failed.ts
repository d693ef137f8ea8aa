import { cite } from "../../citation.ts";
import type { PolicyFetch } from "../../evidence.ts";
import { announced, type FetchFault, fetchAnswer } from "../fetch-fault.ts";
import { defineRule } from "../rule.ts";

export const fetchFailed = defineRule({
  id: "fetch-failed",
  title: "Senders cannot fetch the deployed policy",
  cites: [cite("RFC 8461", "3.3"), cite("RFC 8460", "4.3.2.2")],
  inVerify: "error-under-enforce",
  applies: announced,
  check: (inspection) => fetchAnswer(inspection, { resultType: "sts-policy-fetch-error", fault }),
});

function fault(fetch: PolicyFetch): FetchFault | undefined {
  if (fetch.kind === "failed") return { says: `cannot be fetched: ${fetch.reason}`, facts: { reason: fetch.reason } };
  if (fetch.kind !== "response") return undefined;
  const { status, contentEncoding } = fetch.response;
  if (status !== 200 && (status < 300 || status > 399))
    return { says: `answers with status ${status}`, facts: { status } };
  // RFC 8461 §3.3 knows no content coding, and a sender that does not undo it reads noise.
  if (status === 200 && contentEncoding !== null && !/^(identity)?$/i.test(contentEncoding))
    return { says: `answers with the content coding ${contentEncoding}`, facts: { contentEncoding } };
  return undefined;
}
