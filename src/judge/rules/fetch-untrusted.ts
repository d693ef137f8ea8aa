import { cite } from "../../citation.ts";
import type { PolicyFetch } from "../../evidence.ts";
import { announced, type FetchFault, fetchAnswer } from "../fetch-fault.ts";
import { defineRule } from "../rule.ts";

export const fetchUntrusted = defineRule({
  id: "fetch-untrusted",
  title: "The policy host's certificate is not one that senders accept",
  cites: [cite("RFC 8461", "3.3"), cite("RFC 8460", "4.3.2.2")],
  inVerify: "error-under-enforce",
  applies: announced,
  check: (inspection) => fetchAnswer(inspection, { resultType: "sts-webpki-invalid", fault }),
});

function fault(fetch: PolicyFetch): FetchFault | undefined {
  if (fetch.kind !== "untrusted") return undefined;
  const { trust, names } = fetch;
  const error = trust.kind === "untrusted" ? trust.x509Error : names ? "" : "HOST_MISMATCH";
  const why =
    trust.kind === "trusted"
      ? "has no DNS-ID for that name"
      : `does not verify (${trust.x509Error}${trust.missingIssuer ? `, the server does not send its issuer ${trust.missingIssuer}` : ""})`;
  return { says: `is served with a certificate that ${why}`, facts: { x509Error: error } };
}
