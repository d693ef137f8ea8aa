import { cite } from "../../citation.ts";
import { bytesOf, octetText, sameOctets } from "../../protocol/octets.ts";
import { type PolicyDefect, parsePolicy } from "../../protocol/policy.ts";
import type { Finding } from "../../verdict.ts";
import type { Inspection } from "../inspection.ts";
import { defectFix } from "../policy-fix.ts";
import { defineRule } from "../rule.ts";

export const policySyntax = defineRule({
  id: "policy-syntax",
  title: "The policy file is not an MTA-STS policy",
  cites: [cite("RFC 8461", "3.2")],
  inVerify: "error",
  applies: ({ policy }) => policy.said && policy.proposed.kind !== "absent",
  check: (inspection) => {
    const { proposed } = inspection.policy;
    if (proposed.kind !== "invalid" || proposed.place.kind !== "file") return {};
    const { place, parse } = proposed;
    const alreadySo = isUntouched(inspection) || areBlankLinesAlreadyLive(inspection);
    const markup = isMarkup(inspection);
    const defects = markup ? parse.defects.slice(0, 1).map(asMarkup) : parse.defects;
    return {
      findings: defects.map((defect): Finding => {
        const { code, span, message } = defect;
        return {
          level: alreadySo ? "warning" : "error",
          message,
          location: { ...place, span },
          resultType: "sts-policy-invalid",
          facts: { code },
          ...(alreadySo && { alreadySo: true }),
          ...(markup ? {} : defectFix(inspection, defect)),
        };
      }),
    };
  },
});

const asMarkup = (first: PolicyDefect): PolicyDefect => ({
  ...first,
  message: "The file is a page of markup and no policy, so senders that keep to RFC 8461 find no policy here.",
});

/** An error page, or a site's start page, in the place of a policy: one finding says more than one for each of its lines. */
function isMarkup({ proposal: { proposed } }: Inspection): boolean {
  const file = proposed.policyFile.kind === "said" ? proposed.policyFile.value : null;
  const begun = file === null ? "" : octetText(bytesOf(file.octets).subarray(0, 256));
  return /^(\xEF\xBB\xBF)?\s*<[!?a-z]/i.test(begun);
}

/** A change answers for what it makes worse: the same octets in base are not its doing (SPEC §5). */
function isUntouched({ proposal: { base, proposed } }: Inspection): boolean {
  const [was, is] = [base.policyFile, proposed.policyFile];
  if (was.kind === "unsaid" || is.kind === "unsaid" || !was.value || !is.value) return false;
  return sameOctets(was.value.octets, is.value.octets);
}

/** Blank lines are the one defect that many senders read over, so one that is live already has not stopped the policy (SPEC §5). */
function areBlankLinesAlreadyLive({ policy: { proposed }, evidence: { policyFetch } }: Inspection): boolean {
  const onlyBlank = proposed.kind === "invalid" && proposed.parse.defects.every(({ code }) => code === "blank-line");
  if (!onlyBlank || policyFetch.kind === "unobserved") return false;
  return policyFetch.value.some((fetch) => {
    if (fetch.kind !== "response" || fetch.response.status !== 200) return false;
    const live = parsePolicy(bytesOf(fetch.response.body));
    return live.kind === "invalid" && live.defects.some(({ code }) => code === "blank-line");
  });
}
