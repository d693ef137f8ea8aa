import { cite } from "../../citation.ts";
import type { Certificate } from "../../protocol/certificate.ts";
import type { Finding } from "../../verdict.ts";
import { isExpiring } from "../expiry.ts";
import type { Inspection } from "../inspection.ts";
import { hostPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const mxCertificateExpiring = defineRule({
  id: "mx-certificate-expiring",
  title: "The certificate of an MX host is about to expire",
  cites: [cite("RFC 8461", "4.2")],
  applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
  check: (inspection) => ({
    findings: inspection.hosts.flatMap(({ host, added, proposed, after }): Finding[] => {
      const leaf = after.verdict === "accepted" && proposed ? soonest(inspection, host) : undefined;
      if (!leaf || !isExpiring(leaf, inspection)) return [];
      return [
        {
          level: "warning",
          message: `The certificate of MX host ${host} expires at ${leaf.notAfter}; from then on senders that enforce refuse it.`,
          location: hostPlace(inspection, host, added),
          facts: { host, notAfter: leaf.notAfter },
        },
      ];
    }),
  }),
});

function soonest({ evidence }: Inspection, host: string): Certificate | undefined {
  const probes = evidence.mxHosts.find((seen) => seen.host === host)?.probes;
  const sessions = probes?.kind === "observed" ? probes.value.map(({ session }) => session) : [];
  const leaves = sessions.flatMap((session) => (session.kind === "tls" ? session.chain.slice(0, 1) : []));
  return leaves.sort((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter))[0];
}
