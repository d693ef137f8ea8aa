import { cite } from "../../citation.ts";
import { announced } from "../fetch-fault.ts";
import { defineRule } from "../rule.ts";
import { policyUrl, servedFindings } from "../served.ts";

/** Milliseconds that the strictest known sender waits for the whole policy (postfix-mta-sts-resolver's default). */
const STRICTEST = 4_000;

export const fetchSlow = defineRule({
  id: "fetch-slow",
  title: "The policy host answers slower than some senders wait",
  cites: [cite("RFC 8461", "3.3")],
  applies: announced,
  check: (inspection) => ({
    findings: servedFindings(inspection, ({ elapsed }) => {
      if (elapsed <= STRICTEST) return undefined;
      const message = `${policyUrl(inspection)} took ${elapsed} ms; senders that wait ${STRICTEST} ms get no policy.`;
      return { message, facts: { milliseconds: elapsed } };
    }),
  }),
});
