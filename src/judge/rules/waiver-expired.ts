import { cite } from "../../citation.ts";
import type { Finding } from "../../verdict.ts";
import { defineRule } from "../rule.ts";
import { isExpired } from "../waiver.ts";

export const waiverExpired = defineRule({
  id: "waiver-expired",
  title: "A waiver has run out",
  cites: [cite("RFC 8461", "5")],
  applies: ({ settings }) => settings.waivers.length > 0,
  check: ({ settings, policyDomain, asOf }) => ({
    findings: settings.waivers
      .filter((waiver) => waiver.domain === policyDomain && isExpired(waiver, asOf))
      .map(
        ({ rule, until, location }): Finding => ({
          level: "error",
          message: `The waiver of ${rule} for ${policyDomain} ran out at the end of ${until}; mend what it covered, or decide again.`,
          location,
          facts: { waived: rule, until },
        }),
      ),
  }),
});
