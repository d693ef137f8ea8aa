import { cite } from "../../citation.ts";
import { inWords } from "../duration.ts";
import { type Inspection, isInterrupted } from "../inspection.ts";
import { fieldPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { policyIn } from "../policy-view.ts";
import { type Answer, defineRule } from "../rule.ts";

const WEEK = 604_800; // seconds
const MONTH = 2_678_400; // seconds, 31 days

export const policyMaxAgeLong = defineRule({
  id: "policy-max-age-long",
  title: "The policy is kept for longer than a first mistake should last",
  cites: [cite("RFC 8461", "3.2"), cite("RFC 8461", "8.1")],
  inVerify: "not-applicable",
  applies: ({ policy }) => policy.said && policyIn(policy.proposed)?.mode === "enforce",
  check: (inspection) => {
    const { policy, turnsOn, policyDomain } = inspection;
    const maxAge = policyIn(policy.proposed)?.maxAge ?? 0;
    if (turnsOn === "yes" && !isInterrupted(inspection) && maxAge > WEEK)
      return finding(inspection, maxAge, "Enforce is turned on here for the first time");
    const raised = raisedFrom(inspection, maxAge);
    if (raised !== undefined && maxAge > MONTH)
      return finding(inspection, maxAge, `The max_age is raised from ${inWords(raised)}`);
    if (turnsOn === "unknown" && maxAge > WEEK && policy.deployed.kind === "unknown") {
      const message = `Whether enforce is new here was not seen: ${whyUnseen(policy.deployed.because)}.`;
      return { missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
    }
    return {};
  },
});

/** What it was: in base, else as deployed; `undefined` where it is not raised. */
function raisedFrom({ policy }: Inspection, maxAge: number): number | undefined {
  const was = policyIn(policy.base) ?? policyIn(policy.deployed);
  return was && was.maxAge < maxAge ? was.maxAge : undefined;
}

function finding({ policy }: Inspection, maxAge: number, why: string): Answer {
  return {
    findings: [
      {
        level: "warning",
        message: `${why}, and senders that look at no newer id keep a mistake in it for ${inWords(maxAge)}.`,
        location: fieldPlace(policy.proposed, "max_age"),
        facts: { maxAge },
      },
    ],
  };
}
