import type { PolicyResponse } from "../evidence.ts";
import type { Finding } from "../verdict.ts";
import type { Inspection } from "./inspection.ts";
import { servesPolicy } from "./policy-view.ts";

/** What a rule has to say of one address that serves a policy. */
export type ServedRemark = (response: PolicyResponse) => Pick<Finding, "message" | "facts"> | undefined;

export function policyUrl({ policyDomain }: Inspection): string {
  return `https://mta-sts.${policyDomain}/.well-known/mta-sts.txt`;
}

/** One warning for each address of the policy host that has the fault. It is deployed, so it was so before the change. */
export function servedFindings(inspection: Inspection, remark: ServedRemark): readonly Finding[] {
  const { policyFetch } = inspection.evidence;
  const served = policyFetch.kind === "observed" ? policyFetch.value.filter(servesPolicy) : [];
  return served.flatMap(({ address, response }): Finding[] => {
    const said = remark(response);
    if (!said) return [];
    const location = { kind: "policy-host", url: policyUrl(inspection), address } as const;
    return [{ level: "warning", location, ...said, facts: { ...said.facts, address }, alreadySo: true }];
  });
}
