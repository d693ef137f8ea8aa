import { cite } from "../../citation.ts";
import type { Location } from "../../location.ts";
import type { Revision } from "../../proposal.ts";
import type { Inspection } from "../inspection.ts";
import { enforces } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

const HOUR = 3_600; // seconds

export const recordTtlLong = defineRule({
  id: "record-ttl-long",
  title: "The record is cached for more than an hour",
  cites: [cite("RFC 8461", "8.1")],
  applies: ({ policy }) => enforces(policy.proposed),
  check: (inspection) => {
    const found = longest(inspection.proposal.proposed) ?? seen(inspection);
    if (!found || found.ttl <= HOUR) return {};
    const before = longest(inspection.proposal.base);
    const alreadySo = found.location.kind === "dns" || (before !== undefined && before.ttl >= found.ttl);
    return {
      findings: [
        {
          level: "warning",
          message: `The TTL of _mta-sts.${inspection.policyDomain} is ${found.ttl} seconds; for so long senders may not learn of a policy that repairs a mistake.`,
          location: found.location,
          facts: { ttl: found.ttl },
          ...(alreadySo && { alreadySo: true as const }),
        },
      ],
    };
  },
});

interface Ttl {
  /** Seconds. */
  readonly ttl: number;
  readonly location: Location;
}

/** The longest TTL that the files give. */
function longest({ stsRecords }: Revision): Ttl | undefined {
  if (stsRecords.kind === "unsaid") return undefined;
  const said = stsRecords.value.flatMap(({ ttl, location }) => (ttl === null ? [] : [{ ttl, location }]));
  return said.toSorted((a, b) => b.ttl - a.ttl)[0];
}

/** A resolver that has the answer in its cache says how long it keeps it still: at least so long is the TTL. */
function seen({ evidence: { stsRecord }, policyDomain }: Inspection): Ttl | undefined {
  if (stsRecord.kind === "unobserved" || stsRecord.value.kind !== "records") return undefined;
  return { ttl: stsRecord.value.ttl, location: { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "TXT" } };
}
