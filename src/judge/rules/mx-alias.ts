import { cite } from "../../citation.ts";
import type { Finding } from "../../verdict.ts";
import { hostPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const mxAlias = defineRule({
  id: "mx-alias",
  title: "An MX host is an alias",
  cites: [cite("RFC 5321", "5.1")],
  applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
  check: (inspection) => ({
    findings: inspection.hosts.flatMap(({ host, added, proposed }): Finding[] => {
      const target = inspection.evidence.mxHosts.find((seen) => seen.host === host)?.cnames.at(-1);
      if (!proposed || target === undefined) return [];
      const message = `MX host ${host} is an alias of ${target}; senders compare the certificate with ${host}, and some refuse an alias.`;
      const known = added ? {} : { alreadySo: true as const };
      return [
        { level: "warning", message, location: hostPlace(inspection, host, added), facts: { host, target }, ...known },
      ];
    }),
  }),
});
