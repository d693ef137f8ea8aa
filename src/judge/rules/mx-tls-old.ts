import { cite } from "../../citation.ts";
import { policyIn } from "../policy-view.ts";
import { OLD_TLS_REASON, refusalFindings, unseenExcuse } from "../refusal.ts";
import { defineRule } from "../rule.ts";

export const mxTlsOld = defineRule({
  id: "mx-tls-old",
  title: "An MX host speaks nothing newer than TLS 1.1",
  cites: [cite("RFC 8461", "7.2")],
  inVerify: "error-under-enforce",
  applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
  check: (inspection) => {
    const findings = refusalFindings(inspection, (reason) => reason === OLD_TLS_REASON);
    return { findings, ...unseenExcuse(inspection, findings) };
  },
});
