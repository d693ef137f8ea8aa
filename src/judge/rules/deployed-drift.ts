import { cite } from "../../citation.ts";
import { samePolicy } from "../../protocol/policy.ts";
import type { Finding } from "../../verdict.ts";
import { deployDifferences } from "../deploy-differences.ts";
import { difference } from "../difference.ts";
import type { Inspection } from "../inspection.ts";
import { fieldPlace, recordPlace } from "../locate.ts";
import { hostsIn } from "../mx-view.ts";
import { policyIn } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { defineRule } from "../rule.ts";

export const deployedDrift = defineRule({
  id: "deployed-drift",
  title: "What is deployed is not what the base says",
  cites: [cite("RFC 8461", "8.1")],
  inVerify: "error",
  check: (inspection) =>
    inspection.mode === "verify"
      ? deployDifferences(inspection)
      : { findings: [...policyDrift(inspection), ...recordDrift(inspection), ...mxDrift(inspection)] },
});

const drift = (message: string, location: Finding["location"], subject: string): Finding[] => [
  difference(message, { location }, { subject }),
];

function policyDrift({ policy, policyDomain }: Inspection): Finding[] {
  const [base, live] = [policyIn(policy.base), policyIn(policy.deployed)];
  if (!base || !live || samePolicy(base, live)) return [];
  const place = fieldPlace(policy.proposed, "version");
  return drift(
    `The deployed policy of ${policyDomain} means something else than the one in base; senders go by the deployed one.`,
    place,
    "policy",
  );
}

function recordDrift(inspection: Inspection): Finding[] {
  const { record, policyDomain } = inspection;
  const [base, live] = [idIn(record.base), idIn(record.deployed)];
  if (base === undefined || record.deployed.kind === "unknown" || base === live) return [];
  const now = live === undefined ? "no STS record is live" : `the live id is ${live}`;
  return drift(
    `Base says id ${base} for ${policyDomain} and ${now}; senders go by the live record.`,
    recordPlace(inspection),
    "record",
  );
}

function mxDrift({ mx, policyDomain }: Inspection): Finding[] {
  if (mx.base === undefined || mx.base.kind === "unknown" || mx.deployed.kind === "unknown") return [];
  const [base, live] = [hostsIn(mx.base), hostsIn(mx.deployed)];
  const same =
    base.length === live.length && base.every((host) => live.includes(host)) && mx.base.kind === mx.deployed.kind;
  if (same) return [];
  const names = (hosts: readonly string[]): string => hosts.join(", ") || "none";
  const message = `Base says MX ${names(base)} for ${policyDomain} and live is ${names(live)}; senders go by what is live.`;
  return drift(message, { kind: "dns", owner: policyDomain, type: "MX" }, "mx");
}
