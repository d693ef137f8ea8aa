import { cite } from "../../citation.ts";
import { missing, whyUnseen } from "../missing.ts";
import { policyIn } from "../policy-view.ts";
import { defineRule } from "../rule.ts";

export const mxImplicit = defineRule({
  id: "mx-implicit",
  title: "There is no MX record, so the domain itself takes the mail",
  cites: [cite("RFC 5321", "5.1")],
  applies: ({ policy, mx }) => policyIn(policy.proposed) !== undefined && mx.proposed.kind !== "unknown",
  check: ({ mx, policyDomain }) => {
    if (mx.proposed.kind !== "implicit") return {};
    const was = mx.base ?? mx.deployed;
    if (mx.said && was.kind === "unknown")
      return {
        needed: true,
        missing: [
          missing("mx", policyDomain, `Whether this removes the last MX was not seen: ${whyUnseen(was.because)}.`),
        ],
      };
    const removed = mx.said && was.kind === "hosts";
    const consequence = removed
      ? "the change removes the last one without a null MX, and senders then try the domain's own address"
      : "senders use the domain's own address";
    return {
      findings: [
        {
          level: removed ? "error" : "notice",
          message: `${policyDomain} has no MX record; ${consequence}.`,
          location: { kind: "dns", owner: policyDomain, type: "MX" },
          facts: { host: policyDomain },
        },
      ],
    };
  },
});
