import type { Level, Missing } from "../verdict.ts";
import type { Inspection } from "./inspection.ts";
import { policyIn } from "./policy-view.ts";
import type { Answer } from "./rule.ts";

/**
 * The level in verify of what is `already so` on a change (SPEC §5: a fault that a change is not blamed for is one all the same).
 * `error-under-enforce`: as E/W. `not-applicable`: the rule is about a change, and in verify there is none.
 */
export type InVerify = "error" | "error-under-enforce" | "not-applicable";

/** What may be asked from anywhere: where it was not seen, nobody can say that what is deployed is what the repository says. */
const DEPLOYED: readonly Missing["what"][] = ["stsRecord", "tlsrptRecord", "mx", "policyFetch"];

/** What a rule has to say where nothing changes: no fault is excused by having been there before. */
export function asVerified(inspection: Inspection, answer: Answer, inVerify: InVerify | undefined): Answer {
  const { findings = [], missing = [], needed = false } = answer;
  return {
    findings: findings.map(({ alreadySo, ...finding }) =>
      alreadySo ? { ...finding, level: raised(inspection, finding.level, inVerify) } : finding,
    ),
    missing,
    needed: needed || missing.some(({ what }) => DEPLOYED.includes(what)),
  };
}

function raised({ policy }: Inspection, level: Level, inVerify: InVerify | undefined): Level {
  if (level !== "warning" || inVerify === undefined) return level;
  // A policy that nobody can read may well be one that senders enforce.
  const isLenient = ["testing", "none"].includes(policyIn(policy.proposed)?.mode ?? "");
  return inVerify === "error-under-enforce" && isLenient ? "warning" : "error";
}
