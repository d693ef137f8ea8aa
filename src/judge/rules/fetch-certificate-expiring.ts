import { cite } from "../../citation.ts";
import { isExpiring } from "../expiry.ts";
import { announced } from "../fetch-fault.ts";
import { defineRule } from "../rule.ts";
import { policyUrl, servedFindings } from "../served.ts";

export const fetchCertificateExpiring = defineRule({
  id: "fetch-certificate-expiring",
  title: "The policy host's certificate is about to expire",
  cites: [cite("RFC 8461", "3.3")],
  applies: announced,
  check: (inspection) => ({
    findings: servedFindings(inspection, ({ chain: [leaf] }) => {
      if (!leaf || !isExpiring(leaf, inspection)) return undefined;
      const message = `The certificate of ${policyUrl(inspection)} expires at ${leaf.notAfter}; from then on senders get no policy.`;
      return { message, facts: { notAfter: leaf.notAfter } };
    }),
  }),
});
