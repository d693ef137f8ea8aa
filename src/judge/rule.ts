import type { Finding, Missing, RuleInfo, RuleOutcome } from "../verdict.ts";
import { asVerified, type InVerify } from "./in-verify.ts";
import type { Inspection } from "./inspection.ts";

export interface Rule extends RuleInfo {
  readonly inVerify?: InVerify;
  readonly judge: (inspection: Inspection) => RuleOutcome;
}

/** What a rule has to say; without findings and without anything missing it passed. */
export interface Answer {
  readonly findings?: readonly Finding[];
  /** Evidence that was not there. */
  readonly missing?: readonly Missing[];
  /** Whether this change can be ready without it (SPEC §5: only what the change needs must be known). */
  readonly needed?: boolean;
}

export interface RuleDefinition extends RuleInfo {
  /** Whether the rule has something to say about this change at all. Always, unless given. */
  readonly applies?: (inspection: Inspection) => boolean;
  /** What mode verify makes of the rule. Left out: its findings keep their level. */
  readonly inVerify?: InVerify;
  readonly check: (inspection: Inspection) => Answer;
}

export function defineRule({ applies = () => true, check, ...info }: RuleDefinition): Rule {
  const rule = info.id;
  return {
    ...info,
    judge: (inspection) => {
      const verifies = inspection.mode === "verify";
      if ((verifies && info.inVerify === "not-applicable") || !applies(inspection))
        return { kind: "not-applicable", rule };
      const answer = check(inspection);
      const {
        findings = [],
        missing = [],
        needed = false,
      } = verifies ? asVerified(inspection, answer, info.inVerify) : answer;
      const [first, ...rest] = findings;
      const proven = findings.some(({ level }) => level === "error");
      // A proven error stays one whatever else is missing; anything less must not hide that evidence is missing.
      if (missing.length > 0 && !proven && (needed || !first))
        return { kind: "unknown", rule, needed, missing, findings };
      return first ? { kind: "failed", rule, findings: [first, ...rest] } : { kind: "passed", rule };
    },
  };
}
