import { cite } from "../../citation.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { type MxPattern, matchesMx, printMxPattern } from "../../protocol/mx-pattern.ts";
import type { Finding } from "../../verdict.ts";
import type { Inspection } from "../inspection.ts";
import { fieldPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { hostsIn } from "../mx-view.ts";
import { canMatch } from "../policy-oddities.ts";
import { policyIn } from "../policy-view.ts";
import { type Answer, defineRule } from "../rule.ts";

export const policyMxUnused = defineRule({
  id: "policy-mx-unused",
  title: "An mx pattern matches no MX host",
  cites: [cite("RFC 8461", "4.1")],
  // Under none the patterns mean nothing, and senders that want one are why they are there.
  applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
  check: (inspection) => {
    const hosts = visibleHosts(inspection);
    const patterns = policyIn(inspection.policy.proposed)?.mx ?? [];
    const distinct = [...new Map(patterns.map((pattern) => [printMxPattern(pattern), pattern])).values()];
    const never = distinct.filter(({ host }) => !canMatch(host));
    const unused = distinct.filter((pattern) => canMatch(pattern.host) && !isUsed(pattern, hosts));
    const seen = areSeen(inspection);
    const told = unused.length > 0 && !seen ? never : [...never, ...unused];
    return {
      findings: told.map((pattern) => finding(inspection, pattern)),
      ...(unused.length > 0 && unseen(inspection)),
    };
  },
});

/** Live and proposed: a host on its way out stays visible until its TTL has passed. */
function visibleHosts({ mx }: Inspection): readonly DomainName[] {
  return [...hostsIn(mx.deployed), ...hostsIn(mx.proposed)];
}

function isUsed(pattern: MxPattern, hosts: readonly DomainName[]): boolean {
  return hosts.some((host) => matchesMx(pattern, host));
}

function areSeen({ mx }: Inspection): boolean {
  return mx.deployed.kind !== "unknown" && mx.proposed.kind !== "unknown";
}

function finding(inspection: Inspection, pattern: MxPattern): Finding {
  const { policy } = inspection;
  const written = printMxPattern(pattern);
  const possible = canMatch(pattern.host);
  const alreadySo = wasUnused(inspection, pattern);
  const what = possible
    ? `matches no MX host, live or proposed; senders would accept a host of that name, and nothing else comes of it`
    : `looks like an IP address and can match no MX host, so senders find nothing that this line allows`;
  return {
    level: possible ? "notice" : "warning",
    message: `The pattern ${written} ${what}.`,
    location: fieldPlace(policy.proposed, "mx", ({ value }) => value.toLowerCase() === written),
    facts: { pattern: written },
    ...(alreadySo && { alreadySo: true }),
  };
}

/** In the policy before, and no use there either. */
function wasUnused({ policy, mx, before }: Inspection, pattern: MxPattern): boolean {
  const written = printMxPattern(pattern);
  const was = policy.base ?? before;
  const listed = !policy.said || (policyIn(was)?.mx.some((each) => printMxPattern(each) === written) ?? false);
  return listed && !isUsed(pattern, [...hostsIn(mx.base), ...hostsIn(mx.deployed)]);
}

function unseen({ mx, policyDomain }: Inspection): Answer {
  if (mx.deployed.kind !== "unknown") return {};
  const message = `The live MX records of ${policyDomain} were not seen: ${whyUnseen(mx.deployed.because)}.`;
  return { missing: [missing("mx", policyDomain, message)] };
}
