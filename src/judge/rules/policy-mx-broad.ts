import { cite } from "../../citation.ts";
import type { Location } from "../../location.ts";
import { type MxPattern, printMxPattern } from "../../protocol/mx-pattern.ts";
import type { Finding } from "../../verdict.ts";
import type { Inspection } from "../inspection.ts";
import { fieldPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { suffixOf } from "../public-suffix.ts";
import { defineRule } from "../rule.ts";

export const policyMxBroad = defineRule({
  id: "policy-mx-broad",
  title: "A wildcard covers host names of other people",
  cites: [cite("RFC 8461", "4.1"), cite("RFC 8461", "10.2")],
  applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
  check: (inspection) => {
    const wildcards = policyIn(inspection.policy.proposed)?.mx.filter(({ wildcard }) => wildcard) ?? [];
    const distinct = new Map(wildcards.map((pattern) => [pattern.host, pattern]));
    return { findings: [...distinct.values()].flatMap((pattern) => finding(inspection, pattern)) };
  },
});

function finding(inspection: Inspection, pattern: MxPattern): readonly Finding[] {
  const suffix = suffixOf(pattern.host);
  if (!suffix) return [];
  const written = printMxPattern(pattern);
  const whose =
    suffix === "public"
      ? `anyone can register a name that ${written} covers`
      : `${written} covers the hosts of every customer of that provider`;
  const alreadySo = isIn(inspection, pattern);
  return [
    {
      level: suffix === "public" ? "warning" : "notice",
      message: `${capital(whose)}, so senders that are led to such a host accept it as one of ${inspection.policyDomain}'s.`,
      location: place(inspection, written),
      facts: { pattern: written, suffix },
      ...(alreadySo && { alreadySo: true }),
    },
  ];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function place({ policy }: Inspection, written: string): Location {
  return fieldPlace(policy.proposed, "mx", ({ value }) => value.toLowerCase() === written);
}

function isIn({ policy }: Inspection, { host }: MxPattern): boolean {
  return !policy.said || (policyIn(policy.base)?.mx.some((each) => each.wildcard && each.host === host) ?? false);
}
