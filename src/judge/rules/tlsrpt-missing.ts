import { cite } from "../../citation.ts";
import { selectTlsrptRecord } from "../../protocol/tlsrpt-record.ts";
import type { Inspection } from "../inspection.ts";
import { missing, whyUnseen } from "../missing.ts";
import { policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const tlsrptMissing = defineRule({
  id: "tlsrpt-missing",
  title: "No TLS-RPT record asks senders for reports",
  cites: [cite("RFC 8460", "3")],
  applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
  check: (inspection) => {
    const owner = `_smtp._tls.${inspection.policyDomain}`;
    const { proposal, evidence } = inspection;
    const { tlsrptRecords } = proposal.proposed;
    if (tlsrptRecords.kind === "unsaid" && evidence.tlsrptRecord.kind === "unobserved")
      return {
        missing: [
          missing("tlsrptRecord", owner, `${owner} was not seen: ${whyUnseen(evidence.tlsrptRecord.because)}.`),
        ],
      };
    if (isThere(inspection)) return {};
    const location = { kind: "dns", owner, type: "TXT" } as const;
    const message = `${owner} has no TLS-RPT record, so nobody tells you when senders fail.`;
    return { findings: [{ level: "warning", message, location, facts: { owner } }] };
  },
});

function isThere({ proposal, evidence }: Inspection): boolean {
  const { tlsrptRecords } = proposal.proposed;
  if (tlsrptRecords.kind === "said") {
    const elsewhere = tlsrptRecords.value.some(({ type, data }) => type === "CNAME" || data === null);
    return elsewhere || selectTlsrptRecord(tlsrptRecords.value.flatMap(({ data }) => data ?? [])).kind !== "none";
  }
  const seen = evidence.tlsrptRecord;
  return (
    seen.kind === "observed" && seen.value.kind === "records" && selectTlsrptRecord(seen.value.records).kind !== "none"
  );
}
