import { cite } from "../../citation.ts";
import type { Location } from "../../location.ts";
import type { Finding } from "../../verdict.ts";
import type { Inspection } from "../inspection.ts";
import { defineRule } from "../rule.ts";

export const recordServersDiffer = defineRule({
  id: "record-servers-differ",
  title: "The zone's own servers do not agree",
  cites: [cite("RFC 8461", "3.1"), cite("RFC 8461", "8.1")],
  inVerify: "error",
  applies: ({ evidence }) => asked(evidence),
  check: ({ evidence, policyDomain }) => ({
    findings: [
      ...disagreement(evidence.stsRecord, { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "TXT" }),
      ...disagreement(evidence.mx, { kind: "dns", owner: policyDomain, type: "MX" }),
    ],
  }),
});

type Seen = Inspection["evidence"]["stsRecord"] | Inspection["evidence"]["mx"];

/** Only `resolver: authoritative` asks every server of the zone. */
function asked({ stsRecord, mx }: Inspection["evidence"]): boolean {
  return [stsRecord, mx].some(
    (seen) => seen.kind === "observed" && "ttlFrom" in seen.value && seen.value.ttlFrom === "authoritative",
  );
}

function disagreement(seen: Seen, location: Extract<Location, { kind: "dns" }>): Finding[] {
  const differs = seen.kind === "observed" ? (seen.value.differs ?? []) : [];
  if (differs.length === 0) return [];
  const said = differs.join("; ").slice(0, 600);
  const message = `The servers of the zone do not agree on ${location.owner} ${location.type} (${said}); which senders see is a matter of chance.`;
  return [{ level: "warning", message, location, facts: { servers: differs.length }, alreadySo: true }];
}
