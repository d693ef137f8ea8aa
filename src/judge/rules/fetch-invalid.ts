import { cite } from "../../citation.ts";
import type { PolicyFetch } from "../../evidence.ts";
import { bytesOf } from "../../protocol/octets.ts";
import { parsePolicy } from "../../protocol/policy.ts";
import { announced, type FetchFault, fetchAnswer } from "../fetch-fault.ts";
import type { Inspection } from "../inspection.ts";
import { policyIn, servesPolicy } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const fetchInvalid = defineRule({
  id: "fetch-invalid",
  title: "The deployed policy is not a policy",
  cites: [cite("RFC 8461", "3.2"), cite("RFC 8460", "4.3.2.2")],
  inVerify: "error-under-enforce",
  applies: announced,
  check: (inspection) =>
    repairs(inspection) ? {} : fetchAnswer(inspection, { resultType: "sts-policy-invalid", fault }),
});

/** The proposed file takes the place of the broken body, so the change is the repair. Verify waits for no repair. */
function repairs({ policy, mode }: Inspection): boolean {
  return mode === "gate" && policy.said && policyIn(policy.proposed) !== undefined;
}

function fault(fetch: PolicyFetch): FetchFault | undefined {
  if (fetch.kind === "response" && fetch.response.truncated)
    return { says: "is longer than 64 KiB", facts: { code: "too-long" } };
  if (!servesPolicy(fetch)) return undefined;
  const parse = parsePolicy(bytesOf(fetch.response.body));
  if (parse.kind === "valid") return undefined;
  const [first] = parse.defects;
  return {
    says: `is not a policy: ${first?.message ?? "it is empty"}`.replace(/[.]$/, ""),
    facts: { code: first?.code ?? "empty" },
  };
}
