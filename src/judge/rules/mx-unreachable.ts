import { cite } from "../../citation.ts";
import type { Finding } from "../../verdict.ts";
import { hostPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const mxUnreachable = defineRule({
  id: "mx-unreachable",
  title: "An MX host gives no answer on port 25",
  cites: [cite("RFC 5321", "5.1")],
  applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
  check: (inspection) => ({
    findings: inspection.hosts.flatMap(({ host, added, after }): Finding[] => {
      // Egress-blocked probes are unobserved; what is left got out to port 25 elsewhere, so the silence is the host's.
      if (after.verdict !== "unknown" || !/^(unreachable|no-smtp)-/.test(after.because)) return [];
      return [
        {
          level: "warning",
          message: `MX host ${host} gives no usable answer on port 25 (${after.addresses.join(", ")}), so it counts as unknown.`,
          location: hostPlace(inspection, host, added),
          related: after.addresses.map((address) => ({ kind: "mx-host", host, address })),
          facts: { host, step: after.because.replace(/^(unreachable|no-smtp)-/, "") },
        },
      ];
    }),
  }),
});
