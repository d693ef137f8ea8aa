import { cite } from "../../citation.ts";
import type { PolicyFetch } from "../../evidence.ts";
import { announced, type FetchFault, fetchAnswer } from "../fetch-fault.ts";
import { defineRule } from "../rule.ts";

export const fetchRedirected = defineRule({
  id: "fetch-redirected",
  title: "The policy host redirects, and senders must not follow",
  cites: [cite("RFC 8461", "3.3")],
  inVerify: "error-under-enforce",
  applies: announced,
  check: (inspection) => fetchAnswer(inspection, { resultType: "sts-policy-fetch-error", fault }),
});

function fault(fetch: PolicyFetch): FetchFault | undefined {
  if (fetch.kind !== "response") return undefined;
  const { status, location } = fetch.response;
  if (status < 300 || status > 399) return undefined;
  const target = location === null ? "" : ` to ${location.slice(0, 200)}`;
  return {
    says: `redirects${target}`,
    facts: { status, ...(location !== null && { target: location.slice(0, 200) }) },
  };
}
